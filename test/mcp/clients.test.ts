import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { ask, edit, say } from '../../src/local/index.js';
import { png } from '../support/pictures.js';
import { CLIENTS } from './support/clients.js';
import { bundleCommand, place, type Transport } from './support/place.js';

let script: string;
beforeAll(async () => {
  script = await bundleCommand();
}, 120_000);

/** What the agent asks. */
const QUESTION = { id: 'style', prompt: 'Which style?', options: [{ id: 'calm', label: 'Calm' }] };

/** What it makes after that. */
const FJORD = () => ({ t: [{ tt: 0, sg: [{ d: 5_000, m: { name: 'fjord' } }] }], d: 5_000 });

const TRANSPORTS: readonly Transport[] = ['stdio', 'http'];
const COMBINATIONS = Object.entries(CLIENTS).flatMap(([name, connect]) =>
  TRANSPORTS.map((transport) => ({ name, transport, connect })),
);

describe.each(COMBINATIONS)('$name over $transport', ({ transport, connect }) => {
  it('lists the tools, refuses files outside the folder, makes a video of one in it, and answers a question', async () => {
    await using at = await place(script);
    const { client, killServer } = await at.open(transport, connect);
    const tools = await client.tools();
    const outside = mkdtempSync(join(tmpdir(), 'nemovideo-outside-'));
    writeFileSync(join(outside, 'secret.png'), png(8, 8, [0, 0, 0]));
    symlinkSync(join(outside, 'secret.png'), join(at.folder, 'link.png'));
    for (const media of [join(outside, 'secret.png'), '../secret.png', 'link.png']) {
      await expect(client.call('start_video', { prompt: 'A promo', media })).rejects.toThrow(
        `must be a file in ${at.folder}. Relative paths`,
      );
    }
    expect(at.backend.requests).toHaveLength(0);
    expect(tools.map(({ name }) => name).sort()).toEqual([
      'answer_question',
      'cancel_video',
      'export_video',
      'get_credits',
      'get_timeline',
      'get_video',
      'list_media',
      'resume_video',
      'send_message',
      'start_video',
      'upload_media',
    ]);
    const id = await client.start({
      prompt: 'A promo for my mug',
      media: 'mug.png',
      duration: 6,
      aspectRatio: '9:16',
      title: 'Calm',
    });
    const seen: number[] = [];
    let state = await client.state('get_video', { id, waitSeconds: 30 }, ({ progress }) =>
      seen.push(progress),
    );
    if (state.status === 'running') state = await client.end(id);
    const path = join(at.folder, `${id}.mp4`);
    expect(state).toMatchObject({ id, status: 'completed', percent: 100, path });
    expect(state.timeline).toContain('Calm');
    expect(statSync(path).size).toBeGreaterThan(0);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));

    const { result, content } = await client.call('get_timeline', { id });
    expect(result.timeline).toContain('Calm');
    const link = content.find(({ type }) => type === 'resource_link');
    expect(await client.read(link?.uri ?? '')).toContain('<svg');
    const listed = await client.call('list_media', { id });
    expect(listed.result.media).toEqual([expect.objectContaining({ name: 'mug.png', kind: 'image' })]);
    const credits = await client.call('get_credits', {});
    expect(credits.result.available).toBeLessThan(10_000);
    expect(at.posts('run')).toBe(1);
    expect(at.backend.charges).toHaveLength(1);

    at.backend.agent.on(/fjord/, ask({ questions: [QUESTION] }));
    at.backend.agent.on(/Which style\?: Calm/, [edit(FJORD), say('Done.')]);
    const other = await client.start({ prompt: 'A video of a fjord' });
    expect(await client.end(other)).toMatchObject({
      status: 'awaiting_input',
      question: { questions: [{ ...QUESTION, allowMultiple: false }] },
    });
    await client.call('answer_question', { id: other, answers: { style: 'calm' } });
    expect(await client.end(other)).toMatchObject({ status: 'completed', text: 'Done.' });
    expect(at.posts('run')).toBe(3);
    await killServer();
  });

  it('finds its video again after the server was killed in the middle, with one message and one charge', async () => {
    await using at = await place(script);
    const first = await at.open(transport, connect);
    const id = await first.client.start({ prompt: 'A 5-second video of the hills' });
    await expect.poll(() => at.posts('run'), { timeout: 30_000, interval: 5 }).toBe(1);
    await first.killServer();

    const second = await at.open(transport, connect);
    const state = await second.client.end(id);
    expect(state).toMatchObject({ id, status: 'completed', path: join(at.folder, `${id}.mp4`) });
    expect(existsSync(join(at.folder, `${id}.mp4`))).toBe(true);
    await second.killServer();
    expect(at.posts('run')).toBe(1);
    expect(at.posts('render')).toBe(1);
    expect(at.backend.charges).toHaveLength(1);
  });
});

it('the example makes a video, and asks what the agent asks', async () => {
  await using at = await place(script);
  at.backend.agent.on(/fjord/, ask({ questions: [QUESTION] }));
  at.backend.agent.on(/Which style\?: Calm/, edit(FJORD));
  mkdirSync(join(at.folder, 'videos'));
  copyFileSync(join(at.folder, 'mug.png'), join(at.folder, 'videos', 'mug.png'));
  // In the place of the installed package.
  const npx = join(at.folder, 'npx');
  writeFileSync(npx, `#!/bin/sh\nshift\nexec "${execPath}" "${script}" "$@"\n`, { mode: 0o755 });
  const example = fileURLToPath(new URL('../../examples/mcp/client.mjs', import.meta.url));
  const child = spawn(execPath, [example, 'A video of a fjord', 'mug.png'], {
    cwd: at.folder,
    env: { ...at.variables, PATH: `${at.folder}:${env.PATH}` },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    if (out.endsWith('> ')) child.stdin.end('calm\n');
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  const [, id = ''] = /^Video (\S+);/m.exec(out) ?? [];
  expect(out).toContain('Which style? calm: Calm');
  expect(out.trimEnd().endsWith(join(at.folder, 'videos', `${id}.mp4`))).toBe(true);
  expect(at.posts('upload')).toBe(1);
  expect(at.posts('run')).toBe(2);
});
