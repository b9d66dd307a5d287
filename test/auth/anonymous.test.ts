import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type AuthContext, anonymousToken, memoryCredentials } from '../../src/auth/index.js';
import {
  AuthenticationError,
  ClientIdRequiredError,
  NetworkError,
  RateLimitError,
} from '../../src/errors/index.js';
import { failure } from '../transport/harness.js';
import { CLIENT, DAY, failingStore, issuer, ORIGIN } from './harness.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const OTHER = '0b6a2c9e-1111-4222-8333-444455556666';
const warnings = ({ logger }: ReturnType<typeof issuer>) =>
  logger.lines.filter(({ level }) => level === 'warn');

describe('an anonymous token', () => {
  it('is acquired once, in the name of a new client id, and both are kept', async () => {
    const service = issuer();
    const provider = anonymousToken();
    expect(await provider.token(service.context)).toBe('nmv_usr_1');
    expect(await provider.token(service.context)).toBe('nmv_usr_1');
    expect(service.issued).toHaveLength(1);
    const clientId = service.issued[0]?.clientId ?? '';
    expect(clientId).toMatch(UUID);
    const { store } = service.context;
    expect(await store.clientId()).toBe(clientId);
    expect(await store.get({ origin: ORIGIN, clientId })).toMatchObject({
      token: 'nmv_usr_1',
      userId: `user-of-${clientId}`,
    });
    expect(provider.identity?.(service.context)).toEqual({
      anonymous: true,
      userId: `user-of-${clientId}`,
      clientId,
    });
  });

  it('is found again by the next process', async () => {
    const service = issuer();
    await anonymousToken().token(service.context);
    expect(await anonymousToken().token(service.context)).toBe('nmv_usr_1');
    expect(service.issued).toHaveLength(1);
  });

  it('is acquired once for a thousand calls at once', async () => {
    const service = issuer();
    const provider = anonymousToken();
    const tokens = await Promise.all(Array.from({ length: 1_000 }, () => provider.token(service.context)));
    expect(new Set(tokens)).toEqual(new Set(['nmv_usr_1']));
    expect(service.issued).toHaveLength(1);
  });

  it('is acquired once for many clients that share a store', async () => {
    const service = issuer();
    await Promise.all(Array.from({ length: 20 }, () => anonymousToken().token(service.context)));
    expect(service.issued).toHaveLength(1);
  });

  it('never leaves its origin, also where one provider serves two', async () => {
    const local = issuer();
    const provider = anonymousToken();
    await provider.token({ ...local.context, origin: 'http://127.0.0.1:8787' });
    const real = issuer({ store: local.context.store });
    real.script.next = () =>
      Promise.resolve({ token: 'nmv_usr_real', userId: undefined, expiresAt: real.clock.now() + DAY });
    expect(await provider.token(real.context)).toBe('nmv_usr_real');
    expect(await provider.token({ ...local.context, origin: 'http://127.0.0.1:8787' })).toBe('nmv_usr_1');
  });

  it('is that of its client, also where one provider serves two', async () => {
    const service = issuer();
    const provider = anonymousToken();
    const contexts = [CLIENT, OTHER].map((clientId) => ({ ...service.context, clientId }));
    const tokens = await Promise.all(contexts.map((context) => provider.token(context)));
    expect(new Set(tokens)).toEqual(new Set(['nmv_usr_1', 'nmv_usr_2']));
    expect(service.issued.map(({ clientId }) => clientId).sort()).toEqual([OTHER, CLIENT].sort());
    expect(contexts.map((context) => provider.identity?.(context).clientId)).toEqual([CLIENT, OTHER]);
  });

  it.each([
    ['its own option', { clientId: CLIENT }, undefined],
    ["the client's option or NEMO_CLIENT_ID", {}, CLIENT],
  ])("is acquired in the name of %s, which is not kept as the person's", async (_, options, clientId) => {
    const service = issuer({ clientId });
    await anonymousToken(options).token(service.context);
    expect(service.issued).toMatchObject([{ clientId: CLIENT }]);
    expect(await service.context.store.clientId()).toBeUndefined();
  });

  it('is kept in the store that it is given', async () => {
    const service = issuer();
    const store = memoryCredentials();
    await anonymousToken({ clientId: CLIENT, store }).token(service.context);
    expect(await store.get({ origin: ORIGIN, clientId: CLIENT })).toMatchObject({ token: 'nmv_usr_1' });
    expect(await service.context.store.get({ origin: ORIGIN, clientId: CLIENT })).toBeUndefined();
  });
});

