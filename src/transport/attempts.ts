import { AbortError } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import type { Logger } from '../platform/logger.js';
import { abortable } from './abortable.js';
import type { Authorize, Call, RetryInfo } from './contract.js';
import { throwIfAborted } from './deadline.js';
import { AttemptFailure, failureOf } from './failure.js';
import { backoffMs, type RetrySettings, rateLimitWaitMs } from './retry.js';
import { REMEDIES } from './safety.js';

/** What the loop of attempts needs. */
export interface AttemptSettings {
  readonly retry: RetrySettings;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told before a call is sent again, and awaited. What it throws fails the call. */
  readonly onRetry?: ((info: RetryInfo) => void) | undefined;
}

/** What one attempt may use. */
export interface Turn {
  /** 1 for the first. */
  readonly attempt: number;
  readonly token: string | undefined;
  /** When `retry.budgetMs` is used up, by the clock; undefined for the first attempt, which is not held to it. */
  readonly endsAt: number | undefined;
}

/** Makes attempts at a call until one succeeds or the rules of `safety.ts` forbid the next. */
export async function attempts<T>(
  call: Call,
  settings: AttemptSettings,
  authorize: Authorize | undefined,
  once: (turn: Turn) => Promise<T>,
): Promise<T> {
  const { clock, logger, onRetry } = settings;
  const { operation, signal } = call;
  // What is awaited may be somebody else's, and not heed the signal.
  const heeding = <R>(work: R | Promise<R>, attempts: number): Promise<R> =>
    abortable(Promise.resolve(work), signal, { ...call.about, operation, attempts });
  const budgetEndsAt = clock.now() + settings.retry.budgetMs;
  const spent = { renew: false, wait: false };
  let endsAt: number | undefined;
  for (let attempt = 1; ; attempt += 1) {
    throwIfAborted(signal, operation, { ...call.about, attempts: attempt - 1 });
    // A failure to get a token is final: whoever acquires tokens repeats by itself.
    const token = authorize && (await heeding(authorize.token(signal), attempt - 1));
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
        // Here and nowhere else. An abort is what the caller wished for.
        if (!(error instanceof AbortError))
          logger.warn(`${call.operation}: failed at attempt ${attempt}`, { reason: error.message });
        throw error;
      }
      logger.info(`${call.operation}: attempt ${attempt} failed, next in ${Math.round(waitMs)} ms`, {
        reason: error.message,
      });
      // It may be asynchronous: a rejection that nobody awaits ends the process.
      await heeding(onRetry?.({ operation, attempt, waitMs, error }), attempt);
      if (waitMs > 0) await heeding(clock.sleep(waitMs, signal), attempt);
    }
  }

  /** How long to wait before the next attempt; undefined when there must be none. */
  async function remedy(
    failure: AttemptFailure,
    attempt: number,
    token: string | undefined,
  ): Promise<number | undefined> {
    const kind = REMEDIES[call.safety][failure.proof];
    if (kind === 'renew') {
      if (spent.renew || token === undefined || authorize === undefined) return undefined;
      spent.renew = await heeding(authorize.refused(token), attempt);
      return spent.renew ? 0 : undefined;
    }
    if (call.retry === false || kind === 'give-up' || attempt >= settings.retry.attempts) return undefined;
    let waitMs: number;
    if (kind === 'wait') {
      // No second anonymous token is given for days; whoever asks for tokens knows what to make of that.
      if (spent.wait || call.operation === 'token') return undefined;
      spent.wait = true;
      waitMs = rateLimitWaitMs(failure.retryAfterMs);
    } else {
      waitMs = failure.retryAfterMs ?? backoffMs(settings.retry, attempt + 1);
    }
    // Where the limit moves with the bytes, an attempt may rightly take long: only the pause counts then.
    if (call.limit?.dueAt !== undefined) return waitMs < settings.retry.budgetMs ? waitMs : undefined;
    endsAt = budgetEndsAt;
    return clock.now() + waitMs < endsAt ? waitMs : undefined;
  }
}
