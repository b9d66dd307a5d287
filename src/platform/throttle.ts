import type { Clock } from './clock.js';

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
