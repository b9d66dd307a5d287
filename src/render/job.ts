import { checkFields, OptionError, SIGNAL_ONLY, withCaller } from '../errors/index.js';
import { onAbort } from '../platform/abort.js';
import { eventStream } from '../task/index.js';
import { type OutputOptions, outputOf } from '../wire/index.js';
import {
  checkDestination,
  DOWNLOAD_FIELDS,
  type DownloadDestination,
  type DownloadOptions,
  type DownloadResult,
} from './download/destination.js';
import { downloadRender } from './download/download.js';
import { type RenderJobFacts, RenderLifecycle, type RenderResult } from './lifecycle.js';
import type { RenderContext } from './poll.js';
import type { RenderSnapshot, RenderStatus, RenderUpdate, readRenderSnapshot } from './render-state.js';
import { newRenderId, type RenderSubmission, submitRender } from './submit.js';

/**
 * One render: watch it (`for await`), wait for it (`result()`), download the file (`download()`), or store it
 * (`toJSON()`) and continue in another process. The service is polled only while there is a loop or a `result()`; all of
 * them share the same requests. Leaving a loop stops watching and cancels nothing.
 *
 * @example
 * ```ts
 * const job = nemo.renders.open('render_1'); // or `await session.export()`
 * for await (const { status, progress } of job) console.log(status, progress);
 * const { path } = await job.download('promo.mp4');
 * ```
 */
export class RenderJob implements AsyncIterable<RenderUpdate>, AsyncDisposable {
  readonly #context: RenderContext;
  readonly #lifecycle: RenderLifecycle;

  /** @internal Made by `session.export()` and `nemo.renders.open()`. */
  constructor(context: RenderContext, facts: RenderJobFacts) {
    this.#context = context;
    this.#lifecycle = new RenderLifecycle(context, facts);
    // A queued export is submitted in its turn whether it is watched or not.
    if (facts.turn !== undefined) this.#lifecycle.start();
  }

  /** The id of the render. It changes once if the service refuses the first one; `onSubmit` gets both. */
  get id(): string {
    return this.#lifecycle.state.id;
  }

  /** The status that was last seen. Makes no request. */
  get status(): RenderStatus {
    return this.#lifecycle.state.status;
  }

