import { setupServer } from 'msw/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NemoVideo } from '../../src/index.js';
import { createTestClient, handlers, type TestClient } from '../../src/testing/index.js';
import { png } from '../support/pictures.js';

/** For what passes through msw in no known time. */
const PATIENCE = { timeout: 30_000 };
const PROMPT = 'Make a 10-second video about the sea';

describe('handlers for msw', () => {
  const server = setupServer();
  let test: TestClient;

  beforeEach(async () => {
    test = await createTestClient();
    server.listen({ onUnhandledRequest: 'error' });
  });
  afterEach(async () => {
    server.close();
    await test.backend.close();
  });

  it('let a program that knows nothing of the test reach the backend, without waiting', async () => {
    server.use(...(await handlers(test.backend)));
    const nemo = new NemoVideo({ credentialStore: false, clock: test.clock });
    const chunks: Uint8Array[] = [];
    const video = await nemo.createVideo({ prompt: PROMPT, download: (chunk) => void chunks.push(chunk) });
    expect(Buffer.concat(chunks).length).toBe(video.bytes);
    expect(video.url).toContain('https://mega-api-prod.nemovideo.ai/outputs/');
    expect(test.clock.pending).toBe(0);
  });

  it('answer at another address where the program calls one', async () => {
    server.use(...(await handlers(test.backend, { baseUrl: 'https://proxy.test' })));
    const nemo = new NemoVideo({ baseUrl: 'https://proxy.test', credentialStore: false });
    expect((await nemo.credits.balance()).total).toBeGreaterThan(0);
  });

  it('forward to a backend that listens elsewhere, with the bodies of requests', async () => {
    await test.backend.listen();
    server.use(...(await handlers(test.backend.url)));
    const nemo = new NemoVideo({ credentialStore: false, poll: { minMs: 1 }, settle: { intervalMs: 1 } });
    const session = await nemo.sessions.create();
    await session.upload({ name: 'mug.png', data: png(64, 48, [200, 60, 40]) });
    expect(test.backend.requests.find(({ operation }) => operation === 'upload')?.bytes).toBeGreaterThan(100);
    expect((await session.send(PROMPT)).timeline?.durationMs).toBe(10_000);
  });

  it('pass on that the program went away', async () => {
    server.use(...(await handlers(test.backend)));
    test.backend.faults.add({ on: 'credits', do: 'stall' });
    const gone = new AbortController();
    const nemo = new NemoVideo({ credentialStore: false });
    const balance = nemo.credits.balance({ signal: gone.signal });
    const outcome = expect(balance).rejects.toMatchObject({ name: 'AbortError' });
    await expect
      .poll(() => test.backend.requests.some(({ operation }) => operation === 'credits'))
      .toBe(true);
    gone.abort();
    await outcome;
    await expect.poll(() => test.backend.requests.at(-1)?.aborted, PATIENCE).toBe(true);
  });
});

it.each([
  [undefined, {}, 'backend'],
  ['not an address', {}, 'backend'],
  [{ fetch: 1, url: 'https://a.test' }, {}, 'backend'],
  ['https://a.test', { baseUrl: 'ftp://a.test' }, 'baseUrl'],
  ['https://a.test', { base: 'https://a.test' }, 'base'],
])('refuses wrong arguments: %j, %j', async (backend, options, field) => {
  await expect(Promise.resolve(Reflect.apply(handlers, undefined, [backend, options]))).rejects.toMatchObject(
    {
      name: 'OptionError',
      field,
    },
  );
});
