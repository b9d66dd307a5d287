import type { RunSnapshot } from '../errors/index.js';
import { untilAborted } from '../platform/abort.js';
import { Task } from '../task/index.js';
import { paths, runBody } from '../wire/index.js';
import { follow } from './answer-stream.js';
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

/**
 * A message to the agent: a promise of its result, an iterable of its events, and a handle. Nothing is sent until it is
 * awaited or iterated, and then at most once whatever happens.
 *
 * Leaving a loop (`break`, an error in its body) only stops watching: the message is paid work, and its answer is still
 * read to the end. `cancel()`, the `signal`, `await using` and the time limits end a run.
 *
 * Fails with RunFailedError when the agent reports a failure; RunStalledError or RunInterruptedError when the stream
 * broke and nothing changed; OutcomeUnknownError when that could not be found out; AbortError; SessionBusyError while
 * another message of the session is at work; NetworkError when nothing was sent; and the errors of a service that refused
 * the message.
 *
 * @example
 * ```ts
 * const run = session.run('Add a title "Urban Dreams"');
 * for await (const event of run) if (event.type === 'text') process.stdout.write(event.displayDelta);
 * const { changes } = await run;
 * ```
 */
export class Run extends Task<RunEvent, RunResult> {
  readonly #record: RunRecord;

  /**
   * A message of a session.
   * @internal Use `session.run()`.
   * @throws {@link OptionError} for an empty message or a limit that is not valid.
   */
  static send(session: RunSession, message: string, options: RunOptions): Run {
    checkMessage(message, options);
    const { _context: context, _clientId: clientId, id, taskId } = session;
    const record = new RunRecord(
      { ...context, run: withTimeouts(context.run, options.timeouts) },
      {
        version: 1,
        sessionId: id,
        ...(taskId !== undefined && { taskId }),
        ...(clientId !== undefined && { clientId }),
        message,
        sentAt: context.transport.clock.now(),
        before: null,
      },
    );
    return new Run(record, options.signal, () => sendMessage(session, record, options));
  }

  /**
   * Waits for the outcome of a message that was sent earlier, perhaps by another process. Never sends.
   * @internal Use `nemo.runs.open()`.
   * @throws {@link OptionError} when `snapshot` is not the snapshot of a run.
   */
  static open(context: RunContext, snapshot: RunSnapshot, options: OpenRunOptions = {}): Run {
    const record = new RunRecord(context, readRunSnapshot(snapshot));
    record.delivery = 'unknown';
    return new Run(record, options.signal, () => awaitOutcome(record, options.authenticate));
  }

  private constructor(record: RunRecord, signal: AbortSignal | undefined, work: () => Promise<RunResult>) {
    super({
      name: 'Run',
      clock: record.transport.clock,
      signal,
      async work(events, stop) {
        record.events = events;
        record.signal = stop;
        try {
          return await work();
        } catch (error) {
          throw record.errorOf(error);
        }
      },
      aborted(reason) {
        const error = record.abortError(reason);
        // The session is free for the next message at once.
        record.leaveSession(false);
        return error;
      },
    });
    this.#record = record;
  }

  /**
   * What another process needs to wait for the outcome: `nemo.runs.open(snapshot)`. Contains no token. Until the
   * message is sent, `before` is null.
   */
  toJSON(): RunSnapshot {
    return this.#record.snapshot;
  }
}

/** The straight line of a message: the state before, `onSend`, the message, its answer, its outcome. */
async function sendMessage(session: RunSession, run: RunRecord, { onSend }: RunOptions): Promise<RunResult> {
  const { signal } = run;
  const leave = session._before.begin();
  run.leaveSession = (follows) => leave(run.delivery === 'unknown', follows);
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
    run.leaveSession(true);
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
