import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryCredentials } from '../../src/auth/index.js';
import { NemoVideo } from '../../src/client.js';
import { createLocalBackend, type LocalBackend } from '../../src/local/index.js';
import { fileCredentials } from '../../src/platform/node-credentials.js';
import { createTestClient } from '../../src/testing/index.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { failure, memoryLogger } from '../transport/harness.js';
import { CLIENT, DAY } from './harness.js';

describe('a client of the local backend', () => {
  let backend: LocalBackend;
  let clock: VirtualClock;
  let nemo: NemoVideo;

  beforeEach(async () => {
    const options = { limits: true, credits: 100, speed: 20, clock: new VirtualClock() };
    ({ nemo, backend, clock } = await createTestClient(options));
  });
  afterEach(() => backend.close());

  const tokenCalls = () => backend.requests.filter(({ path }) => path.endsWith('/anonymous-token'));

  it('makes a thousand calls at once with an expired token: one refresh, a thousand successes', async () => {
    await clock.run(nemo.credits.balance());
    await clock.advance(8 * DAY);
    const calls = Array.from({ length: 1_000 }, () => nemo.credits.balance());
    const balances = await clock.run(Promise.all(calls));
    expect(balances.every(({ available }) => available === 100)).toBe(true);
    expect(tokenCalls()).toHaveLength(2);
  });

  it('makes as many with a token that was revoked: one refresh, one replay of each', async () => {
    await clock.run(nemo.credits.balance());
    backend.invalidateToken();
    const calls = Array.from({ length: 200 }, () => nemo.credits.balance());
    await clock.run(Promise.all(calls));
    expect(tokenCalls()).toHaveLength(2);
  });

  it('works after a first call that was aborted when the service had issued its token', async () => {
    const stop = new AbortController();
    const leaving = new NemoVideo({
      baseUrl: backend.url,
      clock,
      credentialStore: false,
      async fetch(request) {
        const answer = await backend.fetch(request);
        stop.abort();
        request.signal.throwIfAborted();
        return answer;
      },
    });
    expect(await clock.run(failure(leaving.credits.balance({ signal: stop.signal })))).toMatchObject({
      name: 'AbortError',
    });
    expect(await clock.run(leaving.credits.balance())).toMatchObject({ available: 100 });
    expect(tokenCalls().map(({ status }) => status)).toEqual([200, 429, 200]);
  });

  it('says what to do when a registered token is revoked', async () => {
    const token = backend.issueToken();
    const registered = new NemoVideo({ fetch: backend.fetch, baseUrl: backend.url, clock, token });
    await clock.run(registered.credits.balance());
    backend.invalidateToken(token);
    const sent = backend.requests.length;
    expect(await clock.run(failure(registered.credits.balance()))).toMatchObject({
      name: 'AuthenticationError',
      code: 1001,
      hint: expect.stringContaining('website'),
    });
    expect(backend.requests.length).toBe(sent + 1);
  });

  it('gives the facts of an answer beside its data', async () => {
    const { data, status, requestId, headers } = await clock.run(nemo.credits.balance().withResponse());
    expect(data).toMatchObject({ available: 100 });
    expect(status).toBe(200);
    expect(headers.get('x-request-id')).toBe(requestId);
  });

  it('waits out a 429 once, 30 s when it names no time', async () => {
    await clock.run(nemo.credits.balance());
    backend.faults.add({ on: 'credits', do: 'status', status: 429 });
    const begun = clock.now();
    await clock.run(nemo.credits.balance());
    expect(clock.now() - begun).toBe(30_000);
  });
});

