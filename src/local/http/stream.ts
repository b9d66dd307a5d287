/**
 * An iterable as a stream that reads only what is asked for. Where the reader cancels, `onGone` is called;
 * there and where `signal` aborts the iterable is returned; `onEnd` is called once, whatever happens.
 */
export function toStream(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  { onGone, onEnd }: { onGone: (reason: unknown) => void; onEnd: () => void },
): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  let over = false;
  const finish = (): boolean => {
    if (over) return false;
    over = true;
    signal.removeEventListener('abort', onAbort);
    onEnd();
    return true;
  };
  let fail: (reason: unknown) => void = () => {};
  const onAbort = (): void => {
    if (!finish()) return;
    fail(signal.reason);
    void close(iterator);
  };
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        fail = (reason) => controller.error(reason);
        if (signal.aborted) onAbort();
        else signal.addEventListener('abort', onAbort, { once: true });
      },
      async pull(controller) {
        try {
          const next = await iterator.next();
          if (over) return;
          if (next.done !== true) controller.enqueue(next.value);
          else if (finish()) controller.close();
        } catch (error) {
          if (finish()) controller.error(error);
        }
      },
      cancel(reason) {
        if (!finish()) return;
        onGone(reason);
        void close(iterator);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Returns an iterator; what it throws on the way out concerns nobody, as its reader has gone. */
async function close(iterator: AsyncIterator<Uint8Array>): Promise<void> {
  try {
    await iterator.return?.();
  } catch {
    // The reader has gone.
  }
}
