import { baselineOf, EMPTY_BASELINE, type RawState, type RunBaseline } from '../run/index.js';

/**
 * What a session is known to hold. A message needs the state before it, completely, and a read costs a request: so
 * what was read is remembered until something may have changed it.
 */
export class KnownState {
  #baseline: RunBaseline | undefined;

  /** A session that was just created is known to hold nothing. */
  constructor(fresh: boolean) {
    this.#baseline = fresh ? EMPTY_BASELINE : undefined;
  }

  /** What was read last, if nothing can have changed since; else undefined. */
  get current(): RunBaseline | undefined {
    return this.#baseline;
  }

  /** The state was read. */
  learn(raw: RawState): void {
    this.#baseline = baselineOf(raw);
  }

  /** Something was done that changes the state: an upload, a message. */
  forget(): void {
    this.#baseline = undefined;
  }
}