describe('a store of files, damaged', () => {
  it.each<[string, (text: string) => string]>([
    ['that was cut', () => '{"version":1,"cred'],
    ['of another version', (text) => text.replace('"version": 1', '"version": 2')],
    ['with an empty token', (text) => text.replace(/nmv_usr_[^"]*/, '')],
    ['with a token that cannot be sent', (text) => text.replace(/nmv_usr_/, 'nmv_usr_名')],
  ])('%s makes a new identity with a warning, and the work continues', async (_, damage) => {
    const backend = await createLocalBackend({ render: 'off', limits: true });
    const directory = mkdtempSync(join(tmpdir(), 'nemovideo-damaged-'));
    const logger = memoryLogger();
    const client = () =>
      new NemoVideo({
        fetch: backend.fetch,
        baseUrl: backend.url,
        credentialStore: fileCredentials({ directory }),
        logger,
      });
    await client().credits.balance();
    const before = readFileSync(join(directory, 'client_id'), 'utf8');
    const file = join(directory, 'credentials.json');
    writeFileSync(file, damage(readFileSync(file, 'utf8')));
    expect(await client().credits.balance()).toMatchObject({ available: 100 });
    expect(logger.lines.some(({ level }) => level === 'warn')).toBe(true);
    expect(readFileSync(join(directory, 'client_id'), 'utf8')).not.toBe(before);
    // The next one finds what was made.
    const sent = backend.requests.length;
    await client().credits.balance();
    expect(backend.requests.length).toBe(sent + 1);
    await backend.close();
  });
});

/** A token that no pattern knows: it is redacted because it was used. */
const CANARY = 'canary+7d1f/secret=token';

/** Services that say the token back, in whatever place they can. */
const ECHOES: Readonly<Record<string, (request: Request) => Response>> = {
  'in a code and a message': (request) => Response.json({ code: 2001, message: echo(request) }),
  'in an unknown code': (request) =>
    Response.json({ code: 7, error: { message: echo(request) } }, { status: 400 }),
  'in a page of HTML': (request) => new Response(`<html>${echo(request)}</html>`),
  'in an error page': (request) => new Response(`<html>${echo(request)}</html>`, { status: 502 }),
  'in data of the wrong form': (request) => Response.json({ code: 0, data: { available: echo(request) } }),
  'in the address of a redirect': (request) =>
    new Response(null, {
      status: 307,
      headers: { location: `https://x.test/?q=${encodeURIComponent(echo(request))}` },
    }),
  'in an error with the whole request': (request) => {
    throw Object.assign(new TypeError(`fetch failed for ${echo(request)}`), {
      request,
      cause: new Error(echo(request)),
    });
  },
  'when it refuses it': (request) => Response.json({ code: 1001, message: echo(request) }, { status: 401 }),
};

function echo(request: Request): string {
  return request.headers.get('authorization') ?? 'no token';
}

describe.each(Object.entries(ECHOES))('a service that says the token back %s', (_, answer) => {
  it('finds no way to have it shown', async () => {
    const clock = new VirtualClock();
    const logger = memoryLogger();
    const urls: string[] = [];
    const nemo = new NemoVideo({
      token: CANARY,
      clock,
      logger,
      fetch: async (request) => {
        urls.push(request.url);
        return answer(request);
      },
    });
    const session = nemo.sessions.open({ sessionId: 's-1', taskId: 't-1' });
    const calls: readonly (() => Promise<unknown>)[] = [
      () => nemo.credits.balance(),
      () => nemo.sessions.create(),
      () => session.state(),
      () => session.claimLink(),
      () => session.send('make a video'),
      () => nemo.renders.open('render_1').result(),
    ];
    const outcomes: unknown[] = [];
    for (const call of calls) outcomes.push(await clock.run(call().catch((error: unknown) => error)));
    const shown = [
      ...outcomes.map((outcome) => inspect(outcome, { depth: 20, showHidden: true, getters: true })),
      ...outcomes.map((outcome) => JSON.stringify(outcome) + String(outcome)),
      inspect([nemo, session], { depth: 20, showHidden: true, getters: true }),
      JSON.stringify([nemo, session]),
      inspect(logger.lines, { depth: 20 }),
      urls.join(' '),
    ].join('\n');
    expect(urls.length).toBeGreaterThanOrEqual(calls.length);
    expect(shown).toContain('[redacted]');
    for (const form of [CANARY, encodeURIComponent(CANARY), Buffer.from(CANARY).toString('base64')]) {
      expect(shown).not.toContain(form);
    }
  });
});

describe('a token of the local backend', () => {
  const REAL = 'https://mega-api-prod.nemovideo.ai';

  it('is not kept under the real address, where the address of the backend is not passed', async () => {
    const backend = await createLocalBackend({ render: 'off', limits: true });
    const store = memoryCredentials();
    const own = { token: 'nmv_usr_own', expiresAt: Date.now() + DAY };
    await store.setClientId(CLIENT);
    await store.set({ origin: REAL, clientId: CLIENT }, own);
    const client = () => new NemoVideo({ fetch: backend.fetch, credentialStore: store });
    await client().credits.balance();
    await client().credits.balance();
    expect(backend.requests.map(({ operation }) => operation)).toEqual(['token', 'credits', 'credits']);
    expect(await store.get({ origin: REAL, clientId: CLIENT })).toEqual(own);
    expect(await store.get({ origin: backend.url, clientId: CLIENT })).toBeDefined();
    await backend.close();
  });

  it('is kept under the address of its socket, for all who use that', async () => {
    const backend = await createLocalBackend({ render: 'off', limits: true });
    await backend.listen();
    const store = memoryCredentials();
    const client = (fetch?: typeof backend.fetch) =>
      new NemoVideo({ fetch, baseUrl: backend.url, credentialStore: store });
    await client(backend.fetch).credits.balance();
    await client().credits.balance();
    expect(backend.requests.map(({ operation }) => operation)).toEqual(['token', 'credits', 'credits']);
    await backend.close();
  });
});

it('writes the token to no file but the store', async () => {
  const home = process.env.XDG_CONFIG_HOME ?? '';
  const backend = await createLocalBackend({ render: 'off', limits: true });
  await new NemoVideo({ fetch: backend.fetch, baseUrl: backend.url }).credits.balance();
  await backend.close();
  const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const holding = files.filter((entry) =>
    readFileSync(join(entry.parentPath, entry.name), 'utf8').includes('nmv_usr_'),
  );
  expect(holding.map(({ name }) => name)).toEqual(['credentials.json']);
});
