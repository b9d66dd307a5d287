/**
 * Waits for `work`, but not longer than `signal` lasts: then it rejects with the signal's reason at once, even if the
 * work ignores the signal. `onLate` gets a value that comes after that.
 */
export async function abortable<T>(
  work: Promise<T>,
  signal: AbortSignal,
  onLate: (value: T) => unknown = () => {},
): Promise<T> {
  let stop = (): void => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } catch (error) {
    if (signal.aborted) work.then(onLate, () => {}).catch(() => {});
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
