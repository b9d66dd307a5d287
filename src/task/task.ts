import { callSite, located } from '../errors/index.js';
import { onAbort } from '../platform/abort.js';
import type { Clock } from '../platform/clock.js';
import { EventQueue } from './event-queue.js';
import { eventStream } from './event-stream.js';

/** Where a task is. `idle`: it has not been awaited or iterated yet, and nothing was sent. */
export type TaskStatus = 'idle' | 'running' | 'completed' | 'failed' | 'cancelled';

/** What makes a task. */
export interface TaskFacts<Event, Result> {
  /** The name of its class, for printing. */
  readonly name: string;
  /** For the keep-alive comments of its event stream. */
  readonly clock: Clock;
  /** The caller's signal, which ends the task. */
  readonly signal?: AbortSignal | undefined;
  /** Whether a loop that joins late begins with the latest event. Default false. */
  readonly replaysLatest?: boolean | undefined;
  /**
   * Does the work. Called once, when the task is first used, and not at all when it was cancelled before. It must stop
   * when `signal` aborts; the task itself has ended by then.
   */
  readonly work: (events: EventQueue<Event>, signal: AbortSignal) => Promise<Result>;
  /** What the task rejects with when it is cancelled, or when the caller's signal aborts. */
  readonly aborted: (reason: unknown) => Error;
  /**
   * What `cancel()` has to send when it ends the work, once that has stopped; undefined: nothing. The loops and the result
   * wait for it, for 40 ms at most: an error that the caller does not catch ends the process, and with it the request.
   */
  readonly withdraw?: (() => (() => Promise<void>) | undefined) | undefined;
}

/** How long the end of a task waits for the request of `withdraw`, in ms: enough for it to leave, and less than the 50 promised. */
const WITHDRAW_MS = 40;

/** Node prints an object by this method; a registered symbol, so that no module of Node is needed. */
const INSPECT = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom');

/**
 * Work with events and a result: a promise of the result, an async iterable of the events, and a handle. Nothing is
 * sent until it is awaited or iterated, or the body of its event stream is read. Any number of loops watch the same work.
 *
 * Leaving a loop stops watching, and the work continues. Only `cancel()`, the `signal`, `await using` and the time
 * limits end it. A failure is thrown in the loops and rejects the promise; the one that is not used causes no unhandled
 * rejection.
 */
