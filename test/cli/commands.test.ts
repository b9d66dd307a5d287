import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ask, createLocalBackend, edit, type LocalBackend, say } from '../../src/local/index.js';
import { bundleScripts } from '../support/bundle-scripts.js';
import { png } from '../support/pictures.js';

/** The stable fields of `--json`, one object a line (docs/command-line.md). */
const LINE = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('progress'), phase: z.string(), percent: z.int(), message: z.string() }),
  z.looseObject({ type: z.literal('text'), delta: z.string() }),
  z.looseObject({ type: z.literal('timeline'), timeline: z.string() }),
  z.looseObject({
    type: z.literal('question'),
    answer: z.string(),
    questions: z.array(z.looseObject({ id: z.string(), prompt: z.string() })),
  }),
  z.looseObject({ type: z.literal('result') }),
  z.looseObject({ type: z.literal('error'), name: z.string(), message: z.string(), hint: z.string() }),
]);

const bundles = mkdtempSync(join(tmpdir(), 'nemovideo-cli-'));
const SCRIPT = join(bundles, 'main.mjs');
let backend: LocalBackend;

beforeAll(async () => {
  const clock = fileURLToPath(new URL('../examples/clock.ts', import.meta.url));
  await bundleScripts(['src/cli/main.ts'], bundles, { clock });
  backend = await createLocalBackend({ render: 'off', speed: 1_000, credits: 100_000 });
  await backend.listen();
}, 120_000);
afterAll(() => backend?.close());

