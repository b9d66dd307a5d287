import type { Clock } from '../platform/clock.js';
import { onAbort } from '../platform/on-abort.js';

/** Limits that all render jobs of a client share. */
export interface PacerLimits {
  /** Polls that may begin in a second. Default 20. */
  readonly requestsPerSecond: number;
  /** Polls that may be under way at once. Default 8. */
  readonly concurrency: number;
}

/**
 * Keeps a thousand jobs from asking all at once: first come, first served, at most so many a second and so many at a
 * time. A job that is aborted leaves its place in the queue without disturbing the others.
 */
export class Pacer {
  readonly #limits: PacerLimits;
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();
  #running = 0;
  #nextStartMs = 0;
  #timer: AbortController | undefined;

  constructor(limits: PacerLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Runs `work` when its turn has come. Rejects with the signal's reason when that aborts while it waits. */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#turn(signal);
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#admit();
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const start = (): void => {
        release();
        resolve();
      };
      const release = onAbort(signal, () => {
        this.#waiting.delete(start);
        if (this.#waiting.size === 0) this.#sleepNoMore();
        reject(signal.reason);
      });
      this.#waiting.add(start);
      this.#admit();
    });
  }

  #admit(): void {
    const spacing = 1000 / this.#limits.requestsPerSecond;
    for (const start of this.#waiting) {
      if (this.#running >= this.#limits.concurrency) return;
      const now = this.#clock.now();
      if (now < this.#nextStartMs) {
        this.#wakeAt(this.#nextStartMs - now);
        return;
      }
      this.#nextStartMs = Math.max(now, this.#nextStartMs) + spacing;
      this.#running += 1;
      this.#waiting.delete(start);
      start();
    }
  }

  /** One timer for all who wait. */
  #wakeAt(ms: number): void {
    if (this.#timer !== undefined) return;
    const timer = new AbortController();
    this.#timer = timer;
    this.#clock.sleep(ms, timer.signal).then(
      () => {
        this.#timer = undefined;
        this.#admit();
      },
      () => {},
    );
  }

  #sleepNoMore(): void {
    this.#timer?.abort();
    this.#timer = undefined;
  }
}
