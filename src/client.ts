import { Authorizer, defaultAuth, issueAnonymousToken, resolveCredentialStore } from './auth/index.js';
import { type CreditBalance, readBalance } from './credits.js';
import { checkFields, OptionError, SIGNAL_ONLY } from './errors/index.js';
import type { NemoVideoOptions } from './options.js';
import { Pacer, RenderJob, type RenderSnapshot, readRenderSnapshot } from './render/index.js';
import { resolveOptions } from './resolve-options.js';
import { Run, type RunSnapshot } from './run/index.js';
import {
  createSession,
  readSessionSnapshot,
  Session,
  type SessionContext,
  type SessionSnapshot,
} from './session/index.js';
import { type ApiPromise, Transport } from './transport/index.js';
import {
  type CreateVideoRequest,
  createVideo,
  type OpenVideoRequest,
  openVideo,
  type VideoServices,
  type VideoSnapshot,
  type VideoTask,
} from './video/index.js';

/**
 * The client of the NemoVideo service. It resolves its options once and holds the layers together; making one sends
 * nothing.
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
  /** Renders that were started earlier. */
  readonly renders: RendersResource;
  /** Messages that were sent earlier. */
  readonly runs: RunsResource;
  readonly #context: SessionContext;

  /** @throws OptionError for an option that cannot be used. */
  constructor(options: NemoVideoOptions = {}) {
    const context = contextOf(options);
    this.#context = context;
    this.sessions = {
      create: (request = {}) => createSession(context, request),
      open: (session) => new Session(context, readSessionSnapshot(session)),
    };
    this.credits = { balance: (request = {}) => readBalance(context.transport, request) };
    this.renders = {
      open: (idOrSnapshot, request = {}) => openRender(context, idOrSnapshot, request),
    };
    this.runs = {
      open(snapshot, request = {}) {
        checkFields(request, SIGNAL_ONLY);
        return Run.open({ ...context, settings: context.run, snapshot, signal: request.signal });
      },
    };
  }

  /**
   * Makes a video: session, upload, message, render, download. Nothing is sent until the task is looped over or its
   * `result()` is called.
   * @throws OptionError for an empty prompt or an empty list of media.
   */
  createVideo(request: CreateVideoRequest): VideoTask {
    return createVideo(this.#videoServices(), this.#context.transport.clock, request);
  }

  /**
   * Goes on with a video that another process began. No step that costs is repeated.
   * @throws OptionError when `snapshot` is not a snapshot of a video.
   */
  openVideo(snapshot: VideoSnapshot, request: OpenVideoRequest = {}): VideoTask {
    return openVideo(this.#videoServices(), this.#context.transport.clock, snapshot, request);
  }

  #videoServices(): VideoServices {
    const { transport } = this.#context;
    return {
      createSession: (request) => this.sessions.create(request),
      openSession: (snapshot) => this.sessions.open(snapshot),
      openRun: (snapshot, request) => this.runs.open(snapshot, request),
      openRender: (snapshot, request) => this.renders.open(snapshot, request),
      // Known only when the first token has been had.
      clientId: () => transport.identity().clientId,
    };
  }
}

/** Sessions of the service. */
export interface SessionsResource {
  /**
   * Opens a new session.
   * @throws AuthenticationError, NetworkError and the rest of the family.
   */
  create(request?: {
    readonly taskName?: string;
    readonly language?: string;
    readonly signal?: AbortSignal;
  }): ApiPromise<Session>;
  /**
   * Goes on with a session that exists. Makes no request.
   * @throws OptionError when the argument is not a session's id or snapshot.
   */
  open(session: { readonly sessionId: string; readonly taskId?: string } | SessionSnapshot): Session;
}

/** Credits of the account. */
export interface CreditsResource {
  /** Reads the balance. */
  balance(request?: { readonly signal?: AbortSignal }): ApiPromise<CreditBalance>;
}

/** Renders of the service. */
export interface RendersResource {
  /**
   * Watches a render that was started earlier, also by another process. Makes no request until it is used.
   * @throws OptionError when the argument is neither an id nor a snapshot.
   */
  open(idOrSnapshot: string | RenderSnapshot, request?: { readonly signal?: AbortSignal }): RenderJob;
}

/** Messages of the service. */
export interface RunsResource {
  /**
   * Waits for the outcome of a message that was sent earlier, also by another process. Never sends it.
   * @throws OptionError when the argument is not a snapshot of a run.
   */
  open(snapshot: RunSnapshot, request?: { readonly signal?: AbortSignal }): Run;
}

/** Wires the layers. */
function contextOf(options: NemoVideoOptions): SessionContext {
  const resolved = resolveOptions(options);
  const { clock, logger, timeouts, poll } = resolved;
  const settings = { ...resolved, requestTimeoutMs: timeouts.request };
  const anonymous = new Transport(settings);
  const provider = resolved.auth ?? defaultAuth(resolved);
  const authorize = new Authorizer(provider, {
    origin: new URL(resolved.baseUrl).origin,
    clientId: resolved.clientId,
    store: resolveCredentialStore(resolved.credentialStore),
    clock,
    logger,
    issueAnonymousToken: (clientId, signal) => issueAnonymousToken(anonymous, clientId, signal),
  });
  return {
    transport: new Transport(settings, authorize),
    language: resolved.language,
    webUrl: resolved.webUrl,
    run: {
      streamIdleMs: timeouts.streamIdle,
      streamIdleMaxMs: resolved.streamIdleMaxMs,
      contentIdleMs: timeouts.contentIdle,
      runMs: timeouts.run,
      recoveryDelaysMs: resolved.recoveryDelaysMs,
      stillWorkingMs: resolved.stillWorkingMs,
      maxLineLength: resolved.maxLineLength,
    },
    upload: { idleMs: timeouts.uploadIdle },
    render: {
      minMs: poll.minMs,
      maxMs: poll.maxMs,
      schedule: poll.schedule,
      pacer: new Pacer(poll, clock),
      timeoutMs: timeouts.render,
      downloadIdleMs: timeouts.uploadIdle,
    },
  };
}

function openRender(
  context: SessionContext,
  idOrSnapshot: string | RenderSnapshot,
  request: { readonly signal?: AbortSignal },
): RenderJob {
  checkFields(request, SIGNAL_ONLY);
  const snapshot = readRenderSnapshot(idOrSnapshot);
  const { clientId } = context.transport.identity();
  if (snapshot.clientId !== undefined && clientId !== undefined && snapshot.clientId !== clientId) {
    throw new OptionError({
      field: 'snapshot.clientId',
      accepted: `this client's own (${clientId})`,
      hint: 'Open it with the `clientId` or token of whoever started it.',
    });
  }
  const { unsubmitted } = snapshot;
  return new RenderJob(
    { transport: context.transport, settings: context.render },
    {
      ...snapshot,
      startedAt: snapshot.startedAt ?? context.transport.clock.now(),
      ...(unsubmitted === undefined
        ? {}
        : { submission: { ...unsubmitted, maybeSubmitted: true, onSubmit: undefined, turn: undefined } }),
      signal: request.signal,
    },
  );
}
