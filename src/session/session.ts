import { replaceSandboxPaths, type Timeline } from '../draft/index.js';
import {
  type AgentQuestion,
  checkFields,
  NothingToExportError,
  OptionError,
  SIGNAL_ONLY,
  withCaller,
} from '../errors/index.js';
import type { Logger } from '../platform/logger.js';
import { exportDraft, isFinal, type RenderJob } from '../render/index.js';
import {
  answerMessage,
  baselineOf,
  emptyTimeline,
  listOf,
  type QuestionAnswers,
  type RawState,
  Run,
  type RunOptions,
  rawState,
  readMedia,
  readRawState,
  type SessionState,
  StateBefore,
  sessionState,
  stateCall,
} from '../run/index.js';
import { type Answer, ApiPromise, abortable, throwIfAborted } from '../transport/index.js';
import {
  type ClaimTokenBody,
  claimTokenAnswer,
  isId,
  paths,
  type StateAnswer,
  stateAnswer,
  textOf,
} from '../wire/index.js';
import type { MediaInput } from './media/media-input.js';
import type { SessionContext } from './session-context.js';
import { checkExportOptions, type ExportOptions } from './session-options.js';
import type { SessionSnapshot } from './session-snapshot.js';
import { ArrivedBefore, type UploadOptions, uploadMedia } from './upload/upload.js';
import type { UploadedMedia } from './upload/upload-request.js';

/** What is known of a session when it is opened. */
export interface SessionFacts {
  readonly sessionId: string;
  readonly taskId?: string | undefined;
  readonly clientId?: string | undefined;
}

/**
 * A workspace of the service: media, a timeline, and a conversation with the agent that edits it. Messages are
 * handled one at a time; so are exports.
 *
 * @example
 * ```ts
 * const session = await nemo.sessions.create();
 * await session.upload(['photo-1.jpg', 'photo-2.jpg']);
 * await session.run('Make a 10-second video with music');
 * const job = await session.export();
 * await job.download('promo.mp4');
 * ```
 */
export class Session {
  /** The id of the session. */
  readonly id: string;
  /** @internal */
  readonly _context: SessionContext;
  /** @internal */
  readonly _clientId: string | undefined;
  /** @internal */
  readonly _before: StateBefore;
  readonly #arrived = new ArrivedBefore();
  #taskId: string | undefined;
  #lastExport: Promise<RenderJob | undefined> = Promise.resolve(undefined);

  /** @internal Made by `nemo.sessions.create()` and `nemo.sessions.open()`. */
  constructor(context: SessionContext, facts: SessionFacts) {
    this.id = facts.sessionId;
    this.#taskId = facts.taskId;
    this._context = context;
    this._clientId = facts.clientId;
    this._before = new StateBefore({
      sessionId: this.id,
      clock: context.transport.clock,
      settleMs: context.settle.intervalMs,
      read: (signal) => readRawState(context.transport, this.id, { signal }),
    });
    // A session is printed as its ids, not with all that the client is made of.
    for (const field of ['_context', '_clientId', '_before'])
      Object.defineProperty(this, field, { enumerable: false });
  }

  /** The task that the session belongs to; undefined while it is not known, of a session that was opened by its id. */
  get taskId(): string | undefined {
    return this.#taskId;
  }

  /**
   * Uploads files, addresses, Blobs, bytes or streams; the result is in the order given. The type and size of every file
   * are checked before a byte is sent. When one of several fails, the error has its `file` and `index` and, as `uploaded`,
   * the files that are in the session; the same call again does not send those a second time.
   * @throws OptionError, UnsupportedMediaError, MediaTooLargeError, MediaReadError, and the errors of a call.
   * @example
   * ```ts
   * const [photo] = await session.upload('photo-1.jpg', { onProgress: ({ loaded, total }) => console.log(loaded, total) });
   * console.log(photo?.name, photo?.url);
   * ```
   */
  async upload(
    media: MediaInput | readonly MediaInput[],
    options: UploadOptions = {},
  ): Promise<UploadedMedia[]> {
    const { transport, upload: settings } = this._context;
    const before = this._before.known?.media;
    this._before.changed();
    try {
      const target = { transport, settings, sessionId: this.id, before, arrived: this.#arrived };
      const uploaded = await withCaller(() => uploadMedia(target, media, options));
      // Again: a state that was read meanwhile has only some of the files.
      this._before.changed();
      // A message about the files is likely to follow.
      this._before.readAhead();
      return uploaded;
    } catch (error) {
      this._before.changed();
      throw error;
    }
  }

  /**
   * Sends a message to the agent, which edits the timeline. Await it for the result, iterate it for the events; nothing is
   * sent until then. Leaving the loop does not end it, `run.cancel()` and the `signal` do.
   *
   * The message costs credits (about 50 for an edit, about 100 for each clip that is generated) and is sent at most once,
   * whatever happens to the connection: after a break, the outcome is read from the session.
   *
   * @example
   * ```ts
   * const run = session.run('Add the title "Urban Dreams"');
   * for await (const event of run) if (event.type === 'text') process.stdout.write(event.displayDelta);
   * const { summary, question } = await run; // a question is answered with `session.answer(question, answers)`
   * ```
   * @throws OptionError for an empty message, at once. The run rejects with SessionBusyError while another message of this
   * session is at work, InsufficientCreditsError, RunFailedError when the agent fails, RunInterruptedError or RunStalledError
   * when the stream broke and nothing changed, OutcomeUnknownError when that could not be found out, and AbortError.
   */
  run(message: string, options: RunOptions = {}): Run {
    return Run.send(this, message, options);
  }

  /** The same as {@link Session.run}. */
  send(message: string, options: RunOptions = {}): Run {
    return this.run(message, options);
  }

  /**
   * Answers a question of the agent: an ordinary message, which costs what a message costs.
   * @param question the `question` of a result, of an event, or of an AwaitingInputError.
   * @param answers by the ids of `question.questions`: the id of an option, a list of them, or free text. What is left out
   * is skipped.
   * @throws OptionError naming an answer that is to no question.
   * @example
   * ```ts
   * const { question } = await session.run('Make a promo');
   * const [first] = question?.questions ?? [];
   * if (question !== undefined && first !== undefined) await session.answer(question, { [first.id]: 'calm' });
   * ```
   */
  answer(question: AgentQuestion, answers: QuestionAnswers, options: RunOptions = {}): Run {
    return this.run(answerMessage(question, answers), options);
  }

  /** Reads the state. A session without a draft is normal: then `draft` and `timeline` are absent. */
  state(options: { readonly signal?: AbortSignal | undefined } = {}): ApiPromise<SessionState> {
    const learn = this._before.reading();
    return ApiPromise.of(this.#readState(options), (data) => {
      const raw = rawState(data, this.id);
      learn(raw);
      this.#taskId ??= idIn(data.task_id);
      return sessionState(raw);
    });
  }

