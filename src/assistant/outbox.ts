/**
 * Work that says things as it goes, as an async iterable of what it says. It begins with the first `next()`; leaving
 * the loop aborts it and waits until it has ended, so that nothing continues unseen.
 */
export function outbox<T>(
  work: (say: (item: T) => void, signal: AbortSignal) => Promise<void>,
  outer: AbortSignal | undefined,
): AsyncIterableIterator<T> {
  const stop = new AbortController();
  const items: T[] = [];
  let wake = (): void => {};
  let ended: { readonly error?: unknown } | undefined;
  let running: Promise<void> | undefined;
  const onAbort = (): void => stop.abort(outer?.reason);

  const start = async (): Promise<void> => {
    if (outer?.aborted) onAbort();
    else outer?.addEventListener('abort', onAbort, { once: true });
    try {
      await work((item) => {
        items.push(item);
        wake();
      }, stop.signal);
      ended = {};
    } catch (error) {
      ended = { error };
    } finally {
      outer?.removeEventListener('abort', onAbort);
      wake();
    }
  };
  const leave = async (): Promise<IteratorReturnResult<undefined>> => {
    items.length = 0;
    stop.abort(new DOMException('The loop over the replies was left', 'AbortError'));
    await running;
    items.length = 0;
    ended = {};
    return { done: true, value: undefined };
  };
  const take = async (): Promise<IteratorResult<T, undefined>> => {
    for (;;) {
      const item = items.shift();
      if (item !== undefined) return { done: false, value: item };
      if (ended !== undefined) {
        const { error } = ended;
        ended = {};
        if (error !== undefined) throw error;
        return { done: true, value: undefined };
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  /** Settles when the `next()` before has been answered: only one at a time waits to be woken. */
  let turn: Promise<unknown> = Promise.resolve();
  return {
    next() {
      running ??= ended === undefined ? start() : Promise.resolve();
      const taken = turn.then(take);
      turn = taken.catch(() => {});
      return taken;
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
