import type { Answer } from './contract.js';

/**
 * What a call promises: `await call` returns the data, `await call.withResponse()` the data with the facts of the
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
    const data = answer.then((facts) => read(facts.data));
    // Who takes the whole hears of a failure there; awaited here, neither of the two rejects unheard.
    const withResponse = async (): Promise<Answer<T>> => {
      const [facts, value] = await Promise.all([answer, data]);
      return { ...facts, data: value };
    };
    return Object.assign(data, { withResponse });
  },
};
