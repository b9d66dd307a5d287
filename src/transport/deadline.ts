import { AbortError, type ErrorFacts, TimeoutError } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import { onAbort } from '../platform/on-abort.js';
import { abortable } from './abortable.js';
import { after } from './timer.js';

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

/** Throws {@link AbortError} when `signal` is already aborted. `about`: what else is known, for the error. */
export function throwIfAborted(
  signal: AbortSignal | undefined,
  operation: string,
  about?: ErrorFacts | undefined,
): void {
  if (signal?.aborted) throw new AbortError({ ...about, operation, cause: signal.reason });
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
