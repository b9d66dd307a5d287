import type { Timeline } from '../draft/index.js';
import { checkFields, NothingToExportError, OptionError, SIGNAL_ONLY } from '../errors/index.js';
import { exportDraft, isFinal, type RenderJob } from '../render/index.js';
import {
  baselineOf,
  Run,
  type RunResult,
  rawState,
  readRawState,
  type SessionState,
  stateCall,
} from '../run/index.js';
import { type Answer, ApiPromise, abortable, onDemand, throwIfAborted } from '../transport/index.js';
import { type StateAnswer, stateAnswer } from '../wire/index.js';
import { KnownState } from './baseline.js';
import { claimLink } from './claim-link.js';
import { keepContext, type SessionContext } from './context.js';
import { checkExportOptions } from './export-options.js';
import type { MediaInput } from './media/media-input.js';
import { type ExportOptions, RUN_FIELDS, type RunOptions } from './options.js';
import type { SessionSnapshot } from './snapshot.js';
import { type UploadOptions, uploadMedia } from './upload/upload.js';
import type { UploadedMedia } from './upload/upload-request.js';

const reading = /* @__PURE__ */ onDemand(() => import('../run/session-state.js'));

/** What is known of a session when it is opened. */
export interface SessionFacts {
  readonly sessionId: string;
  readonly taskId?: string | undefined;
  readonly clientId?: string | undefined;
  /** True for one that was just created, and so is known to be empty. */
  readonly fresh?: boolean;
}

/**
 * A workspace of the service: media, a timeline, and a conversation with the agent that edits it. Messages are
 * handled one at a time; so are exports.
 */
export class Session {
  /** The id of the session. */
  readonly id: string;
  /** The task that the session belongs to; undefined when it was opened by its id alone. */
  readonly taskId: string | undefined;
  readonly #context: SessionContext;
  readonly #clientId: string | undefined;
  readonly #known: KnownState;
  #running = false;
  #lastExport: Promise<RenderJob | undefined> = Promise.resolve(undefined);

  /** @internal Made by `nemo.sessions.create()` and `nemo.sessions.open()`. */
  constructor(context: SessionContext, facts: SessionFacts) {
    this.#context = context;
    keepContext(this, context);
    this.#clientId = facts.clientId;
    this.#known = new KnownState(facts.fresh ?? false);
    this.id = facts.sessionId;
    this.taskId = facts.taskId;
  }

  /**
   * Uploads files, addresses, Blobs or streams; the result is in the order given. The type and size of every file are
   * checked before a byte is sent.
   * @throws OptionError, UnsupportedMediaError, MediaTooLargeError, MediaReadError, and the errors of a call.
   */
  async upload(
    media: MediaInput | readonly MediaInput[],
    options: UploadOptions = {},
  ): Promise<UploadedMedia[]> {
    const { transport, upload: settings } = this.#context;
    const before = this.#known.current?.media;
    this.#known.forget();
    try {
      return await uploadMedia({ transport, settings, sessionId: this.id, before }, media, options);
    } finally {
      // Again: whatever was read meanwhile knows only some of the files.
      this.#known.forget();
    }
  }

  /**
   * A message to the agent, for iterating. Nothing is sent until the run is used, and then at most once.
   * @throws OptionError for an empty message. The run fails with one while another run of this session is under way.
   */
  run(message: string, options: RunOptions = {}): Run {
    return this.#run(message, options, true);
  }

  /** A message to the agent, for awaiting: `run(message).result()`. */
  async send(message: string, options: RunOptions = {}): Promise<RunResult> {
    return this.#run(message, options, false).result();
  }

