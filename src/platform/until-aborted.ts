/** Settles with `promise`, or rejects with the reason of `signal` at once when it aborts. Leaves no listener. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    const release = (): void => signal.removeEventListener('abort', onAbort);
    // Listened to in any case: what is given up must not reject unheard.
    promise.then(resolve, reject).finally(release);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
