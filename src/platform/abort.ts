/** Everybody who wants to hear of one signal's abort. */
interface Watch {
  readonly acts: Set<() => void>;
  /** Our one listener of the signal. */
  readonly listener: () => void;
}

const watches = new WeakMap<AbortSignal, Watch>();

/**
 * Calls `act` when `signal` aborts, unless the function that it gives is called before. However many calls share a
 * signal, it has only one of our listeners, and none when the last of them is over: Node warns of a leak from the eleventh
 * listener on.
 */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  const watch = watches.get(signal) ?? begin(signal);
  // A separate function, so that one that is passed twice is called twice.
  const own = (): void => act();
  watch.acts.add(own);
  return () => {
    watch.acts.delete(own);
    if (watch.acts.size > 0 || watches.get(signal) !== watch) return;
    watches.delete(signal);
    signal.removeEventListener('abort', watch.listener);
  };
}

function begin(signal: AbortSignal): Watch {
  const acts = new Set<() => void>();
  const listener = (): void => {
    watches.delete(signal);
    for (const act of acts) act();
  };
  const watch = { acts, listener };
  watches.set(signal, watch);
  signal.addEventListener('abort', listener, { once: true });
  return watch;
}

/** Settles with `promise`, or rejects with the reason of `signal` at once when it aborts. Leaves no listener. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason);
    // Listened to in any case: what is given up must not reject unhandled.
    if (signal.aborted) {
      promise.catch(() => {});
      giveUp();
    } else {
      promise.then(resolve, reject).finally(onAbort(signal, giveUp));
    }
  });
}