  /** Reads the state. A session without a draft is normal: then `draft` and `timeline` are absent. */
  state(options: { readonly signal?: AbortSignal } = {}): ApiPromise<SessionState> {
    const learn = this.#known.reading();
    return ApiPromise.of(this.#askForState(options), async (data) => {
      const raw = rawState(data, this.id);
      learn(raw);
      return (await reading()).sessionState(raw);
    });
  }

  /** Reads the timeline; an empty one when there is no draft yet. */
  async timeline(options: { readonly signal?: AbortSignal } = {}): Promise<Timeline> {
    const { timeline } = await this.state(options);
    return timeline ?? (await reading()).emptyTimeline();
  }

  /**
   * Renders the timeline as it is now. Resolves when the service has accepted it, or at once with a `queued` job
   * while another export of this session is under way.
   * @throws NothingToExportError before anything is submitted; ExportNotAllowedError and the other errors of a call.
   */
  async export(options: ExportOptions = {}): Promise<RenderJob> {
    checkExportOptions(options);
    const { transport, render: settings } = this.#context;
    const learn = this.#known.reading();
    const raw = await readRawState(transport, this.id, { signal: options.signal });
    learn(raw);
    const { timeline } = (await reading()).sessionState(raw);
    if (timeline === undefined || !timeline.isExportable())
      throw new NothingToExportError({ sessionId: this.id });
    const request = {
      ...options,
      sessionId: this.id,
      clientId: this.#clientId ?? transport.identity().clientId,
      draft: baselineOf(raw).draft,
    };
    const before = this.#lastExport;
    const job = before.then((previous) => {
      const turn = previous === undefined || isFinal(previous.status) ? undefined : previous.result();
      // Who waits for its end is told; nobody has to.
      turn?.catch(() => {});
      throwIfAborted(options.signal, 'export', { sessionId: this.id });
      return exportDraft({ transport, settings }, { ...request, turn });
    });
    // One that could not be submitted leaves the place to the one before it.
    this.#lastExport = job.catch(() => before);
    // The one before it may be under way for long.
    return abortable(job, options.signal, { operation: 'export', sessionId: this.id });
  }

  /**
   * A link that opens this project in a browser and makes it the visitor's own. It carries a claim token that is
   * valid for seven days, never the account's token.
   * @throws OptionError when the session was opened without its task id.
   */
  async claimLink(options: { readonly signal?: AbortSignal } = {}): Promise<URL> {
    checkFields(options, SIGNAL_ONLY);
    return claimLink(this.#context, this, options.signal);
  }

  /** What another process needs to continue: `nemo.sessions.open(snapshot)`. Contains no token. */
  toJSON(): SessionSnapshot {
    const clientId = this.#clientId ?? this.#context.transport.identity().clientId;
    return {
      version: 1,
      sessionId: this.id,
      ...(this.taskId === undefined ? {} : { taskId: this.taskId }),
      ...(clientId === undefined ? {} : { clientId }),
    };
  }

  async #askForState(options: { readonly signal?: AbortSignal }): Promise<Answer<StateAnswer>> {
    checkFields(options, SIGNAL_ONLY);
    return this.#context.transport.json(stateCall(this.id, options), stateAnswer);
  }

  #run(message: string, options: RunOptions, iterable: boolean): Run {
    checkFields(options, RUN_FIELDS);
    const { transport, run: settings, language } = this.#context;
    return new Run({
      ...options,
      transport,
      settings,
      language,
      sessionId: this.id,
      taskId: this.taskId,
      clientId: this.#clientId,
      message,
      iterable,
      baseline: async (signal) =>
        this.#known.current ?? baselineOf(await readRawState(transport, this.id, { signal })),
      onStart: () => {
        if (this.#running) {
          throw new OptionError({
            field: 'message',
            accepted: 'sent when the run before it has ended',
            hint: 'Await the run that is under way, or open a second session: a session does one thing at a time.',
          });
        }
        this.#running = true;
        this.#known.change();
      },
      onEnd: ({ state, sent }) => {
        this.#running = false;
        if (state !== undefined) this.#known.learn(state);
        else if (sent) this.#known.forget();
      },
    });
  }
}
