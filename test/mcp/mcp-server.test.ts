import { getEventListeners } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMcpHandler, InMemoryTransport } from '@modelcontextprotocol/server';
import { describe, expect, it } from 'vitest';
import { memoryCheckpoints, NemoVideo } from '../../src/index.js';
import {
  type AgentStep,
  ask,
  createLocalBackend,
  edit,
  fail,
  type LocalBackendOptions,
  say,
} from '../../src/local/index.js';
import { createMcpServer, type McpServerOptions } from '../../src/mcp/index.js';
import { Videos } from '../../src/mcp/videos.js';
import { fastClock } from '../support/fast-clock.js';
import { png } from '../support/pictures.js';
import { connectTo } from './support/clients.js';

/** Time runs faster than the machine works, so the limits that guard against a dead service are far away. */
const DAY = 86_400_000;
const PATIENT = { request: DAY, uploadIdle: DAY, streamIdle: DAY, contentIdle: DAY, run: DAY, render: DAY };

/** An instant backend, a folder with a picture, and servers in this process. */
async function place({ credits = 10_000, ...more }: LocalBackendOptions = {}) {
  const backend = await createLocalBackend({ render: 'off', speed: Number.POSITIVE_INFINITY, ...more });
  const folder = mkdtempSync(join(tmpdir(), 'nemovideo-mcp-'));
  writeFileSync(join(folder, 'mug.png'), png(64, 48, [60, 90, 120]));
  const token = backend.issueToken({ credits });
  const client = (): NemoVideo =>
    new NemoVideo({
      baseUrl: backend.url,
      fetch: backend.fetch,
      token,
      clock: fastClock(1_000),
      timeouts: PATIENT,
      retry: { budgetMs: DAY },
    });
  const connect = async (options: Partial<McpServerOptions> = {}) => {
    const [here, there] = InMemoryTransport.createLinkedPair();
    await createMcpServer({ client: client(), folder, ...options }).connect(there);
    return connectTo(here);
  };
  const posts = (operation: string): number =>
    backend.requests.filter((request) => request.operation === operation && request.method === 'POST').length;
  return { backend, folder, token, client, connect, posts, [Symbol.asyncDispose]: () => backend.close() };
}

const GUIDE = new URL('../../docs/mcp.md', import.meta.url);

/** An agent that works when it is released. */
function waiting(step: AgentStep) {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { agent: () => released.then(() => step), release };
}

const HILLS = edit(() => ({ t: [{ tt: 0, sg: [{ d: 5_000, m: { name: 'hills' } }] }], d: 5_000 }));

describe('the tools of the MCP server', () => {
  it('say what costs credits, in words and in annotations, and have schemas for what they return', async () => {
    await using at = await place();
    const tools = await (await at.connect()).tools();
    const named = (wanted: (tool: (typeof tools)[number]) => boolean): string[] =>
      tools
        .filter(wanted)
        .map(({ name }) => name)
        .sort();
    const paid = ['answer_question', 'resume_video', 'send_message', 'start_video'];
    expect(named(({ description }) => description.includes('COSTS CREDITS'))).toEqual(paid);
    const free = ['get_credits', 'get_timeline', 'get_video', 'list_media'];
    expect(named(({ annotations }) => annotations.readOnlyHint)).toEqual(free);
    expect(named(({ description }) => / Free[.,]|^Free/.test(description))).toEqual(
      ['cancel_video', 'export_video', 'upload_media', ...free].sort(),
    );
    expect(named(({ annotations }) => annotations.destructiveHint === true)).toEqual([
      'cancel_video',
      'send_message',
    ]);
    expect(tools.every(({ outputSchema }) => outputSchema.type === 'object')).toBe(true);
  });

  it('are those of docs/mcp.md', async () => {
    await using at = await place();
    const tools = await (await at.connect()).tools();
    const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
    const rows = tools.map(({ name, title, description, inputSchema, outputSchema }) => {
      const { required = [] } = inputSchema;
      const names = Object.keys(inputSchema.properties ?? {});
      const args = code(names.map((it) => (required.includes(it) ? it : `${it}?`)));
      const isState = 'status' in outputSchema.properties;
      const returns = isState ? 'the state' : code(Object.keys(outputSchema.properties));
      const costs = description.includes('COSTS CREDITS') ? 'yes' : '';
      return `| \`${name}\` | ${title} | ${args} | ${returns} | ${costs} |`;
    });
    const table = ['| tool | what it does | arguments | returns | costs |', '|---|---|---|---|---|', ...rows];
    const docs = readFileSync(GUIDE, 'utf8');
    const made = docs.replace(
      /(<!-- tools: [^\n]* -->\n).*?(<!-- end -->)/s,
      (_, head: string, tail: string) => `${head}${table.join('\n')}\n${tail}`,
    );
    if (process.env.UPDATE_DOCS === '1') writeFileSync(GUIDE, made);
    else expect(docs).toBe(made);
  });

  it('refuse an argument that no tool has, and name it', async () => {
    await using at = await place();
    const client = await at.connect();
    await expect(client.call('start_video', { prompt: 'A promo', aspect_ratio: '9:16' })).rejects.toThrow(
      'aspect_ratio',
    );
    expect(at.backend.requests).toEqual([]);
  });

  it('return the errors of the client with their hints, and never a token', async () => {
    await using at = await place();
    const token = 'nv_wrong_0123456789abcdef';
    const nemo = new NemoVideo({ baseUrl: at.backend.url, fetch: at.backend.fetch, token });
    const client = await at.connect({ client: nemo });
    const error: unknown = await client.call('get_credits', {}).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/token/i);
    expect(String(error)).not.toContain(token);
    await expect(client.call('get_video', { id: 'unknown' })).rejects.toThrow(
      'id must be an id that start_video returned. Start a video with start_video.',
    );
  });
});