export abstract class Task<Event, out Result>
  implements Promise<Result>, AsyncIterable<Event>, AsyncDisposable
{
  readonly #facts: TaskFacts<Event, Result>;
  readonly #events: EventQueue<Event>;
  /** Where the caller made the task: its errors come much later, and show that line. */
  readonly #site = callSite();
  readonly #stop = new AbortController();
  readonly #outcome: Promise<Result>;
  /** Methods, so that a task of a narrower result is a task of the wider one. */
  #settle: { resolve(result: Result): void; reject(error: unknown): void } = { resolve() {}, reject() {} };
  #status: TaskStatus = 'idle';
  #release: (() => void) | undefined;
  /** Settles when the work has stopped, which after a cancel is later than the outcome. */
  #work: Promise<void> = Promise.resolve();

  /** @internal */
  constructor(facts: TaskFacts<Event, Result>) {
    this.#facts = facts;
    this.#events = new EventQueue(facts.replaysLatest);
    this.#outcome = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // The caller may use the loops alone.
    this.#outcome.catch(() => {});
    // Not a method: bundlers keep a class with a computed name that they do not know.
    Object.defineProperty(this, INSPECT, { value: () => this.#shown() });
  }

  /** Where the task is. */
  get status(): TaskStatus {
    return this.#status;
  }

  /** The name of the class. */
  get [Symbol.toStringTag](): string {
    return this.#facts.name;
  }

  /** The result. Starts the work; may be called any number of times. Rejects with what the loops throw. */
  result(): Promise<Result> {
    this.#events.hurry();
    this.#start();
    return this.#outcome;
  }

  /** As of a promise: `await task` is `await task.result()`. */
  then<A = Result, B = never>(
    onFulfilled?: ((result: Result) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.result().then(onFulfilled, onRejected);
  }

  /** As of a promise. */
  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<Result | B> {
    return this.result().catch(onRejected);
  }

  /** As of a promise. */
  finally(onFinally?: (() => void) | null): Promise<Result> {
    return this.result().finally(onFinally);
  }

  /**
   * The events from when the loop begins. Any number of loops; the slowest that still reads sets the pace, unless the
   * result is awaited too: then the work waits for none, and a loop that is more than 10,000 events behind continues
   * with the newest. Throws what `result()` rejects with.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<Event> {
    const loop = this.#events.join();
    this.#start();
    return loop;
  }

  /**
   * Ends the work at once: `result()` rejects `AbortError`, and nothing more is sent. Has no effect when it has ended.
   * The render of a video is cancelled in the service, too: then the loops and `result()` end when the service has
   * answered, after 40 ms at the latest, so that an error that is not caught rarely ends the process before.
   * Resolves when everything that it held is released; never rejects.
   * @param reason becomes the `cause` of the error.
   */
  async cancel(reason: unknown = new DOMException('The task was cancelled', 'AbortError')): Promise<void> {
    this.#abort(reason, this.#facts.withdraw?.());
    await this.#work;
  }

  /** Cancels the task at the end of an `await using` block, if it has not ended. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.cancel();
  }

  /**
   * The events as server-sent events, for a browser: each as JSON without `raw`; at the end one named `result` with the
   * JSON of the result, or one named `failure` with that of the error. A comment is sent after every 15 s of silence, so
   * that proxies keep the connection. Reading the body starts the work; closing it only stops watching, and a slow
   * reader never slows the work.
   */
  toEventStream(): Response {
    const watch = (): AsyncIterator<Event, undefined> => {
      const loop = this.#events.join(false);
      this.#start();
      return loop;
    };
    return eventStream({ watch, result: () => this.#outcome, clock: this.#facts.clock });
  }

  #shown(): string {
    const state = this.#status === 'idle' ? 'not started: await it or iterate it' : this.#status;
    return `${this.#facts.name} { ${state} }`;
  }

  #start(): void {
    if (this.#status !== 'idle') return;
    const { signal, work } = this.#facts;
    if (signal?.aborted) {
      this.#abort(signal.reason);
      return;
    }
    this.#status = 'running';
    this.#release = signal && onAbort(signal, () => this.#abort(signal.reason));
    this.#work = work(this.#events, this.#stop.signal).then(
      (result) => {
        if (!this.#end('completed')) return;
        this.#events.end();
        this.#settle.resolve(result);
      },
      (error: unknown) => {
        if (!this.#end('failed')) return;
        const failure = located(error, this.#site);
        this.#events.fail(failure);
        this.#settle.reject(failure);
      },
    );
  }

  #abort(reason: unknown, withdraw?: () => Promise<void>): void {
    // Before the work stops, so that the snapshot in the error is the one of this moment.
    const error =
      this.#status === 'idle' || this.#status === 'running' ? this.#facts.aborted(reason) : undefined;
    if (error === undefined || !this.#end('cancelled')) return;
    located(error, this.#site);
    this.#stop.abort(reason);
    const waiting = new AbortController();
    const end = (): void => {
      waiting.abort();
      this.#events.abort(error);
      this.#settle.reject(error);
    };
    if (withdraw === undefined) {
      end();
      return;
    }
    this.#work = this.#work.then(withdraw);
    const limit = this.#facts.clock.sleep(WITHDRAW_MS, waiting.signal);
    void Promise.race([this.#work, limit]).then(end, end);
  }

  /** False when the task has ended before. */
  #end(status: TaskStatus): boolean {
    if (this.#status !== 'idle' && this.#status !== 'running') return false;
    this.#status = status;
    this.#release?.();
    return true;
  }
}
