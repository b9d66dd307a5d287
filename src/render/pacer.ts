import type { Clock } from '../platform/clock.js';

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
  #timer: Promise<void> | undefined;

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
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.delete(start);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
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

  /** One timer for all who wait; it is at most one spacing long, so it is never worth cancelling. */
  #wakeAt(ms: number): void {
    this.#timer ??= this.#clock.sleep(ms).then(() => {
      this.#timer = undefined;
      this.#admit();
    });
  }
}
