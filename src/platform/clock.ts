import { onAbort } from './on-abort.js';

/**
 * Where the library takes its time from. Inject one to test without waiting.
 */
export interface Clock {
  /** The current time, in milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Resolves after `ms` milliseconds. When `signal` aborts, it rejects at once with the signal's reason and
   * leaves neither a timer nor a listener behind.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Longer delays overflow the 32-bit timer of every runtime and would fire at once. */
export const LONGEST_TIMER_MS = 0x7fff_ffff;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep(ms, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const timer = setTimeout(
        () => {
          release?.();
          resolve();
        },
        Math.min(Math.max(ms, 0), LONGEST_TIMER_MS),
      );
      const release =
        signal &&
        onAbort(signal, () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
    });
  },
};
