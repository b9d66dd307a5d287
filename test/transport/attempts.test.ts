import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import {
  AbortError,
  ApiError,
  AuthenticationError,
  NetworkError,
  RateLimitError,
  TimeoutError,
} from '../../src/errors/index.js';
import { backoffMs, type Delivery, type RetryInfo, retryAfterMs } from '../../src/transport/index.js';
import { settle } from '../support/virtual-clock.js';
import {
  Anything,
  authorizeWith,
  failure,
  ONCE,
  refused,
  reset,
  SAFE,
  type ScriptedAnswer,
  scripted,
} from './harness.js';

const OK = { code: 0, data: { ok: true } };
const unavailable = () => Response.json({ message: 'busy' }, { status: 503 });
const limitedBy = (headers: Record<string, string>) => () =>
  Response.json({ code: 429 }, { status: 429, headers });
const limited = limitedBy({});
const never = () => new Promise<never>(() => {});

describe('a call that is safe to repeat', () => {
  it.each<[string, ScriptedAnswer]>([
    ['a reset', reset()],
    ['a refused connection', refused()],
    ['a 503', unavailable],
    ['a 503 that is a page of HTML', () => new Response('<html>', { status: 503 })],
    ['a code 500 under HTTP 200', { code: 500 }],
  ])('is repeated after %s, up to three attempts', async (_, answer) => {
    const { transport, clock, received } = scripted([answer, answer, OK]);
    const done = await clock.run(transport.json(SAFE, Anything));
    expect(done).toMatchObject({ data: { ok: true }, attempts: 3 });
    // Between 500 ms and a ceiling that doubles: 1 s, then 2 s.
    const [first, second, third] = received.map(({ atMs }) => atMs);
    expect(first).toBe(0);
    expect(second).toBeGreaterThanOrEqual(500);
    expect(second).toBeLessThanOrEqual(1_000);
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThanOrEqual(500);
    expect((third ?? 0) - (second ?? 0)).toBeLessThanOrEqual(2_000);
  });

  it('fails with the last error and the count of attempts', async () => {
    const { transport, clock, received } = scripted([reset()]);
    expect(await clock.run(failure(transport.json(SAFE, Anything)))).toMatchObject({
      name: 'NetworkError',
      sent: 'unknown',
      attempts: 3,
    });
    expect(received).toHaveLength(3);
  });

  it.each<[string, ScriptedAnswer]>([
    ['a refusal', { code: 1002 }],
    ['a page of HTML under 200', () => new Response('<html>login</html>')],
    ['an empty answer under 200', () => new Response('')],
    ['data of another form', { code: 0, data: 'text' }],
  ])('is not repeated after %s, which a repeat would meet again', async (_, answer) => {
    const { transport, received } = scripted([answer]);
    await failure(transport.json(SAFE, Anything));
    expect(received).toHaveLength(1);
  });
});

describe('a call that costs', () => {
  it.each<[string, ScriptedAnswer, new (...facts: never[]) => Error]>([
    ['a reset', reset(), NetworkError],
    ['a 500', () => Response.json({}, { status: 500 }), ApiError],
    [
      'a 503 that names a time',
      () => Response.json({}, { status: 503, headers: { 'retry-after': '1' } }),
      ApiError,
    ],
  ])('is never sent again after %s, because the work may have begun', async (_, answer, error) => {
    const { transport, received } = scripted([answer]);
    expect(await failure(transport.json(ONCE, Anything))).toBeInstanceOf(error);
    expect(received).toHaveLength(1);
  });

  it('is not sent again after a timeout', async () => {
    const { transport, clock, received } = scripted([never]);
    expect(await clock.run(failure(transport.json(ONCE, Anything)))).toMatchObject({
      name: 'TimeoutError',
      limitMs: 30_000,
      attempts: 1,
    });
    expect(received).toHaveLength(1);
  });

  it('is sent again after a refused connection, which proves that nothing was sent', async () => {
    const { transport, clock, received } = scripted([refused(), OK]);
    await clock.run(transport.json(ONCE, Anything));
    expect(received).toHaveLength(2);
  });

  it('reports whether the service may be at work on it', async () => {
    const heard: Delivery[] = [];
    const { transport, clock } = scripted([refused(), limited, reset()]);
    const call = { ...ONCE, onDelivery: (delivery: Delivery) => heard.push(delivery) };
    await clock.run(failure(transport.json(call, Anything)));
    expect(heard).toEqual(['unknown', 'unsent', 'unknown', 'unsent', 'unknown']);
  });
});

