import type { Answer } from './contract.js';

/**
 * What a call promises: `await` gives the data, `await call.withResponse()` the data with the facts of the answer.
 * Nothing is sent twice when both are used.
 */
export class ApiPromise<T> implements Promise<T> {
  readonly #answer: Promise<Answer<T>>;
  readonly [Symbol.toStringTag] = 'ApiPromise';

  constructor(answer: Promise<Answer<T>>) {
    this.#answer = answer;
  }

  /** A promise of what `read` makes of an answer's data. */
  static of<S, T>(answer: Promise<Answer<S>>, read: (data: S) => T | Promise<T>): ApiPromise<T> {
    return new ApiPromise(answer.then(async (whole) => ({ ...whole, data: await read(whole.data) })));
  }

  /** The data with the answer's `status`, `headers`, `requestId` and how many `attempts` it took. */
  withResponse(): Promise<Answer<T>> {
    return this.#answer.then((answer) => answer);
  }

  then<A = T, B = never>(
    onData?: ((data: T) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    // Derived only on demand: with `withResponse()` alone, an unused promise of the data would reject unhandled.
    return this.#answer.then((answer) => answer.data).then(onData, onError);
  }

  catch<B = never>(onError?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<T | B> {
    return this.then(undefined, onError);
  }

  finally(onSettled?: (() => void) | null): Promise<T> {
    return this.#answer.then((answer) => answer.data).finally(onSettled);
  }
}