  /**
   * Asks the service once how far the render is, without waiting for its end: for a program that looks now and then.
   * A render that has ended is not asked for again.
   * @throws the errors of a call.
   */
  async refresh(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<RenderUpdate> {
    checkFields(options, SIGNAL_ONLY);
    return this.#lifecycle.refresh(options.signal);
  }

  /** The present state first, then every change until the end. Throws what {@link RenderJob.result} rejects with. */
  [Symbol.asyncIterator](): AsyncIterableIterator<RenderUpdate> {
    return this.#lifecycle.listen();
  }

  /**
   * Waits for the end. May be called any number of times; all calls share the requests.
   * @throws RenderFailedError, RenderCancelledError, RenderTimeoutError, AuthenticationError, AbortError
   */
  async result(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<RenderResult> {
    checkFields(options, SIGNAL_ONLY);
    return withCaller(() => this.#end(options.signal));
  }

  /**
   * Asks the service to cancel the render; one that has not been submitted is dropped without a request, and one whose
   * submission is on its way is cancelled when the service has it. Then `result()` rejects with `RenderCancelledError`.
   * A render that has already ended, or whose submission fails, is left as it is.
   * @throws ApiError and the other errors of a call, when the service refuses.
   */
  async cancel(options: { readonly signal?: AbortSignal | undefined } = {}): Promise<void> {
    checkFields(options, SIGNAL_ONLY);
    await this.#lifecycle.cancel(options.signal);
  }

  /**
   * Waits for the end if necessary, then downloads the MP4 to a path, a `WritableStream` or a function.
   * An existing file at the path is replaced only when the new one is complete.
   * @throws OptionError before it waits, for something that is not a destination, or a path whose folder does not exist;
   * DownloadError, AbortError, and whatever {@link RenderJob.result} rejects with.
   * @example
   * ```ts
   * await job.download('promo.mp4', { onProgress: ({ loaded, total }) => console.log(loaded, total) });
   * ```
   */
  async download(destination: DownloadDestination, options: DownloadOptions = {}): Promise<DownloadResult> {
    checkFields(options, DOWNLOAD_FIELDS);
    await checkDestination(destination, 'destination');
    return withCaller(async () => {
      const { url: outputUrl } = await this.#end(options.signal);
      return downloadRender(this.#context, { renderId: this.id, outputUrl, destination, ...options });
    });
  }

  /** What another process needs to continue: plain JSON, without a token. */
  toJSON(): RenderSnapshot {
    return this.#lifecycle.snapshot;
  }

  /**
   * The updates as server-sent events, for a browser; at the end one named `result` with the JSON of the result without
   * `raw`, or one named `failure` with that of the error. A comment is sent after every 15 s of silence. Closing it only
   * stops watching.
   */
  toEventStream(): Response {
    return eventStream({
      watch: () => this.#lifecycle.listen(),
      result: () => this.#end(undefined),
      clock: this.#context.transport.clock,
    });
  }

  /** Cancels the render at the end of an `await using` block, if it has not ended. Never rejects. */
  async [Symbol.asyncDispose](): Promise<void> {
    // The block may have thrown, and that error must not be replaced. The transport has logged the failure.
    await this.#lifecycle.cancel(undefined).catch(() => {});
  }

  async #end(signal: AbortSignal | undefined): Promise<RenderResult> {
    if (signal?.aborted) throw this.#lifecycle.abortError(signal.reason);
    const updates = this.#lifecycle.listen();
    const release = signal && onAbort(signal, () => void updates.return?.());
    try {
      for await (const _ of updates);
    } finally {
      release?.();
    }
    const { outcome } = this.#lifecycle;
    if (outcome === undefined) throw this.#lifecycle.abortError(signal?.reason);
    if ('error' in outcome) throw outcome.error;
    return outcome.result;
  }
}

/** A draft to render. It has been checked: there is something on it. */
export interface ExportRequest {
  readonly sessionId: string;
  readonly clientId?: string | undefined;
  readonly draft: unknown;
  /** An id that may have been submitted before: the service is asked for it first. Default: a new one. */
  readonly id?: string | undefined;
  readonly output?: OutputOptions | undefined;
  /** Awaited before each request that submits. */
  readonly onSubmit?: ((submission: RenderSubmission) => void | Promise<void>) | undefined;
  /** The previous export of the session, if it is still in progress: the job is `queued` until that has ended. */
  readonly turn?: Promise<unknown> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Submits a draft, or queues it behind the export that is in progress. */
export async function exportDraft(context: RenderContext, request: ExportRequest): Promise<RenderJob> {
  const { transport } = context;
  const { sessionId, clientId, draft, turn, onSubmit, signal } = request;
  const output = outputOf(request.output ?? {});
  const id = request.id ?? newRenderId();
  const submission = { sessionId, draft, output, maybeSubmitted: request.id !== undefined, onSubmit };
  if (turn !== undefined) {
    const startedAt = transport.clock.now();
    return new RenderJob(context, { id, sessionId, clientId, startedAt, submission, turn, signal });
  }
  const submitted = await submitRender(transport, id, submission, signal);
  return new RenderJob(context, {
    id: submitted.id,
    sessionId,
    clientId,
    startedAt: transport.clock.now(),
    submitted: submitted.observation,
    signal,
  });
}

/**
 * A render that was started earlier, even by another process. Makes no request until it is used.
 * @throws {@link OptionError} when it may have to be submitted and its session is not known.
 */
export function openRender(
  context: RenderContext,
  snapshot: ReturnType<typeof readRenderSnapshot>,
  signal: AbortSignal | undefined,
): RenderJob {
  const { id, sessionId, clientId, startedAt = context.transport.clock.now(), unsubmitted } = snapshot;
  const facts = { id, sessionId, clientId, startedAt, signal };
  if (unsubmitted === undefined) return new RenderJob(context, facts);
  if (sessionId === undefined)
    throw new OptionError({ field: 'snapshot.sessionId', accepted: 'a session id' });
  const submission = { ...unsubmitted, sessionId, maybeSubmitted: true };
  return new RenderJob(context, { ...facts, submission });
}