describe('a refused token', () => {
  it.each([SAFE, ONCE])('is replaced once, and the $operation call sent again at once', async (call) => {
    const authorize = authorizeWith('nmv_usr_old', 'nmv_usr_new');
    const { transport, received } = scripted([{ code: 1001 }, OK], {}, authorize);
    await transport.json(call, Anything);
    expect(received.map(({ request }) => request.headers.get('authorization'))).toEqual([
      'Bearer nmv_usr_old',
      'Bearer nmv_usr_new',
    ]);
    expect(authorize.refusedTokens).toEqual(['nmv_usr_old']);
  });

  it('is replaced only when the provider has let go of it, and an abort waits for neither', async () => {
    const stop = new AbortController();
    const never = { ...authorizeWith('a', 'b'), refused: () => new Promise<boolean>(() => {}) };
    const { transport, received } = scripted([{ code: 1001 }], {}, never);
    const call = failure(transport.json({ ...SAFE, signal: stop.signal }, Anything));
    await settle();
    stop.abort();
    expect(await call).toMatchObject({ name: 'AbortError' });
    expect(received).toHaveLength(1);
  });

  it('fails the call when the next one is refused too', async () => {
    const { transport, received } = scripted([{ code: 1001 }], {}, authorizeWith('a', 'b'));
    expect(await failure(transport.json(SAFE, Anything))).toBeInstanceOf(AuthenticationError);
    expect(received).toHaveLength(2);
  });

  it('fails the call at once when it cannot be replaced', async () => {
    const { transport, received } = scripted(
      [() => new Response('', { status: 401 })],
      {},
      authorizeWith('a'),
    );
    expect(await failure(transport.json(SAFE, Anything))).toMatchObject({ code: 1001, status: 401 });
    expect(received).toHaveLength(1);
  });

  it('that cannot be acquired fails the call at once: the acquisition has its own repeats', async () => {
    const authorize = {
      ...authorizeWith('a'),
      token: () => Promise.reject(new NetworkError({ operation: 'token', sent: 'no' })),
    };
    const { transport, received } = scripted([OK], {}, authorize);
    expect(await failure(transport.json(SAFE, Anything))).toMatchObject({ operation: 'token' });
    expect(received).toHaveLength(0);
  });
});