describe('a token that expires', () => {
  it('is renewed in the name of the same client', async () => {
    const service = issuer();
    const provider = anonymousToken();
    await provider.token(service.context);
    await service.clock.advance(7 * DAY);
    expect(await provider.token(service.context)).toBe('nmv_usr_2');
    expect(new Set(service.issued.map(({ clientId }) => clientId)).size).toBe(1);
  });

  it('is renewed early, where the service gives one early', async () => {
    const service = issuer();
    const provider = anonymousToken();
    await provider.token(service.context);
    service.dueAt.clear();
    await service.clock.advance(7 * DAY - 10 * 60_000);
    expect(await provider.token(service.context)).toBe('nmv_usr_2');
  });

  it('is used to its end, where the service gives none early', async () => {
    const service = issuer();
    const provider = anonymousToken();
    await provider.token(service.context);
    await service.clock.advance(7 * DAY - 10 * 60_000);
    let asked = 0;
    service.script.next = () => {
      asked += 1;
      return undefined;
    };
    for (let call = 0; call < 50; call += 1) expect(await provider.token(service.context)).toBe('nmv_usr_1');
    expect(asked).toBe(1);
    // A new process is in the same place.
    expect(await anonymousToken().token(service.context)).toBe('nmv_usr_1');
    await service.clock.advance(10 * 60_000);
    expect(await provider.token(service.context)).toBe('nmv_usr_2');
  });

  it('is renewed once for a thousand calls at once', async () => {
    const service = issuer();
    const provider = anonymousToken();
    await provider.token(service.context);
    await service.clock.advance(8 * DAY);
    const tokens = await Promise.all(Array.from({ length: 1_000 }, () => provider.token(service.context)));
    expect(new Set(tokens)).toEqual(new Set(['nmv_usr_2']));
    expect(service.issued).toHaveLength(2);
  });
});

describe('a token that the service refuses', () => {
  it('is replaced once, however many calls heard of it', async () => {
    const service = issuer();
    const provider = anonymousToken();
    await provider.token(service.context);
    service.dueAt.clear();
    const again = Array.from({ length: 100 }, () => {
      provider.invalidate?.('nmv_usr_1');
      return provider.token(service.context);
    });
    expect(new Set(await Promise.all(again))).toEqual(new Set(['nmv_usr_2']));
    // The answer to a request that was sent with the old one comes late.
    provider.invalidate?.('nmv_usr_1');
    expect(await provider.token(service.context)).toBe('nmv_usr_2');
    expect(service.issued).toHaveLength(2);
  });

  it('stays refused when another one is refused too, of another client or an older one', async () => {
    const service = issuer();
    const provider = anonymousToken();
    await provider.token(service.context);
    for (const token of ['nmv_usr_1', 'nmv_usr_of_another']) provider.invalidate?.(token);
    expect(await failure(provider.token(service.context))).toBeInstanceOf(AuthenticationError);
  });

  it('is replaced by the one that another process has got meanwhile', async () => {
    const service = issuer();
    const first = anonymousToken();
    const second = anonymousToken();
    await first.token(service.context);
    await second.token(service.context);
    service.dueAt.clear();
    for (const provider of [first, second]) provider.invalidate?.('nmv_usr_1');
    expect(await first.token(service.context)).toBe('nmv_usr_2');
    expect(await second.token(service.context)).toBe('nmv_usr_2');
    expect(service.issued).toHaveLength(2);
  });

  it('says when a new one is due, if there is none yet, and never becomes somebody else', async () => {
    const service = issuer();
    const provider = anonymousToken();
    await provider.token(service.context);
    const due = service.clock.now() + 7 * DAY;
    provider.invalidate?.('nmv_usr_1');
    const error = await failure(provider.token(service.context));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ code: 429, status: 429, nextTokenAt: new Date(due) });
    expect(error).toHaveProperty('hint', expect.stringContaining('NEMO_TOKEN'));
    expect(error).toHaveProperty('message', expect.stringContaining(new Date(due).toISOString()));
    expect(service.issued).toHaveLength(1);
    expect(await service.context.store.clientId()).toBe(service.issued[0]?.clientId);
  });
});

