/** How far a loop may fall behind work that does not wait for it, before its unread events are dropped. */
export const MOST_UNREAD = 10_000;

type End = { readonly failed: false } | { readonly failed: true; readonly error: unknown };

/**
 * A queue between work that reports events and any number of loops that read them. Each loop sees what is pushed from
 * when it joins. Work that can wait asks `wanted` before it brings more, so that a slow loop holds it back instead of
 * filling memory: the slowest loop sets the pace, one that has left costs nothing, and without loops nothing waits.
 * After `hurry()` the work waits for no loop any more; a loop that stops reading then keeps nothing.
 */
export class EventQueue<T> {
  readonly #loops = new Set<Loop<T>>();
  readonly #replaysLatest: boolean;
  #latest: T | undefined;
  #hurried = false;
  #onDemand: (() => void) | undefined;
  readonly #onAllLeft: () => void;
  #end: End | undefined;

  /**
   * @param replaysLatest whether a loop that joins late begins with the latest event.
   * @param onAllLeft called when the last loop is left before the end: for work that may rest then.
   */
  constructor(replaysLatest = false, onAllLeft: () => void = () => {}) {
    this.#replaysLatest = replaysLatest;
    this.#onAllLeft = onAllLeft;
  }

  /** Whether the work may bring more: every loop that sets the pace has read what there is and waits. */
  get wanted(): boolean {
    if (this.#hurried) return true;
    for (const loop of this.#loops) if (loop.paced && !loop.waits) return false;
    return true;
  }

  /** Whether there are loops: without any, events need not be made. */
  get watched(): boolean {
    return this.#loops.size > 0;
  }

  /** Resolves when `wanted` is true, or after `wake()`. */
  demand(): Promise<void> {
    if (this.wanted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onDemand = resolve;
    });
  }

  /** Ends the wait of `demand()`, wanted or not: for work that is aborted meanwhile. */
  wake(): void {
    this.#onDemand?.();
    this.#onDemand = undefined;
  }

  /** From now on the work waits for no loop. */
  hurry(): void {
    this.#hurried = true;
    this.wake();
  }

  /** Passes an event to every loop. Ignored after the end. */
  push(event: T): void {
    if (this.#end !== undefined) return;
    if (this.#replaysLatest) this.#latest = event;
    for (const loop of this.#loops) loop.push(event);
  }

  /** The work is over. Each loop still gets the events that it has not read. */
  end(): void {
    this.#finish({ failed: false });
  }

  /** The work failed. Each loop still gets the events that it has not read, then the error, once. */
  fail(error: unknown): void {
    this.#finish({ failed: true, error });
  }

  /** The work was given up: each loop gets the error next. */
  abort(error: unknown): void {
    for (const loop of this.#loops) loop.drop();
    this.fail(error);
  }

  /**
   * A new loop, which sees the events from now on.
   * @param paced whether the work waits for it, unless it hurries.
   * @param first the event that it begins with, in place of the latest one.
   */
  join(paced = true, first: T | undefined = this.#latest): AsyncIterableIterator<T, undefined> {
    const loop: Loop<T> = new Loop(
      paced,
      () => {
        if (this.wanted) this.wake();
      },
      () => {
        const wasLast = this.#loops.delete(loop) && this.#loops.size === 0;
        if (this.wanted) this.wake();
        if (wasLast) this.#onAllLeft();
      },
    );
    if (first !== undefined) loop.push(first);
    if (this.#end === undefined) this.#loops.add(loop);
    else loop.finish(this.#end);
    return loop;
  }

  #finish(end: End): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    for (const loop of this.#loops) loop.finish(end);
    this.#loops.clear();
    this.wake();
  }
}

interface Waiter<T> {
  readonly resolve: (next: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/** One reader of an {@link EventQueue}. */
class Loop<T> implements AsyncIterableIterator<T, undefined> {
  readonly paced: boolean;
  readonly #onWait: () => void;
  readonly #onLeave: () => void;
  readonly #waiters: Waiter<T>[] = [];
  #unread: T[] = [];
  /** How many of `#unread` were read. */
  #read = 0;
  #end: End | undefined;

  constructor(paced: boolean, onWait: () => void, onLeave: () => void) {
    this.paced = paced;
    this.#onWait = onWait;
    this.#onLeave = onLeave;
  }

  get waits(): boolean {
    return this.#waiters.length > 0;
  }

  push(event: T): void {
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) {
      waiter.resolve({ done: false, value: event });
      return;
    }
    if (this.#unread.length - this.#read >= MOST_UNREAD) this.drop();
    this.#unread.push(event);
  }

  drop(): void {
    this.#unread = [];
    this.#read = 0;
  }

  finish(end: End): void {
    this.#end = end;
    for (const { resolve, reject } of this.#waiters.splice(0)) this.#last(end).then(resolve, reject);
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const value = this.#unread[this.#read];
    if (value !== undefined) {
      this.#read += 1;
      if (this.#read === this.#unread.length) this.drop();
      return Promise.resolve({ done: false, value });
    }
    if (this.#end !== undefined) return this.#last(this.#end);
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
      this.#onWait();
    });
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.drop();
    this.finish({ failed: false });
    this.#onLeave();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<T, undefined>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #last(end: End): Promise<IteratorResult<T, undefined>> {
    if (!end.failed) return Promise.resolve({ done: true, value: undefined });
    // Thrown once; the next call gets a plain end, as from a generator.
    this.#end = { failed: false };
    return Promise.reject(end.error);
  }
}