describe('a 429', () => {
  it.each([SAFE, ONCE])('is waited out once, for 30 s, and the $operation call sent again', async (call) => {
    const { transport, clock, received } = scripted([limited, OK]);
    await clock.run(transport.json(call, Anything));
    expect(received.map(({ atMs }) => atMs)).toEqual([0, 30_000]);
  });

  it.each([
    ['seconds', { 'retry-after': '7' }, 7_000],
    ['a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:12 GMT' }, 12_000],
    ['ms', { 'retry-after-ms': '1500' }, 1_500],
    ['both', { 'retry-after': '9', 'retry-after-ms': '250' }, 250],
  ])('is waited out as long as the service asks in %s', async (_, headers, ms) => {
    const { transport, clock, received } = scripted([limitedBy(headers), OK]);
    await clock.run(transport.json(SAFE, Anything));
    expect(received.map(({ atMs }) => atMs)).toEqual([0, ms]);
  });

  it('fails the second time', async () => {
    const { transport, clock, received } = scripted([limited]);
    expect(await clock.run(failure(transport.json(SAFE, Anything)))).toBeInstanceOf(RateLimitError);
    expect(received).toHaveLength(2);
  });

  it('that asks for more than the budget fails at once and says how long', async () => {
    const { transport, received } = scripted([limitedBy({ 'retry-after': '3600' })]);
    expect(await failure(transport.json(SAFE, Anything))).toMatchObject({
      retryAfterMs: 3_600_000,
      attempts: 1,
    });
    expect(received).toHaveLength(1);
  });

  it.each([SAFE, ONCE])('ends a $operation call that is to be sent once only', async (call) => {
    const retry = { attempts: 1, minMs: 500, maxMs: 8_000, budgetMs: 60_000 };
    const { transport, received, clock } = scripted([limitedBy({ 'retry-after': '5' }), OK], { retry });
    expect(await clock.run(failure(transport.json(call, Anything)))).toMatchObject({
      name: 'RateLimitError',
      retryAfterMs: 5_000,
    });
    expect(received).toHaveLength(1);
  });

  it('of the token call is not waited out: no second token is given for days', async () => {
    const { transport, received } = scripted([limited]);
    await failure(transport.json({ ...SAFE, operation: 'token' }, Anything));
    expect(received).toHaveLength(1);
  });
});

describe('the budget of a call', () => {
  it('bounds its attempts in all', async () => {
    const { transport, clock, received } = scripted([never], {
      requestTimeoutMs: 25_000,
      retry: { attempts: 10, minMs: 1, maxMs: 1, budgetMs: 60_000 },
    });
    const begun = clock.now();
    const error = await clock.run(failure(transport.json(SAFE, Anything)));
    expect(clock.now() - begun).toBe(60_000);
    expect(received).toHaveLength(3);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ limitMs: 60_000, message: expect.stringContaining('retry.budgetMs') });
  });

  it('does not cut the first attempt', async () => {
    const { transport, clock } = scripted([never], {
      requestTimeoutMs: 90_000,
      retry: { attempts: 3, minMs: 500, maxMs: 8_000, budgetMs: 60_000 },
    });
    expect(await clock.run(failure(transport.json(SAFE, Anything)))).toMatchObject({ limitMs: 90_000 });
  });
});

describe('onRetry', () => {
  it('is called for every repeat before its wait', async () => {
    const heard: RetryInfo[] = [];
    const { transport, clock } = scripted([unavailable, OK], { onRetry: (info) => heard.push(info) });
    await clock.run(transport.json(SAFE, Anything));
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ operation: 'credits', attempt: 1, error: { status: 503 } });
    expect(heard[0]?.waitMs).toBeGreaterThanOrEqual(500);
  });

  it('that is asynchronous is awaited, and its rejection fails the call', async () => {
    const bug = new Error('a bug of mine');
    const { transport, received } = scripted([unavailable, OK], { onRetry: () => Promise.reject(bug) });
    expect(await failure(transport.json(SAFE, Anything))).toBe(bug);
    expect(received).toHaveLength(1);
  });

  it('that never settles holds up no abort', async () => {
    const caller = new AbortController();
    const { transport } = scripted([unavailable, OK], { onRetry: never });
    const ended = failure(transport.json({ ...SAFE, signal: caller.signal }, Anything));
    await settle();
    caller.abort();
    expect(await ended).toMatchObject({ name: 'AbortError' });
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
  });

  it('hears nothing where there is no repeat', async () => {
    const heard: RetryInfo[] = [];
    const { transport } = scripted([{ code: 1002 }], { onRetry: (info) => heard.push(info) });
    await failure(transport.json(SAFE, Anything));
    expect(heard).toEqual([]);
  });
});

