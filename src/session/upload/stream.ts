/**
 * A stream that takes from `parts` only what is asked of it: nothing is read ahead, so what has been taken is what the
 * socket has accepted. Cancelling it aborts the signal that `parts` was given and ends its iteration.
 */
export function pulledStream(
  parts: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
): ReadableStream<Uint8Array> {
  const cancelled = new AbortController();
  const iterator = parts(cancelled.signal)[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel(reason) {
        cancelled.abort(reason);
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
