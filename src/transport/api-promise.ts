import type { Answer } from './contract.js';

/**
 * What a call promises: `await call` gives the data, `await call.withResponse()` the data with the facts of the
 * answer. Nothing is sent twice when both are used.
 */
export interface ApiPromise<T> extends Promise<T> {
  /** The data with the answer's `status`, `headers`, `requestId`, and how many `attempts` it took. */
  withResponse(): Promise<Answer<T>>;
}

/** Makes {@link ApiPromise}s. */
export const ApiPromise = {
  /** A promise of what `read` makes of an answer's data. */
  of<S, T>(answer: Promise<Answer<S>>, read: (data: S) => T | Promise<T>): ApiPromise<T> {
    const whole = answer.then(
      async (facts): Promise<Answer<T>> => ({ ...facts, data: await read(facts.data) }),
    );
    const data = whole.then((facts) => facts.data);
    return Object.assign(data, {
      withResponse() {
        // Who takes the whole hears of its failure there; the data alone would reject unheard.
        data.catch(() => {});
        return whole;
      },
    });
  },
};