describe('a video of the MCP server', () => {
  it('changes by a message, and is exported again, with more media', async () => {
    await using at = await place();
    const client = await at.connect();
    const id = await client.start({ prompt: 'A 5-second video of the moon' });
    expect(await client.end(id)).toMatchObject({ status: 'completed' });
    writeFileSync(join(at.folder, 'logo.png'), png(32, 32, [200, 30, 30]));
    const { result } = await client.call('upload_media', { id, media: ['logo.png'] });
    expect(result).toEqual({ media: [{ name: 'logo.png', kind: 'image' }] });
    await client.call('send_message', { id, message: 'Add a title "Luna"' });
    const answered = await client.end(id);
    expect(answered).toMatchObject({ status: 'completed', message: expect.stringContaining('export_video') });
    expect(answered.timeline).toContain('Luna');
    expect(answered.path).toBeUndefined();
    expect(at.posts('render')).toBe(1);
    await client.call('export_video', { id, resolution: '720p' });
    const exported = await client.end(id);
    expect(exported).toMatchObject({ status: 'completed', path: join(at.folder, `${id}-2.mp4`) });
    expect(exported.timeline).toContain('Luna');
    expect(existsSync(join(at.folder, `${id}.mp4`))).toBe(true);
    expect(at.posts('run')).toBe(2);
  });

  it('refuses a second message, an export and an upload while it is running', async () => {
    const { agent, release } = waiting(say('Hello.'));
    await using at = await place({ agent });
    const client = await at.connect();
    const id = await client.start({ prompt: 'A video of the sea' });
    for (const [name, args] of [
      ['send_message', { message: 'Faster' }],
      ['export_video', {}],
      ['upload_media', { media: 'mug.png' }],
      ['answer_question', { answers: {} }],
    ] as const) {
      await expect(client.call(name, { id, ...args })).rejects.toThrow(
        'id must be that of a video that is not running. Wait for it with get_video',
      );
    }
    release();
    await client.end(id);
    expect(at.posts('run')).toBe(1);
    expect(at.posts('upload')).toBe(0);
  });

  it('waits with its question, in another process too, and accepts no other answer', async () => {
    await using at = await place();
    const options = [{ id: 'calm', label: 'Calm' }];
    at.backend.agent.on(/fjord/, ask({ questions: [{ id: 'style', prompt: 'Which style?', options }] }));
    at.backend.agent.on(/Which style\?: Calm/, [HILLS, say('Done.')]);
    const client = await at.connect();
    const id = await client.start({ prompt: 'A video of a fjord' });
    const asked = await client.end(id);
    expect(asked).toMatchObject({ status: 'awaiting_input' });
    const other = await at.connect();
    expect(await other.state('get_video', { id })).toEqual(asked);
    await expect(other.call('answer_question', { id, answers: { mood: 'calm' } })).rejects.toThrow(
      'answers.mood must be an answer to one of the questions style',
    );
    await expect(other.call('send_message', { id, message: 'Calm' })).rejects.toThrow(
      'Answer with answer_question.',
    );
    expect(at.posts('run')).toBe(1);
    await other.call('answer_question', { id, answers: { style: 'calm' } });
    expect(await other.end(id)).toMatchObject({ status: 'completed', text: 'Done.' });
    await expect(other.call('answer_question', { id, answers: {} })).rejects.toThrow('awaiting_input');
    expect(at.posts('run')).toBe(2);
  });

  it('stays cancelled, in another process too, until it is resumed, with one message in all', async () => {
    const { agent, release } = waiting(HILLS);
    await using at = await place({ agent });
    const client = await at.connect();
    const id = await client.start({ prompt: 'A video of hills' });
    await expect.poll(() => at.posts('run')).toBe(1);
    expect(await client.state('cancel_video', { id })).toMatchObject({ status: 'cancelled' });
    release();
    const other = await at.connect();
    const before = at.backend.requests.length;
    expect(await other.state('get_video', { id })).toMatchObject({
      status: 'cancelled',
      message: 'Cancelled. resume_video continues it; nothing is paid for twice.',
    });
    expect(at.backend.requests).toHaveLength(before);
    await other.call('resume_video', { id });
    expect(await other.end(id)).toMatchObject({ status: 'completed' });
    // Has ended: nothing to resume or to cancel.
    expect(await other.state('resume_video', { id })).toMatchObject({ status: 'completed' });
    expect(await other.state('cancel_video', { id })).toMatchObject({ status: 'completed' });
    expect(at.posts('run')).toBe(1);
  });

  it('that failed says why, also in another process, and sends nothing before it is resumed', async () => {
    await using at = await place();
    at.backend.agent.on(/storm/, fail());
    const client = await at.connect();
    const id = await client.start({ prompt: 'A video of a storm' });
    const failed = await client.end(id);
    expect(failed).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('upstream model overloaded'),
    });
    expect(await (await at.connect()).state('get_video', { id })).toEqual(failed);
    expect(at.posts('run')).toBe(1);
  });

  it('without credits fails with the way to get some', async () => {
    await using at = await place({ credits: 0 });
    const client = await at.connect();
    const failed = await client.end(await client.start({ prompt: 'A 5-second video of the sea' }));
    expect(failed).toMatchObject({ status: 'failed', message: expect.stringContaining('credits') });
    expect(at.backend.charges).toEqual([]);
  });

  it('whose message may have arrived is sent again only on request', async () => {
    await using at = await place();
    at.backend.faults.add({ on: 'run', do: 'reset', work: 'undone' });
    const client = await at.connect();
    const id = await client.start({ prompt: 'A 5-second video of the sea' });
    expect(await client.end(id)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('sendAgain'),
    });
    await client.call('resume_video', { id });
    expect(await client.end(id)).toMatchObject({ status: 'failed' });
    expect(at.posts('run')).toBe(1);
    await client.call('resume_video', { id, sendAgain: true });
    expect(await client.end(id)).toMatchObject({ status: 'completed' });
    expect(at.posts('run')).toBe(2);
    expect(at.backend.charges).toHaveLength(1);
  });

  it('of a process whose signal aborted continues in the next one, with one message in all', async () => {
    const { agent, release } = waiting(HILLS);
    await using at = await place({ agent });
    const stop = new AbortController();
    const client = await at.connect({ signal: stop.signal });
    const id = await client.start({ prompt: 'A video of rain' });
    await expect.poll(() => at.posts('run')).toBe(1);
    stop.abort();
    release();
    const next = await at.connect();
    expect(await next.end(id)).toMatchObject({ status: 'completed' });
    expect(at.posts('run')).toBe(1);
    expect(at.backend.charges).toHaveLength(1);
  });
});

