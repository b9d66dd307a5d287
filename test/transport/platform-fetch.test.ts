import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/platform/clock.js';
import { silentLogger } from '../../src/platform/logger.js';
import { platformFetch, Transport } from '../../src/transport/index.js';
import { Anything, authorizeWith, failure, ONCE, refused, SAFE } from './harness.js';

let server: Server;
let transport: Transport;
let answer: (request: IncomingMessage, body: string) => string | undefined;

beforeEach(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const json = answer(request, body);
    // Without an answer, the request hangs.
    if (json !== undefined) response.end(json);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  transport = new Transport(
    {
      baseUrl,
      webUrl: baseUrl,
      fetch: platformFetch,
      middleware: [],
      attribution: { source: 's', version: '1', platform: 'p' },
      requestTimeoutMs: 10_000,
      retry: { attempts: 1, minMs: 1, maxMs: 1, budgetMs: 10_000 },
      clock: systemClock,
      logger: silentLogger,
    },
    authorizeWith('nmv_usr_1'),
  );
});

afterEach(() => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  server.close();
});

describe("the platform's own fetch", () => {
  it('is given method, address, headers and body', async () => {
    answer = ({ headers, method, url }, body) =>
      JSON.stringify({ code: 0, data: { headers, method, url, body } });
    const { data } = await transport.json(ONCE, Anything);
    expect(data).toMatchObject({
      method: 'POST',
      url: '/run_sse',
      body: '{"a":1}',
      headers: {
        authorization: 'Bearer nmv_usr_1',
        'x-skill-source': 's',
        'content-type': 'application/json',
      },
    });
  });

  it('is looked up at each call, so that whatever takes its place is used', async () => {
    const real = globalThis.fetch;
    const seen: string[] = [];
    vi.stubGlobal('fetch', (...given: Parameters<typeof fetch>) => {
      seen.push(new Request(...given).headers.get('x-skill-source') ?? '');
      return real(...given);
    });
    answer = () => '{"code":0,"data":{}}';
    await transport.json(SAFE, Anything);
    expect(seen).toEqual(['s']);
  });

  it('that refuses an address fails the call, and causes no unhandled rejection', async () => {
    // vitest fails a run with an unhandled rejection.
    const address = 'http://user:word@127.0.0.1:1/v.mp4';
    expect(await failure(transport.open({ ...SAFE, path: address }))).toBeInstanceOf(Error);
    await new Promise(setImmediate);
  });

  it.each<[string, () => unknown, object]>([
    [
      'throws at once as one that rejects',
      () => {
        throw refused();
      },
      { name: 'NetworkError', sent: 'no' },
    ],
    ['gives nothing by its name', () => undefined, { name: 'OptionError', field: 'fetch' }],
    ['gives no response by its name', async () => ({ ok: true }), { name: 'OptionError', field: 'fetch' }],
  ])('is an error of a stand-in that %s', async (_, standIn, error) => {
    vi.stubGlobal('fetch', standIn);
    expect(await failure(transport.json(ONCE, Anything))).toMatchObject(error);
  });

  it('ends its connection when the call is aborted', async () => {
    answer = () => undefined;
    const caller = new AbortController();
    const arrived = once(server, 'request');
    const ended = failure(transport.json({ ...SAFE, signal: caller.signal }, Anything));
    const [request]: IncomingMessage[] = await arrived;
    const closed = request && once(request.socket, 'close');
    caller.abort();
    expect(await ended).toMatchObject({ name: 'AbortError' });
    await closed;
  });
});