/** A folder of its own with a picture, and the program in it. */
function place() {
  const folder = mkdtempSync(join(tmpdir(), 'nemovideo-command-'));
  writeFileSync(join(folder, 'mug.png'), png(64, 48, [60, 90, 120]));
  const token = backend.issueToken({ credits: 100_000 });
  const start = (args: readonly string[]) => {
    const child = spawn(execPath, [SCRIPT, ...args], {
      cwd: folder,
      env: { ...env, NEMO_API_URL: backend.url, NEMO_TOKEN: token },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    const ended = once(child, 'close').then(([code]) => ({ code, out, err }));
    return { child, ended, seen: () => out + err };
  };
  const run = (...args: string[]) => start(args).ended;
  const json = async (...args: string[]) => {
    const { code, out } = await run(...args, '--json');
    const lines = out
      .trim()
      .split('\n')
      .map((line) => z.parse(LINE, JSON.parse(line)));
    return { code, lines, last: lines.at(-1) };
  };
  return { folder, start, run, json };
}

const messages = (): number => backend.requests.filter(({ path }) => path === '/run_sse').length;

describe('nemovideo-sdk create', () => {
  it('makes a video, with one JSON object a line, and keeps no checkpoint after it', async () => {
    const { folder, json } = place();
    const { code, last } = await json(
      ...['create', 'mug.png', '-p', 'A promo for my mug', '-o', 'promo.mp4'],
      ...['--duration', '6', '--aspect', '9:16', '--title', 'Calm'],
    );
    expect(code).toBe(0);
    expect(last).toMatchObject({
      type: 'result',
      path: 'promo.mp4',
      timeline: expect.stringContaining('Calm'),
    });
    expect(readdirSync(folder).sort()).toEqual(['mug.png', 'promo.mp4']);
  });

  it('prints the path on standard output, and progress on standard error', async () => {
    const { run } = place();
    const { code, out, err } = await run('create', '-p', 'A 5-second video of the sea', '-o', 'sea.mp4');
    expect({ code, out }).toEqual({ code: 0, out: 'sea.mp4\n' });
    expect(err).toContain('%  Sending the message');
  });

  it('continues after SIGKILL and after Ctrl-C, with one message in all', async () => {
    const { folder, start, run } = place();
    const args = ['create', '-p', 'A 5-second video of the hills', '-o', 'hills.mp4'];
    const before = messages();
    const killed = start(args);
    await until(() => killed.seen().includes('Sending the message') && messages() > before);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(readdirSync(folder)).toContain('.hills.mp4.checkpoint');
    const interrupted = start(args);
    await until(() => interrupted.seen().includes('Looking for the outcome'));
    interrupted.child.kill('SIGINT');
    const { code, err } = await interrupted.ended;
    if (code !== 0) {
      expect(code).toBe(130);
      expect(err).toContain('The same command continues');
    }
    expect((await run(...args)).code).toBe(0);
    expect(messages() - before).toBe(1);
    expect(existsSync(join(folder, 'hills.mp4'))).toBe(true);
  });

  it('ends with 3 when the agent asks, and `answer` continues it', async () => {
    const { json } = place();
    const options = [{ id: 'calm', label: 'Calm' }];
    backend.agent.on(/fjord/, ask({ questions: [{ id: 'style', prompt: 'Which style?', options }] }));
    backend.agent.on(/Which style/, [
      edit(() => ({ t: [{ tt: 0, sg: [{ d: 5_000, m: { name: 'fjord' } }] }], d: 5_000 })),
      say('Done.'),
    ]);
    const asked = await json('create', '-p', 'A video of a fjord', '-o', 'fjord.mp4');
    expect(asked.code).toBe(3);
    expect(asked.last).toMatchObject({
      type: 'question',
      answer: 'nemovideo-sdk answer --checkpoint .fjord.mp4.checkpoint "Calm"',
    });
    const answered = await json('answer', '--checkpoint', '.fjord.mp4.checkpoint', 'Calm');
    expect(answered.code).toBe(0);
    expect(answered.last).toMatchObject({ type: 'result', path: 'fjord.mp4' });
  });

  it.each([
    [['create', '-o', 'a.mp4'], '--prompt'],
    [['create', '-p', 'A promo'], '--output'],
    [['create', '-p', 'A promo', '-o', 'a.mp4', '--aspect', '4:3'], '--aspect'],
    [['create', '-p', 'A promo', '-o', 'a.mp4', '--durations', '4'], '--durations'],
    [['create', '-p', 'A promo', '-o', 'a.mp4', '--duration', 'long'], '--duration'],
    [['creates'], 'command'],
  ])('ends with 2 for wrong arguments, and names them: %j', async (args, field) => {
    const { run } = place();
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`${field} must be`);
  });
});

describe('nemovideo-sdk send, timeline, export, credits', () => {
  it('keep a conversation in a file, show its timeline, and save its video', async () => {
    const { folder, json, run } = place();
    const sent = await json('send', 'Make a 5-second video of the moon', '--session', 'moon.json');
    expect(sent.code).toBe(0);
    expect(sent.lines.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['text', 'timeline', 'result']),
    );
    expect(JSON.parse(readFileSync(join(folder, 'moon.json'), 'utf8'))).toMatchObject({
      session: { sessionId: expect.any(String) },
    });
    await json('send', 'Add a title "Luna"', '--session', 'moon.json');
    const { out } = await run('timeline', '--session', 'moon.json', '--svg', 'moon.svg');
    expect(out).toContain('Luna');
    expect(readFileSync(join(folder, 'moon.svg'), 'utf8')).toContain('<svg');
    const exported = await json('export', '--session', 'moon.json', '-o', 'moon.mp4');
    expect(exported.last).toMatchObject({ type: 'result', path: 'moon.mp4', bytes: expect.any(Number) });
    const { last } = await json('credits');
    expect(last).toMatchObject({ type: 'result', available: expect.any(Number) });
  });

  it('keep the session before its first message, or send none', async () => {
    const { folder, json, start } = place();
    const before = messages();
    const refused = await json('send', 'A video of the moon', '--session', 'nowhere/moon.json');
    expect(refused.code).toBe(2);
    expect(refused.last).toMatchObject({ type: 'error', name: 'OptionError' });
    expect(messages()).toBe(before);
    const { child, ended } = start(['send', 'A video of the moon', '--session', 'moon.json']);
    await until(() => existsSync(join(folder, 'moon.json')) || child.exitCode !== null);
    child.kill('SIGINT');
    await ended;
    expect(JSON.parse(readFileSync(join(folder, 'moon.json'), 'utf8'))).toMatchObject({
      session: { sessionId: expect.any(String) },
    });
  });

  it('name a place where a picture or a video cannot be saved', async () => {
    const { json } = place();
    await json('send', 'A 5-second video of the moon', '--session', 'moon.json');
    const { code, last } = await json('timeline', '--session', 'moon.json', '--svg', 'nowhere/moon.svg');
    expect(code).toBe(2);
    expect(last).toMatchObject({ type: 'error', message: expect.stringContaining('--svg') });
    const unsaved = await json('export', '--session', 'moon.json', '-o', 'nowhere/moon.mp4');
    expect(unsaved.code).toBe(2);
    expect(unsaved.lines.filter(({ type }) => type === 'result')).toEqual([]);
  });

  it.each(['create', 'send', 'answer', 'timeline', 'export', 'credits', 'mcp'])(
    'describe themselves: %s',
    async (name) => {
      const { run } = place();
      const { code, out } = await run(name, '--help');
      expect(code).toBe(0);
      expect(out).toContain(`Usage: nemovideo-sdk ${name}`);
      expect(out).toContain('--json');
    },
  );

  it('report a failure with its hint, and end with 1', async () => {
    const { json } = place();
    const { code, last } = await json('timeline', '--session', 'nowhere');
    expect(code).toBe(1);
    expect(last).toMatchObject({ type: 'error', name: 'SessionNotFoundError' });
  });
});

async function until(look: () => boolean): Promise<void> {
  while (!look()) await new Promise((resolve) => setTimeout(resolve, 5));
}
