import { readdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { paths } from '../../../src/wire/index.js';
import { eventually, PNG, serve, TRANSPORTS } from '../support/wire.js';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'nemovideo-test-'));
  cleanups.push(() => rm(dir, { recursive: true }));
  return dir;
}

/** A small web server that gives `files`, with a redirect. */
async function website(files: Record<string, Uint8Array>): Promise<string> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path.startsWith('/moved/')) response.writeHead(302, { location: path.slice(6) }).end();
    else if (files[path] === undefined) response.writeHead(404).end();
    else response.end(files[path]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe.each(TRANSPORTS)('an upload, %s', (transport) => {
  it('is read, kept, answered in order and found in the state', async () => {
    const client = await (await serve(transport)).begin();
    const { body } = await client.upload({ name: 'a.png', data: PNG }, { name: 'b.png', data: PNG });
    const file = { file_type: 'image', width: 1, height: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(body).toMatchObject({
      code: 0,
      data: {
        files: [
          { filename: 'a.png', ...file },
          { filename: 'b.png', ...file },
        ],
        session_state_applied: true,
      },
    });
    expect((await client.state()).body.data?.state?.video_infos).toEqual(body.data?.files);
  });

  it('keeps the order in which the requests came, whichever ends first', async () => {
    const waiting: (() => void)[] = [];
    const client = await serve(
      transport,
      {},
      {
        probe: async () => {
          await new Promise<void>((resolve) => waiting.push(resolve));
          return { kind: 'image', format: 'png' };
        },
      },
    );
    await client.begin();
    const first = client.upload({ name: 'first.png', data: PNG });
    await eventually(() => waiting.length, 1);
    const second = client.upload({ name: 'second.png', data: PNG });
    await eventually(() => waiting.length, 2);
    waiting[1]?.();
    await second;
    waiting[0]?.();
    await first;
    expect((await client.state()).body.data?.state?.video_infos).toMatchObject([
      { filename: 'first.png' },
      { filename: 'second.png' },
    ]);
  });

  it('is served at its address, as it came, without a token', async () => {
    const client = await (await serve(transport)).begin();
    const { body } = await client.upload({ name: 'a.png', data: PNG });
    client.token = '';
    const served = await client.send(String(body.data?.files?.[0]?.cdn_url));
    expect(served.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await served.arrayBuffer()).equals(PNG)).toBe(true);
  });

  it('keeps every name as it was given, and makes no path of it', async () => {
    const dir = await folder();
    const client = await (await serve(transport, { dir })).begin();
    const strange = fc.string({
      unit: fc.oneof(fc.constantFrom('/', '..', '"', '\\', '\r\n', ';', '猫', '🎬'), fc.string()),
    });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(strange, async (start) => {
        // The encoding of forms has no way to say these three: they stand for a quote and for line ends.
        fc.pre(!/%(22|0D|0A)/i.test(start));
        const name = `../${start.replace(/\r?\n|\r/g, '\r\n')}.png`;
        const form = new FormData();
        form.append('files', new File([PNG], name));
        const { body } = await client.ask(paths.upload(client.sessionId), { method: 'POST', body: form });
        expect(body.data?.files?.[0]?.filename).toBe(name);
        count += 1;
        expect(readdirSync(dir)).toHaveLength(count);
      }),
      { numRuns: 50 },
    );
    for (const file of await readdir(dir)) expect(file).toMatch(/^[0-9a-f-]{36}\.png$/);
  });

  it.each([
    ['an unknown type', 'a.txt', PNG],
    ['no type', 'png', PNG],
    ['text renamed', 'a.png', Buffer.from('this is text')],
    ['an empty file', 'a.png', Buffer.alloc(0)],
  ])('answers 4001 to %s and keeps nothing of the request', async (_, name, data) => {
    const dir = await folder();
    const client = await (await serve(transport, { dir })).begin();
    const { body } = await client.upload({ name: 'good.png', data: PNG }, { name, data });
    expect(body).toMatchObject({ code: 4001, data: null });
    expect(await readdir(dir)).toEqual([]);
    expect((await client.state()).body.data?.state?.video_infos).toEqual([]);
  });

  it('over the limit is answered with 4002 after all of it, and nothing is kept', async () => {
    const dir = await folder();
    const client = await (await serve(transport, { dir, maxUploadBytes: 200_000 })).begin();
    const data = Buffer.concat([PNG, Buffer.alloc(5_000_000)]);
    const { body } = await client.upload({ name: 'small.png', data: PNG }, { name: 'a.png', data });
    expect(body).toMatchObject({ code: 4002, message: expect.stringContaining('200000') });
    expect(client.backend.requests.at(-1)?.bytes).toBeGreaterThan(data.length);
    expect(await readdir(dir)).toEqual([]);
  });

  it('without a file is refused', async () => {
    const client = await (await serve(transport)).begin();
    expect((await client.upload()).body.code).toBe(400);
    expect(
      (await client.post(paths.upload(client.sessionId), { urls: [], source_type: 'url' })).body.code,
    ).toBe(400);
  });

  it('of an unknown session is refused with 1002', async () => {
    const client = await (await serve(transport)).begin();
    client.sessionId = 'nobody';
    expect(await client.upload({ name: 'a.png', data: PNG })).toMatchObject({
      status: 404,
      body: { code: 1002 },
    });
  });

  it('by address is fetched, redirects and all', async () => {
    const site = await website({ '/photos/my%20cat.png': PNG });
    const client = await (await serve(transport)).begin();
    const urls = [`${site}/photos/my%20cat.png`, `${site}/moved/photos/my%20cat.png`];
    const { body } = await client.post(paths.upload(client.sessionId), { urls, source_type: 'url' });
    expect(body.data?.files).toMatchObject([
      { filename: 'my cat.png', width: 1 },
      { filename: 'my cat.png', width: 1 },
    ]);
  });

  it.each([
    ['that is elsewhere', 'http://192.0.2.1/a.png'],
    ['that is no http address', 'file:///etc/passwd.png'],
    ['that is none', 'a.png'],
  ])('is refused for an address %s', async (_, url) => {
    const client = await (await serve(transport)).begin();
    const { body } = await client.post(paths.upload(client.sessionId), { urls: [url], source_type: 'url' });
    expect(body.code).toBe(400);
  });

  it('is refused for an address where nothing is', async () => {
    const site = await website({});
    const client = await (await serve(transport)).begin();
    const { body } = await client.post(paths.upload(client.sessionId), { urls: [`${site}/a.png`] });
    expect(body).toMatchObject({ code: 400, message: expect.stringContaining('could not be fetched') });
  });

  it('that the client breaks off leaves nothing behind', async () => {
    const dir = await folder();
    const client = await (await serve(transport, { dir })).begin();
    const gone = new AbortController();
    const boundary = 'x';
    const head = `--x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n`;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.concat([Buffer.from(head), PNG])),
    });
    const sending = client.send(paths.upload(client.sessionId), {
      method: 'POST',
      body,
      signal: gone.signal,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      duplex: 'half',
    } as RequestInit);
    const outcome = expect(sending).rejects.toMatchObject({ name: 'AbortError' });
    await eventually(() => (client.backend.requests.at(-1)?.bytes ?? 0) > PNG.length, true);
    gone.abort();
    await outcome;
    await eventually(() => client.backend.requests.at(-1)?.aborted, true);
    await client.backend.close();
    expect(await readdir(dir)).toEqual([]);
    expect(client.backend.requests.at(-1)).toMatchObject({
      operation: 'upload',
      aborted: true,
      status: undefined,
    });
  });
});

describe('the folder of a backend', () => {
  it('is temporary and gone after close, unless it was given', async () => {
    const own = async (): Promise<string[]> =>
      (await readdir(tmpdir())).filter((name) => name.startsWith('nemovideo-local-'));
    const before = await own();
    const client = await (await serve('in process')).begin();
    await client.upload({ name: 'a.png', data: PNG });
    const made = (await own()).filter((name) => !before.includes(name));
    expect(made.length).toBeGreaterThanOrEqual(1);
    await client.backend.close();
    const dir = await folder();
    const kept = await (await serve('in process', { dir: join(dir, 'deep', 'er') })).begin();
    await kept.upload({ name: 'a.png', data: PNG });
    await kept.backend.close();
    const [file = ''] = await readdir(join(dir, 'deep', 'er'));
    expect((await readFile(join(dir, 'deep', 'er', file))).equals(PNG)).toBe(true);
  });
});
