import {
  type CallOptions,
  type CreditBalance,
  readBalance,
  type TokensResource,
  tokensOf,
} from './account.js';
import { checkFields, SIGNAL_ONLY } from './errors/index.js';
import { type Layers, layersOf } from './layers.js';
import type { NemoVideoOptions } from './options/client-options.js';
import { openRender, type RenderJob, type RenderSnapshot, readRenderSnapshot } from './render/index.js';
import { Run, type RunSnapshot } from './run/index.js';
import {
  type CreateSessionOptions,
  createSession,
  readSessionSnapshot,
  Session,
  type SessionContext,
  type SessionSnapshot,
} from './session/index.js';
import type { ApiPromise } from './transport/index.js';
import {
  type CreateVideoRequest,
  createVideo,
  type OpenVideoRequest,
  openVideo,
  type SavedVideoResult,
  type VideoServices,
  type VideoSnapshot,
  type VideoTask,
} from './video/index.js';
import { fieldsOf } from './wire/index.js';

/**
 * The client of the NemoVideo service. It resolves its options once; creating one sends nothing.
 *
 * @example
 * ```ts
 * const nemo = new NemoVideo();
 * const video = await nemo.createVideo({ media: ['a.jpg', 'b.jpg'], prompt: 'A 20-second promo', download: 'promo.mp4' }).result();
 * ```
 */
export class NemoVideo {
  /** Sessions: the workspaces that hold media, a timeline and a conversation. */
  readonly sessions: SessionsResource;
  /** The account's credits. */
  readonly credits: CreditsResource;
  /** The tokens of a registered user's account. */
  readonly tokens: TokensResource;
  /** Renders that were started earlier, even by another process. */
  readonly renders: RendersResource;
  /** Messages that were sent earlier, even by another process. */
  readonly runs: RunsResource;
  readonly #layers: Layers;

  /** @throws OptionError for an option that cannot be used. */
  constructor(options: NemoVideoOptions = {}) {
    const layers = layersOf(options);
    const { context } = layers;
    this.#layers = layers;
    this.sessions = {
      create: (request = {}) => createSession(context, request),
      open(session) {
        const facts = readSessionSnapshot(session);
        return new Session(layers.contextFor(facts.clientId, 'session.clientId'), facts);
      },
    };
    this.credits = { balance: (request = {}) => readBalance(context.transport, request) };
    this.tokens = tokensOf(context.transport);
    this.renders = { open: (idOrSnapshot, request = {}) => reopenRender(layers, idOrSnapshot, request) };
    this.runs = { open: (snapshot, request = {}) => openRun(layers, snapshot, request) };
  }