describe('the folder of the MCP server', () => {
  it('is where media comes from, links followed, and nothing else', async () => {
    await using at = await place();
    const outside = mkdtempSync(join(tmpdir(), 'nemovideo-outside-'));
    writeFileSync(join(outside, 'secret.png'), png(8, 8, [0, 0, 0]));
    mkdirSync(join(at.folder, 'mixed'));
    symlinkSync(join(outside, 'secret.png'), join(at.folder, 'mixed', 'link.png'));
    symlinkSync(outside, join(at.folder, 'linked'));
    const client = await at.connect();
    for (const media of [
      join(outside, 'secret.png'),
      join(outside, 'missing.png'),
      '../secret.png',
      'mixed/link.png',
      'mixed',
      'linked',
      'linked/secret.png',
      'linked/missing.png',
      'missing.png',
      `file://${outside}/secret.png`,
    ]) {
      await expect(
        client.call('start_video', { prompt: 'A promo', media: ['mug.png', media] }),
      ).rejects.toThrow(`must be a file in ${at.folder}. Relative paths begin at that folder`);
    }
    expect(at.backend.requests).toEqual([]);
    // A link to a file of the folder is one.
    symlinkSync(join(at.folder, 'mug.png'), join(at.folder, 'cup.png'));
    await client.end(await client.start({ prompt: 'A promo for my mug', media: 'cup.png' }));
    expect(at.posts('upload')).toBe(1);
  });

  it('means the media directly in it, where a folder is given', async () => {
    await using at = await place();
    mkdirSync(join(at.folder, 'photos'));
    for (const name of ['2.png', '10.png', 'notes.txt'])
      writeFileSync(join(at.folder, 'photos', name), png(16, 16, [name.length, 0, 0]));
    const client = await at.connect();
    const id = await client.start({ prompt: 'A promo of my photos', media: 'photos' });
    await client.end(id);
    expect((await client.call('list_media', { id })).result.media).toEqual([
      { name: '2.png', kind: 'image' },
      { name: '10.png', kind: 'image' },
    ]);
  });

  it('is looked at again when a video continues in a server with another folder', async () => {
    await using at = await place();
    const store = memoryCheckpoints();
    const stop = new AbortController();
    stop.abort();
    const first = await at.connect({ checkpoints: store, signal: stop.signal });
    const id = await first.start({ prompt: 'A promo for my mug', media: 'mug.png' });
    const folder = mkdtempSync(join(tmpdir(), 'nemovideo-mcp-other-'));
    const second = await at.connect({ checkpoints: store, folder });
    await expect(second.call('get_video', { id })).rejects.toThrow(`must be a file in ${folder}`);
    expect(at.posts('upload')).toBe(0);
  });

  it('is not needed: then media is by address, and a video has an address and no path', async () => {
    await using at = await place();
    const client = await at.connect({ folder: undefined });
    await expect(client.call('start_video', { prompt: 'A promo', media: 'mug.png' })).rejects.toThrow(
      'media[0] must be an http(s) address: this server reads no files',
    );
    const state = await client.end(await client.start({ prompt: 'A 5-second video of the sea' }));
    expect(state).toMatchObject({ status: 'completed', url: expect.stringContaining('http') });
    expect(state.path).toBeUndefined();
  });
});