describe('a 429 to the first request', () => {
  it.each([
    ['takes the date from Retry-After', 3_600_000, 3_600_000],
    ['holds a Retry-After beyond all dates to 30 days', 1e300, 30 * DAY],
    ['takes 7 days, which is the most, when the service names no time', undefined, 7 * DAY],
  ])('%s', async (_, retryAfterMs, ms) => {
    const service = issuer();
    service.script.next = () => Promise.reject(new RateLimitError({ code: 429, status: 429, retryAfterMs }));
    expect(await failure(anonymousToken().token(service.context))).toMatchObject({
      name: 'AuthenticationError',
      nextTokenAt: new Date(service.clock.now() + ms),
    });
  });
});

describe('a client id that the service does not accept', () => {
  const missing = () => new ClientIdRequiredError({ code: 400, status: 400 });

  it('is replaced once by a new one, with a warning', async () => {
    const service = issuer();
    await service.context.store.setClientId(CLIENT);
    let refusals = 0;
    service.script.next = () => {
      refusals += 1;
      return refusals === 1 ? Promise.reject(missing()) : undefined;
    };
    expect(await anonymousToken().token(service.context)).toBe('nmv_usr_1');
    const clientId = service.issued[0]?.clientId;
    expect(clientId).not.toBe(CLIENT);
    expect(await service.context.store.clientId()).toBe(clientId);
    expect(warnings(service)).toHaveLength(1);
  });

  it('fails the second time', async () => {
    const service = issuer();
    let asked = 0;
    service.script.next = () => {
      asked += 1;
      return Promise.reject(missing());
    };
    expect(await failure(anonymousToken().token(service.context))).toBeInstanceOf(ClientIdRequiredError);
    expect(asked).toBe(2);
  });

  it('is never replaced where the caller named it', async () => {
    const service = issuer({ clientId: CLIENT });
    let asked = 0;
    service.script.next = () => {
      asked += 1;
      return Promise.reject(missing());
    };
    expect(await failure(anonymousToken().token(service.context))).toBeInstanceOf(ClientIdRequiredError);
    expect(asked).toBe(1);
  });
});

