import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { paths } from '../../src/wire/index.js';
import { bundleScripts } from '../support/bundle-scripts.js';

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

  it('tells a port that is in use, and what to type instead', async () => {
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

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'serves until %s, prints one variable, and ends cleanly',
    async (signal) => {
      const program = start('local', '--port', '0', '--no-render');
      while (!program.out.includes('\n')) await once(program.child.stdout ?? program.child, 'data');
      const [, url] = /^NEMO_API_URL=(http:\/\/127\.0\.0\.1:\d+)\n$/.exec(program.out) ?? [];
      const answer = await fetch(url + paths.anonymousToken, {
        method: 'POST',
        headers: { 'x-client-id': 'a' },
      });
      expect(await answer.json()).toMatchObject({ code: 0 });
      program.child.kill(signal);
      expect(await program.exit).toBe(0);
    },
  );
});
