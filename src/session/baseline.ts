import { baselineOf, EMPTY_BASELINE, type RawState, type RunBaseline } from '../run/index.js';

/**
 * What a session is known to hold. A message needs the state before it, completely, and a read costs a request: so
 * what was read is remembered until something may have changed it.
 */
export class KnownState {
  #baseline: RunBaseline | undefined;
  /** How often something may have changed the state. */
  #changes = 0;

  /** A session that was just created is known to hold nothing. */
  constructor(fresh: boolean) {
    this.#baseline = fresh ? EMPTY_BASELINE : undefined;
  }

  /** What was read last, if nothing can have changed since; else undefined. */
  get current(): RunBaseline | undefined {
    return this.#baseline;
  }

  /**
   * A read of the state begins; what it gives is called with what was read. That is forgotten where something changed
   * the state meanwhile: an answer may be older than the moment at which it arrives.
   */
  reading(): (raw: RawState) => void {
    const before = this.#changes;
    return (raw) => {
      if (before === this.#changes) this.#baseline = baselineOf(raw);
    };
  }

  /** Something begins that changes the state: what reads that are under way will say is not to be relied on. */
  change(): void {
    this.#changes += 1;
  }

  /** A change is over, and its last act was a read of the state. */
  learn(raw: RawState): void {
    this.change();
    this.#baseline = baselineOf(raw);
  }

  /** Something was done that changes the state: an upload, a message. */
  forget(): void {
    this.change();
    this.#baseline = undefined;
  }
}