describe('an abort', () => {
  const reason = new Error('enough');

  it('before anything is sent sends nothing', async () => {
    const { transport, received } = scripted([OK]);
    const error = await failure(transport.json({ ...SAFE, signal: AbortSignal.abort(reason) }, Anything));
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ cause: reason });
    expect(received).toEqual([]);
  });

  it.each<[string, readonly ScriptedAnswer[], number]>([
    ['in the pause before a retry', [unavailable], 100],
    ['in the wait after a 429', [limited], 20_000],
    ['while fetch ignores its signal', [never], 5],
    ['while a body does not end', [() => new Response(new ReadableStream({ pull: never }))], 5],
  ])('%s settles at once, sends nothing more and leaves nothing behind', async (_, answers, atMs) => {
    const { transport, clock, received } = scripted(answers);
    const caller = new AbortController();
    const ended = failure(transport.json({ ...SAFE, signal: caller.signal }, Anything));
    await clock.advance(atMs);
    caller.abort(reason);
    expect(await ended).toMatchObject({ name: 'AbortError', cause: reason });
    expect(clock.pending).toBe(0);
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
    await clock.advance(3_600_000);
    expect(received).toHaveLength(1);
  });

  it.each<[string, 'json' | 'open', readonly ScriptedAnswer[], number]>([
    ['during the first attempt', 'open', [never], 1],
    ['in the pause after it', 'json', [unavailable], 1],
    ['in the pause after it', 'open', [unavailable], 1],
    ['in the pause after the second', 'json', [new Response(null, { status: 401 }), unavailable], 2],
    ['before anything is sent', 'json', [], 0],
  ])('%s has how often the call was sent, and what it was about (%s)', async (_, how, answers, attempts) => {
    const { transport } = scripted(answers, {}, authorizeWith('a', 'b'));
    const caller = new AbortController();
    const call = { ...SAFE, signal: caller.signal, about: { sessionId: 's-1' } };
    if (attempts === 0) caller.abort();
    const ended = failure(how === 'json' ? transport.json(call, Anything) : transport.open(call));
    await settle();
    caller.abort();
    expect(await ended).toMatchObject({ name: 'AbortError', attempts, sessionId: 's-1' });
  });

  it.each([
    ['in the middle of its body', 0],
    ['before it answers', 10],
  ])('ends the connection of a fetch that ignores its signal, %s', async (_, answersAtMs) => {
    let isOpen = true;
    const body = new ReadableStream({
      pull: never,
      cancel() {
        isOpen = false;
      },
    });
    const { transport, clock } = scripted([() => clock.sleep(answersAtMs).then(() => new Response(body))]);
    const caller = new AbortController();
    const ended = failure(transport.json({ ...SAFE, signal: caller.signal }, Anything));
    await clock.advance(5);
    caller.abort(reason);
    expect(await ended).toMatchObject({ name: 'AbortError' });
    await clock.advance(10);
    expect(isOpen).toBe(false);
  });

  it('while a provider of tokens ignores its signal settles at once', async () => {
    const caller = new AbortController();
    const { transport } = scripted([OK], {}, { ...authorizeWith('a'), token: never });
    const ended = failure(transport.json({ ...SAFE, signal: caller.signal }, Anything));
    await settle();
    caller.abort(reason);
    expect(await ended).toMatchObject({ name: 'AbortError', cause: reason });
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
  });
});

it('leaves no timer after a success', async () => {
  const { transport, clock } = scripted([OK]);
  await transport.json(SAFE, Anything);
  expect(clock.pending).toBe(0);
});

