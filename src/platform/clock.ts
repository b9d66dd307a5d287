import { onAbort } from './abort.js';

/**
 * Where the library takes its time from. Inject one to test without waiting.
 */
export interface Clock {
  /** The current time, in milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Resolves after `ms` milliseconds. When `signal` aborts, it rejects at once with the signal's reason and
   * leaves neither a timer nor a listener behind.
   * @param background whether the process may end meanwhile: the sleeper is only waiting to read ahead. Default false.
   */
  sleep(ms: number, signal?: AbortSignal, background?: boolean): Promise<void>;
  /**
   * Returns `work`, which takes real time: a clock of a test lets no time pass meanwhile. Default: time passes.
   */
  during?<T>(work: Promise<T>): Promise<T>;
}

/** Real work by a clock; see {@link Clock.during}. */
export function during<T>(clock: Clock, work: Promise<T>): Promise<T> {
  return clock.during?.(work) ?? work;
}

/** Longer delays overflow the 32-bit timer of every runtime and would fire at once. */
export const LONGEST_TIMER_MS = 0x7fff_ffff;

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep(ms, signal, background) {
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
      if (background && typeof timer === 'object') timer.unref();
      const release =
        signal &&
        onAbort(signal, () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
    });
  },
};

/** Between two reports, in ms: at most 20 a second, with the last one, which is never held back. */
const SHORTEST_GAP_MS = 55;

/** Holds reports of progress back to 20 a second by the clock. */
export class Throttle {
  readonly #clock: Clock;
  #passedAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether the next report is due; if so, it counts as made. */
  pass(): boolean {
    const now = this.#clock.now();
    if (now - this.#passedAt < SHORTEST_GAP_MS) return false;
    this.#passedAt = now;
    return true;
  }
}
