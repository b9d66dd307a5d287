import { AbortError, TimeoutError } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';

/** The limit of one piece of work. */
export interface Deadline {
  readonly clock: Clock;
  readonly operation: string;
  /** In ms; `false` for none. */
  readonly limitMs: number | false;
  /** Which option it is, for the error. */
  readonly limit: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs `work` with a signal that aborts with the caller's signal or when the limit runs out, and turns either into
 * its error. Timer and listener are gone when it settles.
 */
export async function withDeadline<T>(
  deadline: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock, operation, limitMs, limit, signal } = deadline;
  throwIfAborted(signal, operation);
  const request = new AbortController();
  const timer = new AbortController();
  const onAbort = (): void => request.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  let failure: Error | undefined;
  // The promise of an abort or a timeout races the work, so that a fetch that ignores its signal cannot hold us.
  const stopped = new Promise<never>((_, reject) => {
    request.signal.addEventListener(
      'abort',
      () => {
        failure ??= new AbortError({ operation, cause: signal?.reason });
        reject(failure);
      },
      { once: true },
    );
  });
  stopped.catch(() => {});
  if (limitMs !== false) {
    clock.sleep(limitMs, timer.signal).then(
      () => {
        failure = new TimeoutError({ operation, limitMs, limit });
        request.abort(failure);
      },
      () => {},
    );
  }
  try {
    return await Promise.race([work(request.signal), stopped]);
  } catch (error) {
    throw failure ?? error;
  } finally {
    timer.abort();
    signal?.removeEventListener('abort', onAbort);
  }
}

/** Throws {@link AbortError} when `signal` is already aborted. */
export function throwIfAborted(signal: AbortSignal | undefined, operation: string): void {
  if (signal?.aborted) throw new AbortError({ operation, cause: signal.reason });
}

/** Sleeps on the clock; an abort becomes an {@link AbortError}. */
export async function pause(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  operation: string,
): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    throwIfAborted(signal, operation);
    throw error;
  }
}
