import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/platform/clock.js';
import { silentLogger } from '../../src/platform/logger.js';
import {
  type Call,
  type Delivery,
  type Fetch,
  type Middleware,
  platformFetch,
  Transport,
  type TransportSettings,
} from '../../src/transport/index.js';
import { Anything, authorizeWith, failure } from './harness.js';

const TOKEN = 'nmv_usr_redirected';

/** A server that keeps what it received. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const received: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    received.push(request);
    request.resume().on('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port }: AddressInfo = Object(server.address());
  return {
    received,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function transportTo(baseUrl: string, settings: Partial<TransportSettings> = {}): Transport {
  return new Transport(
    {
      baseUrl,
      webUrl: baseUrl,
      fetch: platformFetch,
      middleware: [],
      attribution: { source: 's', version: '1', platform: 'p' },
      requestTimeoutMs: 10_000,
      retry: { attempts: 3, minMs: 1, maxMs: 2, budgetMs: 10_000 },
      clock: systemClock,
      logger: silentLogger,
      ...settings,
    },
    authorizeWith(TOKEN),
  );
}

describe.each([301, 302, 303, 307, 308])('a redirect by %i to another origin', (status) => {
  let other: Awaited<ReturnType<typeof serve>>;
  let service: Awaited<ReturnType<typeof serve>>;

  beforeEach(async () => {
    other = await serve((_, response) => response.end('{"code":0,"data":{}}'));
    service = await serve((_, response) =>
      response.writeHead(status, { location: `${other.url}/there` }).end(),
    );
  });
  afterEach(() => Promise.all([other.close(), service.close()]));

  it('is followed by a GET without credentials', async () => {
    const call: Call = { operation: 'state', method: 'GET', path: '/here', safety: 'safe' };
    await transportTo(service.url).json(call, Anything);
    expect(service.received[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(other.received).toHaveLength(1);
    expect(other.received[0]?.headers).not.toHaveProperty('authorization');
    expect(JSON.stringify(other.received[0]?.rawHeaders)).not.toContain(TOKEN);
  });

  it.each<[string, Partial<Call>]>([
    ['with JSON', { operation: 'run', json: { message: 'a costly one' } }],
    ['without a body, with a client id', { operation: 'token', headers: { 'x-client-id': 'client-1' } }],
    [
      'with a stream',
      {
        operation: 'upload',
        body: { contentType: 'text/plain', length: 5, open: () => new Blob(['hello']).stream() },
      },
    ],
  ])('is not followed by a POST %s, and is an error', async (_, more) => {
    const call: Call = { operation: 'run', method: 'POST', path: '/here', safety: 'safe', ...more };
    const error = await failure(transportTo(service.url).json(call, Anything));
    expect(error).toMatchObject({
      name: 'ResponseFormatError',
      message: expect.stringContaining('a redirect'),
    });
    expect(service.received).toHaveLength(1);
    expect(other.received).toHaveLength(0);
  });

  it('proves that the service is not at work on the call, unless it answers "See other"', async () => {
    const heard: Delivery[] = [];
    const call: Call = { operation: 'run', method: 'POST', path: '/here', safety: 'once', json: {} };
    await failure(
      transportTo(service.url).json({ ...call, onDelivery: (each) => heard.push(each) }, Anything),
    );
    expect(heard.at(-1)).toBe(status === 303 ? 'unknown' : 'unsent');
  });

  it('is an answer for a caller that follows by hand', async () => {
    const call: Call = {
      operation: 'download',
      method: 'GET',
      path: '/here',
      safety: 'safe',
      redirect: 'manual',
    };
    const { response, status: given } = await transportTo(service.url).open(call);
    await response.body?.cancel();
    expect(given).toBe(status);
    expect(response.headers.get('location')).toBe(`${other.url}/there`);
    expect(other.received).toHaveLength(0);
  });
});

it('redirects without end are an error, and not met again', async () => {
  const service = await serve((_, response) => response.writeHead(302, { location: '/login' }).end());
  const call: Call = { operation: 'credits', method: 'GET', path: '/here', safety: 'safe' };
  const error = await failure(transportTo(service.url).json(call, Anything));
  await service.close();
  expect(error).toMatchObject({
    name: 'ResponseFormatError',
    message: expect.stringContaining('redirects without end'),
    attempts: 1,
  });
  // Node gives up after 20.
  expect(service.received).toHaveLength(21);
});

describe('a GET whose runtime would take the token along', () => {
  // As workerd does for older compatibility dates: what it follows, it follows with all headers.
  const carrying: Fetch = async (request) => {
    const answer = await fetch(new Request(request, { redirect: 'manual' }));
    const location = answer.headers.get('location');
    if (request.redirect === 'manual' || location === null) return answer;
    return carrying(new Request(new URL(location, request.url), { headers: request.headers }));
  };

  it('leads to another origin without it, and without the names of the integration', async () => {
    const other = await serve((_, response) => response.end('{"code":0,"data":{}}'));
    const service = await serve((request, response) =>
      response.writeHead(302, { location: request.url === '/here' ? '/moved' : `${other.url}/there` }).end(),
    );
    const call: Call = { operation: 'state', method: 'GET', path: '/here', safety: 'safe' };
    for (const middleware of [[], [(request, next) => next(request)]] satisfies Middleware[][]) {
      await transportTo(service.url, { fetch: carrying, middleware }).json(call, Anything);
    }
    await Promise.all([other.close(), service.close()]);
    expect(service.received.map(({ url, headers }) => [url, headers.authorization])).toEqual(
      ['/here', '/moved', '/here', '/moved'].map((path) => [path, `Bearer ${TOKEN}`]),
    );
    expect(other.received.map(({ url }) => url)).toEqual(['/there', '/there']);
    expect(JSON.stringify(other.received.map(({ rawHeaders }) => rawHeaders))).not.toMatch(
      /authorization|x-skill|nmv_/i,
    );
  });

  it.each(['ftp://files.test/x', 'http://user:word@127.0.0.1:1/', 'http://'])(
    'does not lead to %s',
    async (location) => {
      const service = await serve((_, response) => response.writeHead(302, { location }).end());
      const call: Call = { operation: 'state', method: 'GET', path: '/here', safety: 'safe' };
      const error = await failure(transportTo(service.url).json(call, Anything));
      await service.close();
      expect(error).toMatchObject({
        name: 'ResponseFormatError',
        message: expect.stringContaining('a redirect'),
      });
      expect(service.received).toHaveLength(1);
    },
  );
});
