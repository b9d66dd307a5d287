type Waiter<T> = {
  readonly resolve: (next: IteratorResult<T>) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * One listener's view of something that happens once: values pushed in, taken out as an async iterator.
 * Leaving it (`break`, `return`, `throw`) calls `onLeave` exactly once, at once, also while a value is awaited.
 */
export class Feed<T> implements AsyncIterableIterator<T> {
  readonly #onLeave: () => void;
  readonly #values: T[] = [];
  readonly #waiters: Waiter<T>[] = [];
  #end: { readonly error?: unknown; readonly failed: boolean } | undefined;
  #left = false;

  constructor(onLeave: () => void) {
    this.#onLeave = onLeave;
  }

  /** Adds a value; ignored after the end. */
  push(value: T): void {
    if (this.#end !== undefined) return;
    const waiter = this.#waiters.shift();
    if (waiter === undefined) this.#values.push(value);
    else waiter.resolve({ done: false, value });
  }

  /** No more values. */
  close(): void {
    this.#finish({ failed: false });
  }

  /** No more values, because of an error, which whoever iterates gets after the values. */
  fail(error: unknown): void {
    this.#finish({ failed: true, error });
  }

  next(): Promise<IteratorResult<T>> {
    const value = this.#values.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    if (this.#end !== undefined) return this.#last(this.#end);
    return new Promise((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  async return(): Promise<IteratorResult<T>> {
    this.#values.length = 0;
    this.close();
    this.#leave();
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<IteratorResult<T>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #finish(end: { readonly error?: unknown; readonly failed: boolean }): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    for (const waiter of this.#waiters.splice(0)) this.#last(end).then(waiter.resolve, waiter.reject);
  }

  #last(end: { readonly error?: unknown; readonly failed: boolean }): Promise<IteratorResult<T>> {
    this.#leave();
    if (!end.failed) return Promise.resolve({ done: true, value: undefined });
    // Told once; whoever asks on gets a plain end, as from a generator.
    this.#end = { failed: false };
    return Promise.reject(end.error);
  }

  #leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.#onLeave();
  }
}