describe('a store that fails', () => {
  it.each([
    ['to be read', { get: true, clientId: true }],
    ['to be written', { set: true, setClientId: true }],
    ['to be locked', { exclusive: true }],
    ['altogether', { get: true, clientId: true, set: true, setClientId: true, exclusive: true }],
  ] as const)('%s costs a warning, and the identity lives as long as the process', async (_, fails) => {
    const service = issuer({ store: failingStore(fails) });
    const provider = anonymousToken();
    expect(await provider.token(service.context)).toBe('nmv_usr_1');
    expect(await provider.token(service.context)).toBe('nmv_usr_1');
    expect(service.issued).toHaveLength(1);
    expect(warnings(service)).toHaveLength(1);
    expect(warnings(service)[0]?.facts).toMatchObject({ reason: expect.stringContaining('EROFS') });
    const { clientId } = provider.identity?.(service.context) ?? {};
    expect(clientId).toBe(service.issued[0]?.clientId);
  });

  it.each(['', 'nmv_usr_a\nb', 'nmv_usr_名'])(
    'takes a kept token that cannot be sent (%j) for a damaged one: a warning, and a new client at once',
    async (token) => {
      const service = issuer();
      const { store } = service.context;
      await store.setClientId(CLIENT);
      await store.set({ origin: ORIGIN, clientId: CLIENT }, { token, expiresAt: service.clock.now() + DAY });
      service.dueAt.set(CLIENT, service.clock.now() + DAY);
      expect(await anonymousToken().token(service.context)).toBe('nmv_usr_1');
      expect(service.issued[0]?.clientId).not.toBe(CLIENT);
      expect(warnings(service).map(({ facts }) => facts?.reason)).toContain(
        'it holds a token that cannot be sent',
      );
    },
  );

  it.each([undefined, null, '2026-01-08T00:00:00Z', Number.NaN])(
    'takes a kept token whose end is %j for a damaged one too',
    async (expiresAt) => {
      const inner = memoryCredentials();
      const get = async () => ({ token: 'nmv_usr_kept', expiresAt });
      // @ts-expect-error: what a database may give.
      const service = issuer({ store: { ...inner, get } });
      await inner.setClientId(CLIENT);
      service.dueAt.set(CLIENT, service.clock.now() + DAY);
      expect(await anonymousToken().token(service.context)).toBe('nmv_usr_1');
      expect(warnings(service).map(({ facts }) => facts?.reason)).toContain(
        'it holds a token without its end in ms',
      );
    },
  );

  it.each([
    ['a number in quotes', String],
    ['a Date', (ms: number) => new Date(ms)],
  ])('reads an end that is %s, and null for what is not known', async (_, write) => {
    const service = issuer();
    const expiresAt = write(service.clock.now() + DAY);
    const store = {
      ...memoryCredentials(),
      clientId: async () => CLIENT,
      get: async () => ({ token: 'nmv_usr_kept', userId: null, expiresAt }),
    };
    const provider = anonymousToken();
    // @ts-expect-error: what a database may give.
    const context: AuthContext = { ...service.context, store };
    expect(await provider.token(context)).toBe('nmv_usr_kept');
    expect(provider.identity?.(context)).toEqual({ anonymous: true, userId: undefined, clientId: CLIENT });
    expect(warnings(service)).toEqual([]);
  });

  it('takes null of a database for no client id, and no damage', async () => {
    const inner = memoryCredentials();
    const store = { ...inner, clientId: async () => null };
    const service = issuer();
    let asked = 0;
    service.script.next = () => {
      asked += 1;
      return Promise.reject(new RateLimitError({ code: 429, status: 429 }));
    };
    // @ts-expect-error: what a database may give.
    const context: AuthContext = { ...service.context, store };
    expect(await failure(anonymousToken().token(context))).toBeInstanceOf(AuthenticationError);
    expect(asked).toBe(1);
    expect(warnings(service)).toEqual([]);
  });

  it('to be read, when its client gets no second token, makes a new client, and says so', async () => {
    const service = issuer({ store: failingStore({ get: true }) });
    await service.context.store.setClientId(CLIENT);
    service.dueAt.set(CLIENT, service.clock.now() + DAY);
    expect(await anonymousToken().token(service.context)).toBe('nmv_usr_1');
    expect(service.issued[0]?.clientId).not.toBe(CLIENT);
    expect(warnings(service).map(({ message }) => message)).toEqual([
      expect.stringContaining('could not be read'),
      expect.stringContaining('as a new client'),
    ]);
  });

  it.each([
    ['clients with one id', CLIENT],
    ['clients without one', undefined],
  ])('to be locked still gives one token to many %s in a process', async (_, clientId) => {
    const service = issuer({ store: failingStore({ exclusive: true }), clientId });
    const clients = Array.from({ length: 15 }, () => anonymousToken().token(service.context));
    expect(new Set(await Promise.all(clients))).toEqual(new Set(['nmv_usr_1']));
    expect(service.issued).toHaveLength(1);
  });

  it.each([
    ['to be read', { get: true }],
    ['altogether', { get: true, clientId: true, set: true, setClientId: true, exclusive: true }],
  ] as const)('%s makes no new client of one that has its token at hand', async (_, fails) => {
    const service = issuer({ store: failingStore(fails) });
    const provider = anonymousToken();
    await provider.token(service.context);
    const due = service.clock.now() + 7 * DAY;
    await service.clock.advance(7 * DAY - 10 * 60_000);
    expect(await provider.token(service.context)).toBe('nmv_usr_1');
    provider.invalidate?.('nmv_usr_1');
    expect(await failure(provider.token(service.context))).toMatchObject({
      name: 'AuthenticationError',
      nextTokenAt: new Date(due),
    });
    expect(service.issued).toHaveLength(1);
  });

  it('to be read leaves a client alone that the caller named', async () => {
    const service = issuer({ store: failingStore({ get: true }), clientId: CLIENT });
    service.dueAt.set(CLIENT, service.clock.now() + DAY);
    expect(await failure(anonymousToken().token(service.context))).toBeInstanceOf(AuthenticationError);
    expect(service.issued).toEqual([]);
  });
});

