import { AbortError, type AbortFacts, type ErrorFacts, TimeoutError } from '../errors/index.js';
import { onAbort, untilAborted } from '../platform/abort.js';
import { type Clock, LONGEST_TIMER_MS, systemClock } from '../platform/clock.js';

/** The limit of one piece of work. */
export interface Deadline {
  readonly clock: Clock;
  readonly operation: string;
  /** In ms; `false` for none. */
  readonly limitMs: number | false;
  /** Which option it is, for the error. */
  readonly limit: string;
  /** When it runs out, by the clock, where it moves. Default `limitMs` after the beginning. */
  readonly dueAt?: (() => number) | undefined;
  readonly signal: AbortSignal | undefined;
  /** What else is known, for the error. */
  readonly facts?: ErrorFacts | undefined;
}

/**
 * Runs `work` with a signal that aborts with the caller's signal or when the limit runs out, and turns either into
 * its error, at once: work that ignores its signal cannot hold the caller. Timer and listener are gone when it settles.
 */
export function withDeadline<T>(deadline: Deadline, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { clock, operation, limitMs, dueAt, signal, facts } = deadline;
  return new Promise((resolve, reject) => {
    throwIfAborted(signal, operation, facts);
    const request = new AbortController();
    let stopTimer = (): void => {};
    let unwatch = (): void => {};
    const release = (): void => {
      stopTimer();
      unwatch();
    };
    const stop = (failure: Error): void => {
      release();
      reject(failure);
      request.abort(failure);
    };
    if (signal !== undefined) {
      unwatch = onAbort(signal, () => stop(new AbortError({ ...facts, operation, cause: signal.reason })));
    }
    const watch = (limit: number, ms: number): void => {
      stopTimer = after(clock, ms, () => {
        const leftMs = dueAt === undefined ? 0 : dueAt() - clock.now();
        if (leftMs > 0) watch(limit, leftMs);
        else stop(new TimeoutError({ ...facts, operation, limitMs: limit, limit: deadline.limit }));
      });
    };
    if (limitMs !== false) watch(limitMs, dueAt === undefined ? limitMs : Math.max(0, dueAt() - clock.now()));
    begin(work, request.signal).then(
      (value) => {
        release();
        resolve(value);
      },
      (error: unknown) => {
        release();
        reject(error);
      },
    );
  });
}

/** Begins work; what it throws at once is a rejection too. */
function begin<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return work(signal);
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Why a sleep is given up: a constant, because an abort without a reason makes an exception with a stack each time. */
const STOPPED = 'stopped';

/**
 * Calls `act` after `ms`, unless the returned function is called before. The machine's own clock is not asked to
 * sleep with a signal for that: a signal costs more than all else of a timer, and every request has one.
 */
function after(clock: Clock, ms: number, act: () => void): () => void {
  if (clock === systemClock) {
    const timer = setTimeout(act, Math.min(ms, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  }
  const stop = new AbortController();
  clock.sleep(ms, stop.signal).then(act, () => {});
  return () => stop.abort(STOPPED);
}

/** Throws {@link AbortError} when `signal` is already aborted. `about`: what else is known, for the error. */
export function throwIfAborted(
  signal: AbortSignal | undefined,
  operation: string,
  about?: ErrorFacts | undefined,
): void {
  if (signal?.aborted) throw new AbortError({ ...about, operation, cause: signal.reason });
}

/**
 * Settles with `promise`, or rejects {@link AbortError} at once when `signal` aborts: what a caller's own code promises
 * may never settle. Leaves no listener.
 */
export async function abortable<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  facts: AbortFacts,
): Promise<T> {
  try {
    return await untilAborted(promise, signal);
  } catch (error) {
    if (signal?.aborted && error === signal.reason) throw new AbortError({ ...facts, cause: error });
    throw error;
  }
}

/** Sleeps on the clock; an abort becomes an {@link AbortError}. */
export async function pause(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  operation: string,
): Promise<void> {
  await abortable(clock.sleep(ms, signal), signal, { operation });
}