  /**
   * Makes a video of files and a sentence, and saves it: session, upload, message, render, download. `await` it for the
   * result, or loop over it for progress; nothing is sent until then. Leaving the loop does not end it, `task.cancel()`
   * and the `signal` do.
   *
   * The message costs credits (about 50 for an edit of your media, about 100 for each clip that is generated) and is sent
   * at most once; the render and the download are free. With `checkpoint`, the same call continues after a crash.
   *
   * @example
   * ```ts
   * const { path } = await nemo.createVideo({
   *   media: 'photos',
   *   prompt: 'A promo for my café',
   *   duration: 15,
   *   aspectRatio: '9:16',
   *   download: 'promo.mp4',
   *   checkpoint: { store: fileCheckpoints('checkpoints'), id: 'promo' }, // run it again after a crash: it continues
   * });
   * ```
   * @throws OptionError for an invalid request, at once and before anything is sent. The task rejects with
   * InsufficientCreditsError, AwaitingInputError (the agent asks), RunFailedError, RunInterruptedError (it is unclear whether
   * the message had an effect), NothingToExportError, RenderFailedError, AbortError and the other errors of its steps, each
   * with the `snapshot` to continue from: `nemo.openVideo(task.toJSON())`.
   */
  createVideo(request: CreateVideoRequest & { readonly download: string }): VideoTask<SavedVideoResult>;
  /**
   * Makes a video of files and a sentence: session, upload, message, render; with `download`, it is saved too. `await` it
   * for the result, or loop over it for progress; nothing is sent until then. Leaving the loop does not end it,
   * `task.cancel()` and the `signal` do.
   *
   * The message costs credits (about 50 for an edit of your media, about 100 for each clip that is generated) and is sent
   * at most once; the render is free. With `checkpoint`, the same call continues after a crash.
   *
   * @example
   * ```ts
   * const video = nemo.createVideo({ prompt: 'A 10-second video about the sea', title: 'Calm', music: 'soft piano' });
   * for await (const { percent, message } of video) console.log(`${percent} % ${message}`);
   * const { url, timeline } = await video;
   * ```
   * @throws OptionError for an invalid request, at once and before anything is sent. The task rejects with
   * InsufficientCreditsError, AwaitingInputError (the agent asks), RunFailedError, RunInterruptedError (it is unclear whether
   * the message had an effect), NothingToExportError, RenderFailedError, AbortError and the other errors of its steps, each
   * with the `snapshot` to continue from: `nemo.openVideo(task.toJSON())`.
   */
  createVideo(request: CreateVideoRequest): VideoTask;
  createVideo(request: CreateVideoRequest): VideoTask {
    const { context } = this.#layers;
    return createVideo(this.#videoServices(context), context.transport.clock, request);
  }

  /**
   * Continues a video that another process began. No step that costs credits is repeated.
   * @throws OptionError when `snapshot` is not a snapshot of a video, or one of another client.
   * @example
   * ```ts
   * const snapshot: VideoSnapshot = JSON.parse(await readFile('video.json', 'utf8'));
   * const { url } = await nemo.openVideo(snapshot);
   * ```
   */
  openVideo(snapshot: VideoSnapshot, request: OpenVideoRequest = {}): VideoTask {
    const context = this.#layers.contextFor(makerOf(snapshot), 'snapshot.clientId');
    return openVideo(this.#videoServices(context), context.transport.clock, snapshot, request);
  }

  #videoServices(context: SessionContext): VideoServices {
    const { transport } = context;
    return {
      createSession: (request) => createSession(context, request),
      openSession: (snapshot) => this.sessions.open(snapshot),
      openRun: (snapshot, request) => this.runs.open(snapshot, request),
      openRender: (snapshot, request) => this.renders.open(snapshot, request),
      // Known only once there is a first token.
      clientId: () => transport.identity().clientId,
      settle: context.settle,
      patience: {
        minMs: context.render.minMs,
        maxMs: context.render.maxMs,
        limitMs: context.render.timeoutMs,
      },
    };
  }
}

/** Sessions of the service. */
export interface SessionsResource {
  /**
   * Opens a new session.
   * @throws AuthenticationError, NetworkError and the other errors of a call.
   */
  create(request?: CreateSessionOptions): ApiPromise<Session>;
  /**
   * Opens an existing session. Makes no request.
   * @throws OptionError when the argument is not a session's id or snapshot.
   */
  open(
    session: { readonly sessionId: string; readonly taskId?: string | undefined } | SessionSnapshot,
  ): Session;
}

/** Credits of the account. */
export interface CreditsResource {
  /** Reads the balance. */
  balance(request?: CallOptions): ApiPromise<CreditBalance>;
}

/** Renders of the service. */
export interface RendersResource {
  /**
   * Opens a render that was started earlier, even by another process. Makes no request until it is used.
   * @throws OptionError when the argument is neither an id nor a snapshot.
   */
  open(idOrSnapshot: string | RenderSnapshot, request?: CallOptions): RenderJob;
}

/** Messages of the service. */
export interface RunsResource {
  /**
   * Waits for the outcome of a message that was sent earlier, even by another process. Never sends it.
   * @throws OptionError when the argument is not a snapshot of a run.
   */
  open(snapshot: RunSnapshot, request?: CallOptions): Run;
}

function openRun(layers: Layers, snapshot: RunSnapshot, request: CallOptions): Run {
  checkFields(request, SIGNAL_ONLY);
  const context = layers.contextFor(makerOf(snapshot), 'snapshot.clientId');
  return Run.open(context, snapshot, {
    authenticate: (signal) => layers.authorize.token(signal),
    signal: request.signal,
  });
}

function reopenRender(
  layers: Layers,
  idOrSnapshot: string | RenderSnapshot,
  request: CallOptions,
): RenderJob {
  checkFields(request, SIGNAL_ONLY);
  const snapshot = readRenderSnapshot(idOrSnapshot);
  const { transport, render: settings } = layers.contextFor(snapshot.clientId, 'snapshot.clientId');
  return openRender({ transport, settings }, snapshot, request.signal);
}

/** The client id of what should be a snapshot; whether it is one is checked where it is opened. */
function makerOf(snapshot: unknown): string | undefined {
  const { clientId } = fieldsOf(snapshot);
  return typeof clientId === 'string' ? clientId : undefined;
}
