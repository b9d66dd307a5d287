import { OptionError, type RunSnapshot } from '../errors/index.js';
import { onAbort } from '../platform/on-abort.js';
import { untilAborted } from '../platform/until-aborted.js';
import { paths, runBody } from '../wire/index.js';
import { follow } from './answer-stream.js';
import { EventQueue } from './event-queue.js';
import type { RunEvent, RunResult } from './events.js';
import { afterBreak, conclude } from './outcome.js';
import { checkMessage, type RunOptions, withTimeouts } from './run-options.js';
import { type RunContext, RunRecord } from './run-record.js';
import { checkIdentity, readRunSnapshot } from './run-snapshot.js';
import type { StateBefore } from './state-before.js';

/** What a run needs of its session: `Session` is one. */
export interface RunSession {
  readonly id: string;
  readonly taskId: string | undefined;
  /** @internal */
  readonly _clientId: string | undefined;
  /** @internal */
  readonly _context: RunContext;
  /** @internal */
  readonly _before: StateBefore;
}

/** How to wait for a message that was sent earlier. */
export interface OpenRunOptions {
  /** Gets the token, so that it is known who is asking. */
  readonly authenticate?: ((signal: AbortSignal) => Promise<unknown>) | undefined;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

/** What makes a run. */
interface RunFacts {
  readonly context: RunContext;
  readonly snapshot: RunSnapshot;
  readonly signal: AbortSignal | undefined;
  /** False when no loop will read the events. */
  readonly iterable: boolean;
  /** Whether the message may have been sent before. */
  readonly sent: boolean;
  readonly work: (run: RunRecord) => Promise<RunResult>;
}

/**
 * A message to the agent and its outcome. Iterate it for the events, await `result()`, or do both; nothing is sent until
 * then, and the message is sent at most once whatever happens.
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
  readonly #facts: RunFacts;
  readonly #record: RunRecord;
  readonly #queue: EventQueue;
  readonly #stop = new AbortController();
  #outcome: Promise<RunResult> | undefined;
  #iterated = false;

  /**
   * A message of a session.
   * @internal Use `session.run()`.
   * @throws {@link OptionError} for an empty message or a limit that is not valid.
   */
  static send(session: RunSession, message: string, options: RunOptions, iterable = true): Run {
    checkMessage(message, options);
    const { _context: context, _clientId: clientId, id, taskId } = session;
    return new Run({
      context: { ...context, run: withTimeouts(context.run, options.timeouts) },
      snapshot: {
        version: 1,
        sessionId: id,
        ...(taskId !== undefined && { taskId }),
        ...(clientId !== undefined && { clientId }),
        message,
        sentAt: context.transport.clock.now(),
        before: null,
      },
      signal: options.signal,
      iterable,
      sent: false,
      work: (run) => sendMessage(session, run, options),
    });
  }

  /**
   * Waits for the outcome of a message that was sent earlier, perhaps by another process. Never sends.
   * @internal Use `nemo.runs.open()`.
   * @throws {@link OptionError} when `snapshot` is not the snapshot of a run.
   */
  static open(context: RunContext, snapshot: RunSnapshot, options: OpenRunOptions = {}): Run {
    const { signal, authenticate } = options;
    return new Run({
      context,
      snapshot: readRunSnapshot(snapshot),
      signal,
      iterable: true,
      sent: true,
      work: (run) => awaitOutcome(run, authenticate),
    });
  }

  private constructor(facts: RunFacts) {
    const { context, snapshot, iterable, sent } = facts;
    this.#facts = facts;
    this.#queue = new EventQueue(iterable);
    this.#record = new RunRecord(context, snapshot, this.#queue, this.#stop.signal);
    if (sent) this.#record.delivery = 'unknown';
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
   * The outcome of the message. Without a loop it drives the run to its end; beside one it waits for the same end. May be
   * called any number of times, before, during and after iterating. Events are kept for a loop that may follow; without
   * one, use `session.send()`, which keeps none.
   *
   * @throws RunFailedError when the agent reports a failure; RunStalledError or RunInterruptedError when the stream broke
   * and nothing changed; OutcomeUnknownError when that could not be found out; AbortError; NetworkError when nothing was
   * sent; and the errors of a service that refused the message.
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
    this.#outcome ??= optional(Promise.reject(this.#record.abortError(reason)));
  }

  #start(): Promise<RunResult> {
    return optional(this.#drive());
  }

  async #drive(): Promise<RunResult> {
    const { signal, work } = this.#facts;
    const record = this.#record;
    const stop = this.#stop;
    const abort = (): void => stop.abort(signal?.reason);
    let unwatch = (): void => {};
    try {
      if (signal?.aborted) abort();
      else if (signal !== undefined) unwatch = onAbort(signal, abort);
      stop.signal.throwIfAborted();
      const result = await work(record);
      unwatch();
      this.#queue.end();
      return result;
    } catch (thrown) {
      unwatch();
      const { aborted, reason } = stop.signal;
      const error = aborted ? record.abortError(reason) : record.errorOf(thrown);
      if (aborted) this.#queue.abort(error);
      else this.#queue.fail(error);
      throw error;
    }
  }
}

/** The straight line of a message: the state before, `onSend`, the message, its answer, its outcome. */
async function sendMessage(session: RunSession, run: RunRecord, { onSend }: RunOptions): Promise<RunResult> {
  const { signal } = run;
  session._before.begin();
  try {
    run.begin(await session._before.get(signal));
    if (onSend !== undefined) await untilAborted(Promise.resolve(onSend(run.snapshot)), signal);
    const end = await follow(
      {
        operation: 'run',
        method: 'POST',
        path: paths.run,
        safety: 'once',
        json: runBody(session.id, run.snapshot.message),
        headers: { accept: 'text/event-stream' },
        about: { sessionId: session.id },
      },
      run,
    );
    return await conclude(end, run);
  } finally {
    session._before.end(run.state, run.delivery === 'unknown');
  }
}

/** Waits for the outcome of a message that was sent before. Only reads. */
async function awaitOutcome(
  run: RunRecord,
  authenticate: OpenRunOptions['authenticate'],
): Promise<RunResult> {
  const { snapshot, transport, settings, signal } = run;
  checkIdentity(snapshot, transport.identity().clientId);
  if (snapshot.clientId !== undefined && authenticate !== undefined) {
    // A token that is not available now is asked for again with every read.
    await untilAborted(
      authenticate(signal).catch(() => {}),
      signal,
    );
    checkIdentity(snapshot, transport.identity().clientId);
  }
  // It may have ended long ago, so the first read is made at once.
  const delaysMs = [0, ...settings.recoveryDelaysMs];
  return afterBreak({ how: 'broken', reason: 'the process that sent it is gone' }, run, delaysMs);
}

/** A promise that need not be awaited: its failure reaches only those who do. */
function optional<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
