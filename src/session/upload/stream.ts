/**
 * A stream that takes from `parts` only what is asked of it: nothing is read ahead, so what has been taken is what the
 * socket has accepted.
 */
export function pulledStream(
  parts: AsyncIterator<Uint8Array>,
  onCancel: () => void,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await parts.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  );
}