describe('an abort', () => {
  it('of one caller fails neither the others nor the acquisition', async () => {
    const service = issuer();
    const provider = anonymousToken();
    const caller = new AbortController();
    const given = failure(provider.token({ ...service.context, signal: caller.signal }));
    const other = provider.token(service.context);
    caller.abort('enough');
    expect(await given).toBe('enough');
    expect(await other).toBe('nmv_usr_1');
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
  });

  it('of all callers ends the acquisition, and the next begins a new one', async () => {
    const service = issuer();
    const provider = anonymousToken();
    let ended: AbortSignal | undefined;
    const issue = service.context.issueAnonymousToken;
    const context = {
      ...service.context,
      issueAnonymousToken(clientId: string, signal?: AbortSignal) {
        ended = signal;
        return issue(clientId, signal);
      },
    };
    const callers = [new AbortController(), new AbortController()];
    const given = callers.map(({ signal }) => failure(provider.token({ ...context, signal })));
    await new Promise((resolve) => setImmediate(resolve));
    for (const caller of callers) caller.abort('enough');
    expect(await Promise.all(given)).toEqual(['enough', 'enough']);
    expect(ended?.aborted).toBe(true);
    expect(await provider.token(context)).toMatch(/^nmv_usr_/);
  });
});

it('fails as the network does, and succeeds the next time in the name of the same client', async () => {
  const service = issuer();
  const provider = anonymousToken();
  const asked: string[] = [];
  const issue = service.context.issueAnonymousToken;
  const context = {
    ...service.context,
    issueAnonymousToken(clientId: string) {
      asked.push(clientId);
      return asked.length === 1
        ? Promise.reject(new NetworkError({ operation: 'token', sent: 'unknown' }))
        : issue(clientId);
    },
  };
  expect(await failure(provider.token(context))).toBeInstanceOf(NetworkError);
  expect(await provider.token(context)).toBe('nmv_usr_1');
  expect(asked[0]).toBe(asked[1]);
});

describe('a token whose answer never came', () => {
  const LIMIT = { code: 429, status: 429 };

  /** A service that has issued a token to the first who asked, and answers only from then on. */
  function losing(more: Partial<AuthContext> = {}) {
    const service = issuer(more);
    const asked: string[] = [];
    const issue = service.context.issueAnonymousToken;
    const context: AuthContext = {
      ...service.context,
      async issueAnonymousToken(clientId, signal) {
        asked.push(clientId);
        const issued = await issue(clientId, signal);
        if (asked.length > 1) return issued;
        throw new NetworkError({ operation: 'token', sent: 'unknown' });
      },
    };
    return { service, context, asked };
  }

  it('is given up by the next call, which continues as a new client, and logs it', async () => {
    const { service, context, asked } = losing();
    const provider = anonymousToken();
    await failure(provider.token(context));
    expect(await provider.token(context)).toBe('nmv_usr_2');
    expect(asked[1]).toBe(asked[0]);
    expect(await service.context.store.clientId()).toBe(asked[2]);
    expect(warnings(service).map(({ message }) => message)).toEqual([
      expect.stringContaining('was lost and this client gets no second one'),
    ]);
  });

  it('is given up at once where the request was repeated', async () => {
    const service = issuer();
    let asked = 0;
    service.script.next = () => {
      asked += 1;
      return asked === 1 ? Promise.reject(new RateLimitError({ ...LIMIT, attempts: 2 })) : undefined;
    };
    expect(await anonymousToken().token(service.context)).toBe('nmv_usr_1');
  });

  it('never makes another client of one that was kept', async () => {
    const { context, asked } = losing();
    await context.store.setClientId(CLIENT);
    const provider = anonymousToken();
    await failure(provider.token(context));
    expect(await failure(provider.token(context))).toBeInstanceOf(AuthenticationError);
    expect(asked).toEqual([CLIENT, CLIENT]);
  });

  it('never makes another client of one that the caller named', async () => {
    const { context, asked } = losing({ clientId: CLIENT });
    const provider = anonymousToken();
    await failure(provider.token(context));
    expect(await failure(provider.token(context))).toBeInstanceOf(AuthenticationError);
    expect(asked).toEqual([CLIENT, CLIENT]);
  });
});

describe('a client id that no header can carry', () => {
  it('is refused where it is given', () => {
    expect(() => anonymousToken({ clientId: '名' })).toThrow(
      expect.objectContaining({ name: 'OptionError', field: 'clientId' }),
    );
  });

  it('is replaced where a store has kept it, as one that cannot be read', async () => {
    const store = memoryCredentials();
    await store.setClientId('a\nb');
    const service = issuer({ store });
    expect(await anonymousToken().token(service.context)).toBe('nmv_usr_1');
    expect(service.issued[0]?.clientId).toMatch(UUID);
    expect(await store.clientId()).toBe(service.issued[0]?.clientId);
  });
});
