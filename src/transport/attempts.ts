import { AbortError, NemoVideoError, NetworkError, TimeoutError } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import type { Logger } from '../platform/logger.js';
import { RATE_LIMIT_WAIT_MS } from '../wire/index.js';
import type { Authorize, Call, RetryInfo, Safety } from './contract.js';
import { abortable, throwIfAborted } from './deadline.js';

/**
 * What a failed attempt proves about the request.
 * - `unsent`: it never left (connection refused, no such host).
 * - `token`: the service refused the token before any work (code 1001, HTTP 401).
 * - `rate`: the service refused before any work because of too many requests (429).
 * - `rejected`: the service refused for good (any other 4xx or code).
 * - `unknown`: nothing (reset, timeout, 5xx, an answer that cannot be read): the work may have been done.
 */
export type Proof = 'unsent' | 'token' | 'rate' | 'rejected' | 'unknown';

/** What may be done about it. `backoff` up to `retry.attempts`; `renew` and `wait` once each. */
type Remedy = 'backoff' | 'renew' | 'wait' | 'give-up';

/**
 * The tri-state rule of every call of this library: a call that costs (`once`) is sent again only where the failure
 * proves that no work began.
 */
const REMEDIES: Readonly<Record<Safety, Readonly<Record<Proof, Remedy>>>> = {
  safe: { unsent: 'backoff', token: 'renew', rate: 'wait', rejected: 'give-up', unknown: 'backoff' },
  once: { unsent: 'backoff', token: 'renew', rate: 'wait', rejected: 'give-up', unknown: 'give-up' },
};

/** How calls are repeated. */
export interface RetrySettings {
  /** How often a call is sent at most, not to count once more under a new token. */
  readonly attempts: number;
  /** The shortest pause, in ms. */
  readonly minMs: number;
  /** The longest pause that the service does not ask for, in ms. */
  readonly maxMs: number;
  /**
   * How long a call may be repeated, in ms from its first attempt: no pause begins that would end later, and no
   * repeated attempt lasts longer. A longer wait that the service asks for is not begun: its error says how long.
   */
  readonly budgetMs: number;
}

/** What the loop of attempts needs. */
export interface AttemptSettings {
  readonly retry: RetrySettings;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Called before a call is sent again, and awaited. What it throws fails the call. */
  readonly onRetry?: ((info: RetryInfo) => void) | undefined;
}

/** What one attempt may use. */
export interface Turn {
  /** 1 for the first. */
  readonly attempt: number;
  readonly token: string | undefined;
  /** When `retry.budgetMs` is used up, by the clock; undefined for the first attempt, which it does not limit. */
  readonly endsAt: number | undefined;
}

/** A failed attempt: the error it would be, what it proves, and the wait that the service asks for. */
export class AttemptFailure {
  constructor(
    readonly error: NemoVideoError,
    readonly proof: Proof,
    readonly retryAfterMs?: number | undefined,
  ) {}
}

