import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../src/platform/clock.js';
import { silentLogger } from '../../src/platform/logger.js';
import { createTestClient } from '../../src/testing/index.js';
import { platformFetch, Transport } from '../../src/transport/index.js';
import { png } from '../support/pictures.js';
import { Anything, ONCE } from './harness.js';

/** What ky made of its options and gave to its `fetch` option. */
const passed: Request[] = [];

// ky with its `fetch` option counted: nothing is answered here.
vi.mock('ky', async (original) => {
  const { default: ky } = await original<typeof import('ky')>();
  const counted = (...[input, options = {}]: Parameters<typeof ky>) => {
    const { fetch = globalThis.fetch } = options;
    return ky(input, {
      ...options,
      fetch: (request, init) => {
        if (request instanceof Request) passed.push(request);
        return fetch(request, init);
      },
    });
  };
  return { default: counted };
});

afterEach(() => {
  passed.length = 0;
});

it('ky carries every request of the main job', async () => {
  await using test = await createTestClient();
  const { nemo, backend } = test;
  const media = [{ name: 'mug.png', data: png(64, 48, [200, 60, 40]) }];
  const chunks: Uint8Array[] = [];
  const task = nemo.createVideo({
    media,
    prompt: 'Create a 10-second promotional video with music',
    download: (chunk) => void chunks.push(chunk),
  });
  await task.result();
  await nemo.credits.balance();
  const received = backend.requests.map(({ method, path }) => `${method} ${path}`);
  expect(received.length).toBeGreaterThan(8);
  expect(chunks.length).toBeGreaterThan(0);
  expect(passed.map(({ method, url }) => `${method} ${url.slice(new URL(url).origin.length)}`)).toEqual(
    received,
  );
  for (const request of passed) expect(request.headers.get('x-skill-source')).toBe('ai-video-maker-gratis');
});

it('a message goes out once under HTTP 421, which Node’s fetch would answer by sending it again', async () => {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push({ headers: request.headers, body });
    response.writeHead(421).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const baseUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const transport = new Transport({
    ...{ baseUrl, webUrl: baseUrl, fetch: platformFetch, middleware: [], requestTimeoutMs: 10_000 },
    attribution: { source: 's', version: '1', platform: 'p' },
    retry: { attempts: 3, minMs: 1, maxMs: 1, budgetMs: 10_000 },
    clock: systemClock,
    logger: silentLogger,
  });
  const message = { text: 'a message — 消息' };
  await expect(transport.json({ ...ONCE, json: message }, Anything)).rejects.toMatchObject({ status: 421 });
  expect(received).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: '' }] = received;
  expect(JSON.parse(body)).toEqual(message);
  // In one piece of a known length: not every server takes a chunked request.
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(JSON.stringify(message))),
  });
  expect(headers).not.toHaveProperty('transfer-encoding');
  server.closeAllConnections();
  server.close();
});
