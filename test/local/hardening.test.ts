import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { probeMedia } from '../../src/local/media/probe.js';
import type { BackendParts } from '../../src/local/parts.js';
import { paths } from '../../src/wire/index.js';
import { eventually, PNG, serve, statusOf, TRANSPORTS } from './support/wire.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A site of this machine that answers every request by hand, and how often it was asked. */
async function site(answer: Parameters<typeof createServer>[1] & object) {
  let asked = 0;
  const server = createServer((incoming, outgoing) => {
    asked += 1;
    answer(incoming, outgoing);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, asked: () => asked };
}

describe.each(TRANSPORTS)('the journal, %s', (transport) => {
  it('reads and keeps no body of a request without a valid token', async () => {
    const client = await serve(transport);
    client.token = 'nmv_usr_wrong';
    const padding = 'x'.repeat(1024 * 1024);
    for (let n = 0; n < 20; n += 1)
      expect((await client.post(paths.createSession, { padding })).status).toBe(401);
    expect(client.backend.requests.every(({ body }) => body === undefined)).toBe(true);
    expect(client.backend.requests.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(0);
  });

  it('keeps the newest bodies, within 16 MB', async () => {
    const client = await (await serve(transport)).begin();
    const padding = 'x'.repeat(1000 * 1024);
    for (let n = 0; n < 24; n += 1) await client.post(paths.claimToken, { session_id: 'no', n, padding });
    const kept = client.backend.requests.filter(
      ({ operation, body }) => operation === 'claim' && body !== undefined,
    );
    expect(kept.length).toBeGreaterThan(12);
    expect(kept.length).toBeLessThanOrEqual(16);
    expect(kept.at(-1)?.body).toMatchObject({ n: 23 });
  });

  it('refuses a body of more than 4 MB, except the draft of a render', async () => {
    const client = await (await serve(transport)).begin();
    const padding = 'x'.repeat(4.5 * 1024 * 1024);
    expect((await client.post(paths.createSession, { padding })).status).toBe(413);
    expect((await client.post(paths.submitRender, { padding })).status).toBe(400);
  });
});

it('keeps at least the last 10,000 requests, and not many more', async () => {
  const client = await serve('in process');
  for (let n = 0; n < 12_500; n += 1) await client.backend.fetch(`${client.backend.url}/nowhere/${n}`);
  const { requests } = client.backend;
  expect(requests.length).toBeGreaterThanOrEqual(10_000);
  expect(requests.length).toBeLessThanOrEqual(11_000);
  expect(requests.at(-1)?.path).toBe('/nowhere/12499');
});

describe('a picture that claims too many pixels', () => {
  /** The header of a lossless WebP of 16,000 by 16,000. */
  const webp = Buffer.concat([
    Buffer.from('RIFF\x24\0\0\0WEBPVP8L\x18\0\0\0\x2f', 'latin1'),
    Buffer.from([0x7f, 0xbe, 0x9f, 0x0f]),
    Buffer.alloc(32),
  ]);

  it('is refused by its header, before the decoder is even loaded', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'bomb-')), 'bomb.webp');
    await writeFile(path, webp);
    let looks = 0;
    const inspect = async () => {
      looks += 1;
      return null;
    };
    await expect(probeMedia(path, undefined, inspect)).rejects.toThrow('100 megapixels');
    expect(looks).toBe(0);
  });
});

describe('a web page', () => {
  /** Sends a request as no fetch would: with a host and an origin that are not its own. */
  const raw = (url: string, headers: Record<string, string>, method = 'GET') =>
    new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
      httpRequest(url, { method, headers }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }));
      })
        .on('error', reject)
        .end();
    });

  it('under a name that was made to lead to this machine gets nothing', async () => {
    const { backend } = await serve('socket');
    const url = backend.url + paths.anonymousToken;
    const answer = await raw(url, { host: 'evil.test', 'x-client-id': 'a' }, 'POST');
    expect(answer.status).toBe(403);
    expect(backend.requests).toEqual([]);
    const { port } = new URL(backend.url);
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `app.localhost:${port}`])
      expect((await raw(url, { host, 'x-client-id': 'a' }, 'POST')).status).toBe(200);
  });

  it.each([
    ['https://evil.test', 403, undefined],
    ['null', 403, undefined],
    ['http://localhost:5173', 401, 'http://localhost:5173'],
    ['http://127.0.0.1:3000', 401, 'http://127.0.0.1:3000'],
  ])('of the origin %s is answered %d', async (origin, status, allowed) => {
    const { backend } = await serve('socket');
    const answer = await raw(backend.url + paths.credits, { origin });
    expect(answer.status).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBe(allowed);
  });

  it('may call where it was allowed, but never control the backend', async () => {
    const { backend } = await serve('socket', { allowOrigin: ['https://app.test'] });
    expect((await raw(backend.url + paths.credits, { origin: 'https://app.test' })).status).toBe(401);
    expect((await raw(backend.url + paths.credits, { origin: 'https://other.test' })).status).toBe(403);
    expect((await raw(backend.url + paths.credits, { origin: 'http://localhost:1' })).status).toBe(403);
    for (const path of ['/', '/__local/journal'])
      expect((await raw(backend.url + path, { origin: 'https://app.test' })).status).toBe(403);
    expect((await raw(`${backend.url}/__local/journal`, {})).status).toBe(200);
  });

  it('gets the private-network header only where it asks for it', async () => {
    const { backend } = await serve('socket');
    const asks = { origin: 'http://localhost:1', 'access-control-request-method': 'POST' };
    const name = 'access-control-allow-private-network';
    expect((await raw(backend.url + paths.run, asks, 'OPTIONS')).headers[name]).toBeUndefined();
    const more = { ...asks, 'access-control-request-private-network': 'true' };
    expect((await raw(backend.url + paths.run, more, 'OPTIONS')).headers[name]).toBe('true');
  });
});