/** Makes attempts at a call until one succeeds or {@link REMEDIES} forbids the next. */
export async function attempts<T>(
  call: Call,
  settings: AttemptSettings,
  authorize: Authorize | undefined,
  once: (turn: Turn) => Promise<T>,
): Promise<T> {
  const { clock, logger, onRetry } = settings;
  const { operation, signal } = call;
  // What is awaited may be the caller's own code, and ignore the signal.
  const untilGivenUp = <R>(work: R | Promise<R>, attempts: number): Promise<R> =>
    abortable(Promise.resolve(work), signal, { ...call.about, operation, attempts });
  const budgetEndsAt = clock.now() + settings.retry.budgetMs;
  const spent = { renew: false, wait: false };
  let endsAt: number | undefined;
  for (let attempt = 1; ; attempt += 1) {
    throwIfAborted(signal, operation, { ...call.about, attempts: attempt - 1 });
    // A failure to get a token is final: acquiring one has its own repeats.
    const token = authorize && (await untilGivenUp(authorize.token(signal), attempt - 1));
    try {
      return await once({ attempt, token, endsAt });
    } catch (thrown) {
      const failure = failureOf(call, thrown, attempt);
      if (failure === undefined) throw thrown;
      // Only a connection that was never made, or a refusal by the service, proves that no work began.
      const isRefusal = thrown instanceof AttemptFailure && failure.proof !== 'unknown';
      if (failure.proof === 'unsent' || isRefusal) call.onDelivery?.('unsent');
      const waitMs = await remedy(failure, attempt, token);
      const { error } = failure;
      if (waitMs === undefined) {
        // Here and nowhere else. An abort is what the caller wanted.
        if (!(error instanceof AbortError))
          logger.warn(`${operation}: failed at attempt ${attempt}`, { reason: error.message });
        throw error;
      }
      logger.info(`${operation}: attempt ${attempt} failed, next in ${Math.round(waitMs)} ms`, {
        reason: error.message,
      });
      // It may be asynchronous: a rejection that is not awaited would end the process.
      await untilGivenUp(onRetry?.({ operation, attempt, waitMs, error }), attempt);
      if (waitMs > 0) await untilGivenUp(clock.sleep(waitMs, signal), attempt);
    }
  }

  /** How long to wait before the next attempt; undefined when there must not be one. */
  async function remedy(
    failure: AttemptFailure,
    attempt: number,
    token: string | undefined,
  ): Promise<number | undefined> {
    const kind = REMEDIES[call.safety][failure.proof];
    if (kind === 'renew') {
      if (spent.renew || token === undefined || authorize === undefined) return undefined;
      spent.renew = await untilGivenUp(authorize.refused(token), attempt);
      return spent.renew ? 0 : undefined;
    }
    if (call.retry === false || kind === 'give-up' || attempt >= settings.retry.attempts) return undefined;
    let waitMs: number;
    if (kind === 'wait') {
      // No second anonymous token is issued for days; what asks for tokens handles that.
      if (spent.wait || call.operation === 'token') return undefined;
      spent.wait = true;
      waitMs = failure.retryAfterMs ?? RATE_LIMIT_WAIT_MS;
    } else {
      waitMs = failure.retryAfterMs ?? backoffMs(settings.retry, attempt + 1);
    }
    // Where the limit moves with the bytes, an attempt may rightly take long: only the pause counts then.
    if (call.limit?.dueAt !== undefined) return waitMs < settings.retry.budgetMs ? waitMs : undefined;
    endsAt = budgetEndsAt;
    return clock.now() + waitMs < endsAt ? waitMs : undefined;
  }
}

/**
 * What a thrown value means for its call, at attempt number `attempts`; undefined where it is the caller's own code that
 * failed (a middleware, an opened body): its error comes out as it is.
 */
function failureOf(call: Call, thrown: unknown, attempts: number): AttemptFailure | undefined {
  if (thrown instanceof AttemptFailure) return thrown;
  if (thrown instanceof TimeoutError) return new AttemptFailure(thrown, 'unknown');
  if (call.signal?.aborted && !(thrown instanceof AbortError)) {
    const { operation, signal, about } = call;
    const error = new AbortError({ ...about, operation, attempts, cause: signal.reason });
    return new AttemptFailure(error, 'rejected');
  }
  if (call.body?.failure !== undefined) return new AttemptFailure(call.body.failure, 'rejected');
  if (thrown instanceof NetworkError) {
    return new AttemptFailure(thrown, thrown.sent === 'no' ? 'unsent' : 'unknown');
  }
  // Errors of reading the answer, of auth, of opening the body: a repeat would not change them.
  return thrown instanceof NemoVideoError ? new AttemptFailure(thrown, 'rejected') : undefined;
}

/**
 * The pause before attempt `next` (2 for the second): anywhere between `minMs` and a ceiling that doubles each time
 * up to `maxMs`. The whole span is drawn from ("full jitter"), because clients that failed together must not come back
 * together.
 */
export function backoffMs(settings: RetrySettings, next: number, random: () => number = Math.random): number {
  const { minMs, maxMs } = settings;
  const ceiling = Math.min(maxMs, minMs * 2 ** (next - 1));
  return minMs + random() * Math.max(0, ceiling - minMs);
}

/**
 * The wait that a response asks for, in ms: `retry-after-ms`, or `retry-after` as seconds or as a date (RFC 9110,
 * 10.2.3); undefined when it asks for none.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const exact = readNumber(headers.get('retry-after-ms'));
  if (exact !== undefined) return exact;
  const value = headers.get('retry-after');
  const seconds = readNumber(value);
  if (seconds !== undefined) return seconds * 1000;
  // All forms of an HTTP date begin with the name of a day; `Date.parse` alone would take "-5" for the year 2001.
  if (value === null || !/^[a-z]{3,9},? /i.test(value.trim())) return undefined;
  // The oldest form names no zone and means UTC, where `Date.parse` would take the machine's.
  const date = Date.parse(/ \d{4}$/.test(value.trim()) ? `${value} GMT` : value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

function readNumber(value: string | null): number | undefined {
  return value !== null && /^\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
}
