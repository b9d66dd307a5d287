import { onAbort } from '../platform/abort.js';
import type { Clock } from '../platform/clock.js';

/** Limits that all render jobs of a client share. */
export interface PacerLimits {
  /** Polls that may begin in a second. Default 20. */
  readonly requestsPerSecond: number;
  /** Polls that may be in progress at once, without those that have had no answer for two seconds. Default 8. */
  readonly concurrency: number;
}

/** A poll in progress. */
interface Poll {
  /** When it began, in ms by the clock. */
  readonly since: number;
}

/**
 * How long a poll occupies its place, in ms. An answer takes a fraction of that; a poll that hangs would otherwise delay
 * every other render until its time limit.
 */
const PLACE_MS = 2_000;

/**
 * Keeps a thousand jobs from asking all at once: first come, first served, at most so many a second and so many at a
 * time. A job that is aborted leaves its place in the queue without disturbing the others.
 */
export class Pacer {
  readonly #limits: PacerLimits;
  readonly #clock: Clock;
  readonly #waiting = new Set<(poll: Poll) => void>();
  /** The polls in progress, oldest first. */
  readonly #running = new Set<Poll>();
  #nextStartMs = 0;
  #timer: { readonly dueAt: number; readonly stop: AbortController } | undefined;

  constructor(limits: PacerLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Runs `work` when its turn has come. Rejects with the signal's reason when that aborts while it waits. */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const poll = await this.#turn(signal);
    try {
      return await work();
    } finally {
      this.#running.delete(poll);
      this.#admit();
    }
  }

  #turn(signal: AbortSignal): Promise<Poll> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const start = (poll: Poll): void => {
        release();
        resolve(poll);
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
    const { concurrency, requestsPerSecond } = this.#limits;
    for (const start of this.#waiting) {
      const now = this.#clock.now();
      const placed = [...this.#running].filter(({ since }) => now - since < PLACE_MS);
      const [oldest] = placed;
      const freeAt = oldest === undefined || placed.length < concurrency ? now : oldest.since + PLACE_MS;
      const startAt = Math.max(freeAt, this.#nextStartMs);
      if (startAt > now) {
        this.#wakeAt(startAt);
        return;
      }
      this.#nextStartMs = now + 1000 / requestsPerSecond;
      const poll = { since: now };
      this.#running.add(poll);
      this.#waiting.delete(start);
      start(poll);
    }
  }

  /** One timer for all that wait: the earliest. */
  #wakeAt(dueAt: number): void {
    if (this.#timer !== undefined && this.#timer.dueAt <= dueAt) return;
    this.#sleepNoMore();
    const stop = new AbortController();
    this.#timer = { dueAt, stop };
    this.#clock.sleep(dueAt - this.#clock.now(), stop.signal).then(
      () => {
        this.#timer = undefined;
        this.#admit();
      },
      () => {},
    );
  }

  #sleepNoMore(): void {
    this.#timer?.stop.abort();
    this.#timer = undefined;
  }
}
