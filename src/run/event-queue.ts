import type { RunEvent } from './events.js';

type Next = IteratorResult<RunEvent, undefined>;

interface Waiter {
  readonly resolve: (next: Next) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Stands between the reader of the stream and whoever iterates the run. Events of one chunk are taken out without
 * waiting; the reader asks `wanted` before it reads on, so that a slow consumer holds the stream back instead of
 * filling memory.
 */
export class EventQueue {
  /** Whether events are kept for somebody; false when nobody iterates or ever will. */
  #kept: boolean;
  /** Whether the reader continues without being asked for each chunk. */
  #eager = false;
  #events: RunEvent[] = [];
  /** How many of `#events` were taken out. */
  #taken = 0;
  readonly #waiters: Waiter[] = [];
  #onDemand: (() => void) | undefined;
  #end: { readonly error: unknown } | 'clean' | undefined;

  constructor(kept: boolean) {
    this.#kept = kept;
  }

  /** Whether somebody waits for what the reader would bring. */
  get wanted(): boolean {
    return this.#eager || this.#waiters.length > 0;
  }

  /** Resolves when `wanted` is true, or after `wake()`. */
  demand(): Promise<void> {
    return new Promise((resolve) => {
      this.#onDemand = resolve;
    });
  }

  /** Lets the reader look around, wanted or not. */
  wake(): void {
    this.#onDemand?.();
    this.#onDemand = undefined;
  }

  /** From now on the reader continues without being asked. */
  hurry(): void {
    this.#eager = true;
    this.wake();
  }

  push(event: RunEvent): void {
    if (this.#waiters.length > 0) this.#waiters.shift()?.resolve({ done: false, value: event });
    else if (this.#kept) this.#events.push(event);
  }

  next(): Promise<Next> {
    const value = this.#events[this.#taken];
    if (value !== undefined) {
      this.#taken += 1;
      if (this.#taken === this.#events.length) this.#forget();
      return Promise.resolve({ done: false, value });
    }
    if (this.#end !== undefined) return this.#last(this.#end);
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
      this.wake();
    });
  }

  /** The run is over. What was pushed before is still given out. */
  end(): void {
    this.#finish('clean');
  }

  /** The run failed; whoever iterates gets the error after the events, once. */
  fail(error: unknown): void {
    this.#finish({ error });
  }

  /** The run was given up; what had not been taken is gone. */
  abort(error: unknown): void {
    this.#forget();
    this.fail(error);
  }

  /** Nobody iterates any more. */
  leave(): void {
    this.#kept = false;
    this.#forget();
    this.#finish('clean');
  }

  #forget(): void {
    this.#events = [];
    this.#taken = 0;
  }

  #finish(end: { readonly error: unknown } | 'clean'): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    for (const { resolve, reject } of this.#waiters.splice(0)) this.#last(end).then(resolve, reject);
  }

  #last(end: { readonly error: unknown } | 'clean'): Promise<Next> {
    if (end === 'clean') return Promise.resolve({ done: true, value: undefined });
    this.#end = 'clean';
    return Promise.reject(end.error);
  }
}