describe('createMcpServer', () => {
  it('makes servers of one client that know the same videos, as an HTTP handler needs them', async () => {
    await using at = await place();
    const client = at.client();
    const one = await at.connect({ client, folder: undefined });
    const id = await one.start({ prompt: 'A 5-second video of the sea' });
    const other = await at.connect({ client, folder: undefined });
    expect(await other.end(id)).toMatchObject({ status: 'completed' });
    expect(at.posts('run')).toBe(1);
    const handler = createMcpHandler(() => createMcpServer({ client }));
    const answer = await handler.fetch(
      new Request('http://127.0.0.1/mcp', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name: 'get_video', arguments: { id } },
        }),
      }),
    );
    expect(await answer.text()).toContain('completed');
    await handler.close();
  });

  it('leaves no listener on the signal of a request that waited', async () => {
    await using at = await place();
    const facts = { client: at.client(), store: memoryCheckpoints(), working: new Map(), folder: undefined };
    const videos = new Videos({ ...facts, signal: undefined });
    const id = await videos.start({ prompt: 'A 5-second video of the sea', media: [] });
    const { signal } = new AbortController();
    expect(await videos.wait(id, signal, () => {})).toMatchObject({ status: 'completed' });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('refuses wrong options', async () => {
    await using at = await place();
    const client = at.client();
    expect(() => createMcpServer({ client, foldr: 'x' } as McpServerOptions)).toThrow('folder');
    expect(() => createMcpServer({} as McpServerOptions)).toThrow('client must be a NemoVideo');
    const file = join(at.folder, 'mug.png');
    await expect(createMcpServer({ client, folder: file })).rejects.toThrow(
      `folder (${JSON.stringify(file)}) must be the path of a folder that can be used`,
    );
  });
});
