import { OptionError, type RunSnapshot } from '../errors/index.js';
import { onAbort } from '../platform/on-abort.js';
import { untilAborted } from '../platform/until-aborted.js';
import { onDemand } from '../transport/index.js';
import { EventQueue } from './event-queue.js';
import type { RunEvent, RunResult } from './events.js';
import { RunRecord } from './record.js';
import type { ResumeRequest, RunRequest } from './request.js';
import { withTimeouts } from './settings.js';
import { readRunSnapshot } from './snapshot.js';

/** All that a message needs on its way. */
const sending = /* @__PURE__ */ onDemand(() => import('./send.js'));

/**
 * A message to the agent and what comes of it. Iterate it for the events, await `result()`, or do both; nothing is
 * sent until then, and the message is sent at most once whatever happens.
 *
 * Leaving the loop (`break`, an error in its body) aborts the run. A failure is thrown by the loop and rejects
 * `result()`; the one that is not used causes no unhandled rejection.
 *
 * @example
 * ```ts
 * const run = session.run('Add a title "Urban Dreams"');
 * for await (const event of run) if (event.type === 'text') process.stdout.write(event.delta);
 * const { changes } = await run.result();
 * ```
 */
export class Run implements AsyncIterable<RunEvent> {
  readonly #request: RunRequest | ResumeRequest;
  readonly #record: RunRecord;
  readonly #queue: EventQueue;
  readonly #stop = new AbortController();
  #outcome: Promise<RunResult> | undefined;
  #iterated = false;

  /**
   * Waits for the outcome of a message that was sent earlier, perhaps by another process. Never sends.
   * @internal Use `nemo.runs.open()`.
   * @throws {@link OptionError} when `snapshot` is not the snapshot of a run.
   */
  static open(request: ResumeRequest): Run {
    return new Run({ ...request, snapshot: readRunSnapshot(request.snapshot) });
  }

  /**
   * Runs are made by `session.run()` and `nemo.runs.open()`.
   * @internal
   * @throws {@link OptionError} for an empty message or a limit that cannot be kept.
   */
  constructor(request: RunRequest | ResumeRequest) {
    const { clock } = request.transport;
    if ('snapshot' in request) {
      this.#request = request;
      this.#queue = new EventQueue(true);
      this.#record = new RunRecord(request.snapshot, clock);
      // Whoever left the snapshot may have sent the message.
      this.#record.delivery = 'unknown';
      return;
    }
    const { message, sessionId, taskId, clientId, settings, timeouts } = request;
    if (typeof message !== 'string' || message.trim() === '') {
      throw new OptionError({ field: 'message', accepted: 'a text that is not empty' });
    }
    this.#request = { ...request, settings: withTimeouts(settings, timeouts) };
    this.#queue = new EventQueue(request.iterable ?? true);
    const snapshot: RunSnapshot = {
      version: 1,
      sessionId,
      ...(taskId !== undefined && { taskId }),
      ...(clientId !== undefined && { clientId }),
      message,
      sentAt: clock.now(),
      before: null,
    };
    this.#record = new RunRecord(snapshot, clock);
  }

  /**
   * The events, each once. The stream is read only as fast as they are consumed.
   * @throws {@link OptionError} on the second call: a run can be iterated only once.
   */
  [Symbol.asyncIterator](): AsyncIterableIterator<RunEvent> {
    if (this.#iterated) {
      throw new OptionError({
        field: 'run',
        accepted: 'iterated only once',
        hint: 'Keep the events of the first loop, or use `run.result()`, which may be called any number of times.',
      });
    }
    this.#iterated = true;
    const queue = this.#queue;
    const leave = async (): Promise<{ done: true; value: undefined }> => {
      queue.leave();
      this.#abort(new DOMException('The loop over the run was left', 'AbortError'));
      await this.#outcome?.catch(() => {});
      return { done: true, value: undefined };
    };
    return {
      next: () => {
        this.#outcome ??= this.#start();
        return queue.next();
      },
      return: leave,
      async throw(error: unknown) {
        await leave();
        throw error;
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /**
   * What came of the message. On its own it drives the run to its end; beside a loop it waits for the same end. May be
   * called any number of times, before, during and after iterating. Events are kept for a loop that may follow; if
   * none will, use `session.send()`, which keeps none.
   *
   * @throws RunFailedError when the agent says that it failed; RunStalledError or RunInterruptedError when the stream
   * broke and nothing changed; OutcomeUnknownError when that could not be found out; AbortError; NetworkError when
   * nothing was sent; and the errors of a service that refused the message.
   */
  result(): Promise<RunResult> {
    this.#queue.hurry();
    this.#outcome ??= this.#start();
    return this.#outcome;
  }

  /**
   * What another process needs to wait for the outcome: `nemo.runs.open(snapshot)`. Contains no token. Until the
   * message is sent, `before` is null.
   */
  toJSON(): RunSnapshot {
    return this.#record.snapshot;
  }

  #abort(reason: unknown): void {
    this.#stop.abort(reason);
    this.#outcome ??= heard(Promise.reject(this.#record.abortError(reason)));
  }

  #start(): Promise<RunResult> {
    return heard(this.#drive());
  }

  async #drive(): Promise<RunResult> {
    const { signal, onStart, onEnd } = this.#request;
    const record = this.#record;
    const stop = this.#stop;
    const abort = (): void => stop.abort(signal?.reason);
    let unwatch = (): void => {};
    let started = false;
    const end = (): void => {
      unwatch();
      if (!started) return;
      onEnd?.({ state: record.state, sent: record.delivery === 'unknown' });
    };
    try {
      if (signal?.aborted) abort();
      else if (signal !== undefined) unwatch = onAbort(signal, abort);
      stop.signal.throwIfAborted();
      onStart?.();
      started = true;
      const result = await this.#work();
      end();
      this.#queue.end();
      return result;
    } catch (thrown) {
      const { aborted, reason } = stop.signal;
      const error = aborted ? record.abortError(reason) : record.tell(thrown);
      end();
      if (aborted) this.#queue.abort(error);
      else this.#queue.fail(error);
      throw error;
    }
  }

  async #work(): Promise<RunResult> {
    const { awaitOutcome, sendMessage } = await untilAborted(sending(), this.#stop.signal);
    const request = this.#request;
    const run = { ...request, record: this.#record, queue: this.#queue, signal: this.#stop.signal };
    return 'snapshot' in request ? awaitOutcome(request, run) : sendMessage(request, run);
  }
}

/** A promise that nobody need wait for: its failure is told to those who do. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