describe('an upload by address', () => {
  const upload = async (url: string, options: Parameters<typeof serve>[1] = {}) => {
    const client = await (await serve('in process', options)).begin();
    const { body } = await client.post(paths.upload(client.sessionId), { urls: [url] });
    return { code: Number(body.code), message: String(body.message), client };
  };

  it('is not fetched when its name is of no accepted type', async () => {
    const { url, asked } = await site((_, answer) => answer.end('secret'));
    expect((await upload(`${url}/admin`)).code).toBe(4001);
    expect(asked()).toBe(0);
  });

  it('says the same whatever is wrong with the address', async () => {
    const { url } = await site((_, answer) => {
      answer.statusCode = 418;
      answer.end();
    });
    const closed = await site(() => {});
    servers.pop()?.close();
    const messages = [
      await upload(`${url}/a.png`),
      await upload(`${closed.url}/a.png`),
      await upload('http://127.0.0.1:1/a.png'),
    ];
    expect(new Set(messages.map(({ message }) => message)).size).toBe(1);
  });

  it('is read no further than a file may be large', async () => {
    let sent = 0;
    const { url } = await site((_, answer) => {
      const pour = (): void => {
        while (!answer.destroyed && answer.write(Buffer.alloc(64 * 1024))) sent += 64 * 1024;
        answer.once('drain', pour);
      };
      pour();
    });
    expect((await upload(`${url}/a.png`, { maxUploadBytes: 1024 * 1024 })).code).toBe(4002);
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it('that drips is given up', async () => {
    const { url, asked } = await site((_, answer) => {
      answer.write(PNG.subarray(0, 8));
    });
    const client = await (await serve('in process')).begin();
    const answer = client.post(paths.upload(client.sessionId), { urls: [`${url}/a.png`] });
    await eventually(() => asked() === 1 && client.clock.pending > 0, true);
    await client.clock.advance(60_001);
    expect((await answer).body).toMatchObject({
      code: 400,
      message: expect.stringContaining('could not be fetched'),
    });
    expect(client.clock.pending).toBe(0);
  });

  it('is refused where none are fetched', async () => {
    const { url, asked } = await site((_, answer) => answer.end(PNG));
    expect((await upload(`${url}/a.png`, { fetchFrom: 'none' })).code).toBe(400);
    expect(asked()).toBe(0);
  });
});

describe('renders', () => {
  const draft = { t: [{ tt: 0, sg: [{ s: 0, d: 1000 }] }], d: 1000, m: { width: 640, height: 360, fps: 30 } };

  it('run so many at once as the backend can do, whatever the number of sessions', async () => {
    let running = 0;
    let most = 0;
    const ends: (() => void)[] = [];
    const render: BackendParts['render'] = () => {
      running += 1;
      most = Math.max(most, running);
      const done = new Promise<void>((resolve) =>
        ends.push(() => {
          running -= 1;
          resolve();
        }),
      );
      return { done, cancel: async () => {} };
    };
    const client = await (await serve('in process', {}, { render, rendersAtOnce: 2 })).begin();
    for (let n = 0; n < 6; n += 1) {
      await client.newSession();
      await client.submit(`r${n}`, { draft });
    }
    for (let n = 0; n < 6; n += 1) {
      await eventually(() => ends.length > n, true);
      ends[n]?.();
    }
    await eventually(async () => statusOf(await client.poll('r5')), 'completed');
    expect(most).toBe(2);
  });

  it.each([
    ['for a day', { ...draft, d: 24 * 3_600_000 }],
    ['as large as a wall', { ...draft, d: 600_000, m: { width: 16_000, height: 16_000, fps: 60 } }],
  ])('are refused where the draft would take all of the machine: %s', async (_, large) => {
    const client = await (await serve('in process')).begin();
    expect((await client.submit('r', { draft: large })).status).toBe(400);
  });

  it.each(['\ud800', 'r\udfff'])('are refused with 400 where the id is half a character', async (id) => {
    const client = await (await serve('in process')).begin();
    expect((await client.submit(id, { draft })).status).toBe(400);
  });
});

it('removes the folders of processes that were killed, and no others', async () => {
  const dead = join(tmpdir(), 'nemovideo-local-999999999-abc');
  const alive = join(tmpdir(), `nemovideo-local-${process.ppid}-abc`);
  const foreign = join(tmpdir(), 'nemovideo-local-mine');
  for (const folder of [dead, alive, foreign]) await mkdir(folder, { recursive: true });
  const client = await (await serve('in process')).begin();
  await client.upload({ name: 'a.png', data: PNG });
  expect([dead, alive, foreign].map((folder) => existsSync(folder))).toEqual([false, true, true]);
});
