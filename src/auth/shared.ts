import { untilAborted } from '../platform/until-aborted.js';

/**
 * Work that everybody who wants its result at the same time shares. It ends early only when nobody waits any more:
 * one caller's abort must not fail the others.
 */
export class SharedWork<T> {
  readonly #work: (signal: AbortSignal) => Promise<T>;
  #running: { readonly result: Promise<T>; readonly stop: AbortController; waiting: number } | undefined;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#work = work;
  }

  /** The result of the work under way, or of work begun now. Rejects with the reason of `signal` when it aborts. */
  async join(signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const running = this.#running ?? this.#begin();
    running.waiting += 1;
    try {
      return await untilAborted(running.result, signal);
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0) {
        // Whoever comes from here on must not join work that is being given up.
        if (this.#running === running) this.#running = undefined;
        running.stop.abort();
      }
    }
  }

  #begin() {
    const stop = new AbortController();
    const running = { result: this.#work(stop.signal), stop, waiting: 0 };
    // When everybody has left, nobody is there to hear of a failure.
    running.result.catch(() => {});
    this.#running = running;
    return running;
  }
}