describe('the failure of a call', () => {
  const warnings = ({ logger }: ReturnType<typeof scripted>) =>
    logger.lines.filter(({ level }) => level === 'warn' || level === 'error');

  it.each<[string, ScriptedAnswer, number]>([
    ['when its attempts are used up', reset(), 3],
    ['when the service refused it', { code: 4001 }, 1],
    ['when its token was refused', { code: 1001 }, 1],
  ])('is logged once, as a warning, %s', async (_, answer, attempt) => {
    const service = scripted([answer], {}, authorizeWith('nmv_usr_mine'));
    const error = await service.clock.run(failure(service.transport.json(SAFE, Anything)));
    expect(warnings(service)).toEqual([
      {
        level: 'warn',
        message: `credits: failed at attempt ${attempt}`,
        facts: { reason: expect.any(String) },
      },
    ]);
    expect(warnings(service)[0]?.facts?.reason).toBe(error instanceof Error && error.message);
  });

  it('is logged without the token, also where the service repeats it', async () => {
    const message = 'nmv_usr_mine is not welcome';
    const service = scripted([{ code: 4001, message }], {}, authorizeWith('nmv_usr_mine'));
    await service.clock.run(failure(service.transport.json(SAFE, Anything)));
    expect(JSON.stringify(warnings(service))).toMatch(/\[redacted\] is not welcome/);
  });

  it('is not logged when the caller gave up, nor when nothing failed', async () => {
    const service = scripted([never]);
    const giveUp = new AbortController();
    const call = failure(service.transport.json({ ...SAFE, signal: giveUp.signal }, Anything));
    await settle();
    giveUp.abort();
    expect(await call).toBeInstanceOf(AbortError);
    expect(warnings(service)).toEqual([]);
    const well = scripted([reset(), OK]);
    await well.clock.run(well.transport.json(SAFE, Anything));
    expect(warnings(well)).toEqual([]);
  });
});

const NOW = Date.parse('2026-01-01T00:00:00Z');

describe('backoffMs', () => {
  const settings = { attempts: 9, minMs: 500, maxMs: 8_000, budgetMs: 60_000 };

  it('stays between minMs and maxMs, whatever is drawn', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 2, max: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (minMs, maxMs, next, draw) => {
          const ms = backoffMs({ ...settings, minMs, maxMs }, next, () => draw);
          expect(ms).toBeGreaterThanOrEqual(minMs);
          expect(ms).toBeLessThanOrEqual(Math.max(minMs, maxMs));
        },
      ),
    );
  });

  it('draws from the whole span, which doubles up to maxMs', () => {
    const span = (next: number) => [backoffMs(settings, next, () => 0), backoffMs(settings, next, () => 1)];
    expect([2, 3, 4, 5, 6, 7].map(span)).toEqual([
      [500, 1_000],
      [500, 2_000],
      [500, 4_000],
      [500, 8_000],
      [500, 8_000],
      [500, 8_000],
    ]);
  });
});

describe('retryAfterMs', () => {
  const asked = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), NOW);

  it.each([
    [{ 'retry-after': '2' }, 2_000],
    [{ 'retry-after': ' 0 ' }, 0],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after-ms': '40' }, 40],
    [{ 'retry-after-ms': 'x', 'retry-after': '3' }, 3_000],
    // The three forms of a date that RFC 9110 obliges a recipient to understand.
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Thursday, 01-Jan-26 00:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 23:00:00 GMT' }, 0],
  ])('reads %j', (headers, ms) => {
    expect(asked(headers)).toBe(ms);
  });

  it('reads the oldest form of a date as UTC, wherever the machine is', () => {
    vi.stubEnv('TZ', 'America/New_York');
    expect(new Date(NOW).getTimezoneOffset()).toBe(300);
    expect(asked({ 'retry-after': 'Thu Jan  1 00:01:00 2026' })).toBe(60_000);
    vi.unstubAllEnvs();
  });

  it.each(['', ' ', '-5', 'soon', 'Infinity', '1e9', 'Thu, never'])('ignores %j', (value) => {
    expect(asked({ 'retry-after': value })).toBeUndefined();
  });

  it('is never negative and never infinite', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        // What no header can carry never arrives.
        const headers = new Headers();
        try {
          headers.set('retry-after', value);
        } catch {
          return;
        }
        const ms = retryAfterMs(headers, NOW);
        expect(ms === undefined || (Number.isFinite(ms) && ms >= 0)).toBe(true);
      }),
    );
  });
});
