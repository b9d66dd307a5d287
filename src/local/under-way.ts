/** What a request or a piece of background work is tied to. */
export interface Tie {
  /** Aborts when whoever it was tied to goes away, or when everything ends. */
  readonly signal: AbortSignal;
  /** Ends it early. */
  abort(reason: unknown): void;
  /** It is over: nothing aborts it any more. */
  untie(): void;
}

/** Everything that is under way, so that all of it can be ended and waited for. */
export class UnderWay {
  // The value is only kept from being collected: a Request made of another one follows its signal weakly.
  readonly #ties = new Map<AbortController, unknown>();
  readonly #promises = new Set<Promise<unknown>>();

  /** Ties something to a client; `onGone` is called when the client goes away first. */
  tie(client?: AbortSignal, onGone?: () => void, keep?: unknown): Tie {
    const controller = new AbortController();
    const onAbort = (): void => {
      onGone?.();
      controller.abort(client?.reason);
    };
    this.#ties.set(controller, keep);
    if (client?.aborted) onAbort();
    else client?.addEventListener('abort', onAbort, { once: true });
    return {
      signal: controller.signal,
      abort: (reason) => controller.abort(reason),
      untie: () => {
        client?.removeEventListener('abort', onAbort);
        this.#ties.delete(controller);
      },
    };
  }

  /** Makes `end` wait for a promise, however it settles. */
  track<T>(promise: Promise<T>): Promise<T> {
    this.#promises.add(promise);
    const forget = (): void => {
      this.#promises.delete(promise);
    };
    promise.then(forget, forget);
    return promise;
  }

  /** Does something that nobody waits for. It begins after the caller has had its say. */
  spawn(task: (signal: AbortSignal) => Promise<void>): Tie {
    const tie = this.tie();
    const work = async (): Promise<void> => {
      await Promise.resolve();
      try {
        await task(tie.signal);
      } catch (error) {
        if (!tie.signal.aborted) throw error;
      } finally {
        tie.untie();
      }
    };
    void this.track(work());
    return tie;
  }

  /** Aborts everything and waits until nothing runs any more. */
  async end(reason: unknown): Promise<void> {
    for (const controller of this.#ties.keys()) controller.abort(reason);
    await Promise.allSettled([...this.#promises]);
  }
}
