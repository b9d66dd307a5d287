import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NemoVideo } from '../../src/index.js';
import { bundleScripts } from '../support/bundle-scripts.js';
import { png } from '../support/pictures.js';

const folder = mkdtempSync(join(tmpdir(), 'nemovideo-cli-'));
const CLI = join(folder, 'main.mjs');
beforeAll(() => bundleScripts(['src/cli/main.ts'], folder));

interface Program {
  readonly child: ChildProcess;
  out: string;
  err: string;
  readonly exit: Promise<unknown>;
}

const running: Program[] = [];
afterEach(async () => {
  for (const { child, exit } of running.splice(0)) {
    if (child.exitCode === null) child.kill('SIGKILL');
    await exit;
  }
});

function start(...args: string[]): Program {
  const child = spawn(process.execPath, [CLI, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const program: Program = { child, out: '', err: '', exit: once(child, 'close').then(([code]) => code) };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    program.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    program.err += text;
  });
  running.push(program);
  return program;
}

/** Waits until a program has written these words on stderr. */
async function until(program: Program, words: string): Promise<void> {
  while (!program.err.includes(words)) await once(program.child.stderr ?? program.child, 'data');
}

/** The address in the one line that the program prints. */
async function addressOf(program: Program): Promise<string> {
  while (!program.out.includes('\n')) await once(program.child.stdout ?? program.child, 'data');
  const [, url = ''] = /^NEMO_API_URL=(http:\/\/127\.0\.0\.1:\d+)\n$/.exec(program.out) ?? [];
  return url;
}

describe('the program nemovideo-sdk', () => {
  it('answers wrong arguments with one readable line and exit code 2', async () => {
    const program = start('local', '--port', 'many');
    expect(await program.exit).toBe(2);
    expect(program.out).toBe('');
    expect(program.err).toBe('--port must be a number. Pass a number as `--port`.\n');
  });

  it.each([
    ['--port 70000', '--port must be a whole number from 0 to 65535'],
    ['--speed 0', '--speed must be a number above 0'],
    ['--seed 1.5', '--seed must be a whole number'],
    ['--font nope.ttf', '--font must be a .woff2, .woff, .ttf or .otf file'],
    [`--dir ${CLI}`, '--dir must be a folder that can be made and written to'],
  ])('names the option in the form in which it was typed: %s', async (typed, told) => {
    const program = start('local', '--no-render', ...typed.split(' '));
    expect(await program.exit).toBe(2);
    expect(program.err).toContain(told);
  });

  it('names a port that is in use, and what to type instead', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const program = start('local', '--no-render', '--port', port);
    expect(await program.exit).toBe(2);
    other.close();
    expect(program.err).toBe(
      `--port must be free, and ${port} is in use. Pass 0 as \`--port\` to take a free one, or another.\n`,
    );
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'serves until %s, prints one variable, ends cleanly, and leaves no upload behind',
    async (signal) => {
      const program = start('local', '--port', '0', '--no-render');
      const nemo = new NemoVideo({ baseUrl: await addressOf(program), credentialStore: false });
      const session = await nemo.sessions.create();
      await session.upload({ name: 'mug.png', data: png(64, 48, [200, 60, 40]) });
      const uploads = () =>
        readdirSync(tmpdir()).filter((name) => name.startsWith(`nemovideo-local-${program.child.pid}-`));
      expect(uploads()).toHaveLength(1);
      program.child.kill(signal);
      expect(await program.exit).toBe(0);
      expect(uploads()).toEqual([]);
    },
  );

  it('says what it opens where it is bound to every address of the machine', async () => {
    const program = start('local', '--port', '0', '--no-render', '--host', '0.0.0.0');
    const { port } = new URL(await addressOf(program));
    await until(program, 'Listening on');
    expect(program.err.split('\n')[0]).toBe(
      `Bound to 0.0.0.0:${port}: every machine that reaches this one can use it, and read what is uploaded.`,
    );
    const alone = start('local', '--port', '0', '--no-render');
    await until(alone, 'Listening on');
    expect(alone.err).not.toContain('every machine');
  });

  it('says first, where it cannot render, what to install', async () => {
    // The program is in a folder without packages.
    const program = start('local', '--port', '0');
    await until(program, 'Listening on');
    const [first, second] = program.err.split('\n');
    expect(first).toMatch(/^Rendering needs node-av, which cannot be loaded/);
    expect(first).toContain('npx -p nemovideo-sdk -p node-av@');
    expect(second).toBe('Everything else works without them.');
  });
});
