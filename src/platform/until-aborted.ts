import { onAbort } from './on-abort.js';

/** Settles with `promise`, or rejects with the reason of `signal` at once when it aborts. Leaves no listener. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason);
    // Listened to in any case: what is given up must not reject unheard.
    if (signal.aborted) {
      promise.catch(() => {});
      giveUp();
    } else {
      promise.then(resolve, reject).finally(onAbort(signal, giveUp));
    }
  });
}
