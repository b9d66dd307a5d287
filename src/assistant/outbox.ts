import { onAbort } from '../platform/abort.js';
import { EventQueue } from '../task/index.js';

/**
 * Work that says things as it goes, as an async iterable of what it says. It begins with the first `next()`; leaving
 * the loop aborts it and waits until it has ended, so that nothing continues unseen.
 */
export function outbox<T>(
  work: (say: (item: T) => void, signal: AbortSignal) => Promise<void>,
  outer: AbortSignal | undefined,
): AsyncIterableIterator<T, undefined> {
  const stop = new AbortController();
  const said = new EventQueue<T>();
  const loop = said.join();
  let running: Promise<void> | undefined;

  const start = async (): Promise<void> => {
    const abort = (): void => stop.abort(outer?.reason);
    if (outer?.aborted) abort();
    const release = outer && onAbort(outer, abort);
    try {
      await work((item) => said.push(item), stop.signal);
      said.end();
    } catch (error) {
      said.fail(error);
    } finally {
      release?.();
    }
  };
  const leave = async (): Promise<IteratorReturnResult<undefined>> => {
    stop.abort(new DOMException('The loop over the replies was left', 'AbortError'));
    await loop.return?.();
    await running;
    return { done: true, value: undefined };
  };
  return {
    next() {
      running ??= stop.signal.aborted ? Promise.resolve() : start();
      return loop.next();
    },
    return: leave,
    async throw(error: unknown) {
      await leave();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