  /** Reads the timeline; an empty one when there is no draft yet. */
  async timeline(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<Timeline> {
    const { timeline } = await this.state(options);
    return timeline ?? emptyTimeline();
  }

  /**
   * Renders the timeline as it is now. Resolves when the service has accepted it, or at once with a `queued` job
   * while another export of this session is under way.
   * @throws NothingToExportError before anything is submitted; ExportNotAllowedError and the other errors of a call.
   * @example
   * ```ts
   * const job = await session.export();
   * for await (const { status, progress } of job) console.log(status, progress);
   * const { url } = await job.result();
   * ```
   */
  export(options: ExportOptions = {}): Promise<RenderJob> {
    return withCaller(() => this.#export(options));
  }

  async #export(options: ExportOptions): Promise<RenderJob> {
    checkExportOptions(options);
    const { transport, render: settings } = this._context;
    const { id: sessionId } = this;
    const { signal } = options;
    const learn = this._before.reading();
    const raw = await readRawState(transport, sessionId, { signal });
    learn(raw);
    const { timeline } = sessionState(raw);
    if (timeline === undefined || !timeline.isExportable()) throw new NothingToExportError({ sessionId });
    const clientId = this._clientId ?? transport.identity().clientId;
    const draft = draftToRender(raw, transport.logger);
    const request = { ...options, sessionId, clientId, draft };
    const before = this.#lastExport;
    const job = before.then((previous) => {
      const turn = previous === undefined || isFinal(previous.status) ? undefined : previous.result();
      // Its failure reaches those who wait for it; the next export only waits for its end.
      turn?.catch(() => {});
      throwIfAborted(signal, 'export', { sessionId });
      return exportDraft({ transport, settings }, { ...request, turn });
    });
    // One that could not be submitted leaves the place to the one before it.
    this.#lastExport = job.catch(() => before);
    // The one before it may be under way for long.
    return abortable(job, signal, { operation: 'export', sessionId });
  }

  /**
   * A link that opens this project in a browser and makes it the visitor's own (wire document, "Endpoints"). It carries a
   * claim token that is valid for seven days, never the account's token.
   * @throws OptionError when the session was opened without its task id, and its state does not have it.
   */
  async claimLink(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<URL> {
    checkFields(options, SIGNAL_ONLY);
    const { transport, webUrl } = this._context;
    const { signal } = options;
    // The answer to a state call also names the task.
    if (this.#taskId === undefined) await this.state({ signal });
    if (this.#taskId === undefined) {
      throw new OptionError({
        field: 'session.taskId',
        accepted: 'the id of the task, which the service does not report for this session',
        hint: 'Open the session with `{ sessionId, taskId }` or from its snapshot.',
      });
    }
    const json: ClaimTokenBody = { task_id: this.#taskId, session_id: this.id };
    const { data } = await transport.json(
      {
        operation: 'claim',
        method: 'POST',
        path: paths.claimToken,
        safety: 'safe',
        json,
        signal,
        about: { sessionId: this.id },
      },
      claimTokenAnswer,
    );
    // The address of the website may have a query, such as the name of a partner.
    const link = new URL(webUrl);
    link.pathname = `${link.pathname.replace(/\/+$/, '')}/workspace/claim`;
    link.searchParams.set('ct', data.claim_token);
    return link;
  }

  /** What another process needs to continue: `nemo.sessions.open(snapshot)`. Contains no token. */
  toJSON(): SessionSnapshot {
    const clientId = this._clientId ?? this._context.transport.identity().clientId;
    return {
      version: 1,
      sessionId: this.id,
      ...(this.taskId === undefined ? {} : { taskId: this.taskId }),
      ...(clientId === undefined ? {} : { clientId }),
    };
  }

  async #readState(options: { readonly signal?: AbortSignal | undefined }): Promise<Answer<StateAnswer>> {
    checkFields(options, SIGNAL_ONLY);
    return this._context.transport.json(stateCall(this.id, options), stateAnswer);
  }
}

function idIn(value: unknown): string | undefined {
  const text = textOf(value);
  return isId(text) ? text : undefined;
}

/** The draft for a render, which cannot read the agent's sandbox: its paths become the addresses of those files. */
function draftToRender(raw: RawState, logger: Logger): unknown {
  const entries = [...listOf(raw.video_infos), ...listOf(raw.generated_media)];
  const files = entries.flatMap((entry) => readMedia(entry) ?? []);
  const { draft, replaced } = replaceSandboxPaths(baselineOf(raw).draft, files);
  for (const { path } of replaced) logger.info('export: replaced a path of the sandbox', { path });
  return draft;
}
