import { onAbort } from '../../platform/on-abort.js';

/**
 * Does `work` on every item, at most `concurrency` at once, and gives the results in the order of the items. The first
 * failure aborts what is under way, begins nothing more, and is thrown when all have settled.
 */
export async function inOrder<T, R>(
  items: readonly T[],
  concurrency: number,
  signal: AbortSignal | undefined,
  work: (item: T, signal: AbortSignal, fail: (error: unknown) => void) => Promise<R>,
): Promise<R[]> {
  const stop = new AbortController();
  const results: R[] = [];
  let failure: { readonly error: unknown } | undefined;
  const fail = (error: unknown): void => {
    failure ??= { error };
    stop.abort(error);
  };
  const abort = (): void => stop.abort(signal?.reason);
  const release = signal && onAbort(signal, abort);
  if (signal?.aborted) abort();
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failure !== undefined) return;
      await work(item, stop.signal, fail).then((result) => {
        results[index] = result;
      }, fail);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  release?.();
  if (failure !== undefined) throw failure.error;
  return results;
}
