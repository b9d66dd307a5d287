import { AbortError, checkFields, SIGNAL_ONLY } from '../errors/index.js';
import { onAbort } from '../platform/on-abort.js';
import { onDemand } from '../transport/index.js';
import {
  DOWNLOAD_FIELDS,
  type DownloadDestination,
  type DownloadOptions,
  type DownloadResult,
} from './download/contract.js';
import { checkDestination } from './download/destination.js';
import type { RenderContext, RenderJobFacts } from './facts.js';
import { RenderLifecycle } from './lifecycle.js';
import type { RenderSnapshot } from './snapshot.js';
import type { RenderStatus } from './status.js';

const cancelling = /* @__PURE__ */ onDemand(() => import('./cancel.js'));
const downloading = /* @__PURE__ */ onDemand(() => import('./download/download.js'));

/** A change of a render. */
export interface RenderUpdate {
  readonly status: RenderStatus;
  /** The status in the service's own word, even if this library does not know it. */
  readonly rawStatus: string;
  /** 0 to 100, never falling; absent until the service reports it. */
  readonly progress?: number;
  /** Since the submission, in ms. */
  readonly elapsedMs: number;
}

/** A finished render. */
export interface RenderResult {
  readonly id: string;
  /** Where the MP4 is; absent when the service names no address (`download()` then uses the service's own path). */
  readonly url?: string;
  /** Since the submission, in ms. */
  readonly elapsedMs: number;
  /** The service's last answer, untouched. */
  readonly raw: unknown;
}

/**
 * One render: watch it (`for await`), wait for it (`result()`), download the file (`download()`), or store it
 * (`toJSON()`) and continue in another process. The service is polled only while somebody watches or waits; all who do
 * share the same requests. Leaving a loop stops watching and cancels nothing.
 */
export class RenderJob implements AsyncIterable<RenderUpdate> {
  readonly #context: RenderContext;
  readonly #facts: RenderJobFacts;
  readonly #lifecycle: RenderLifecycle;

  /** @internal Made by `session.export()` and `nemo.renders.open()`. */
  constructor(context: RenderContext, facts: RenderJobFacts) {
    this.#context = context;
    this.#facts = facts;
    this.#lifecycle = new RenderLifecycle(context, facts);
    // An export that waits for its turn was asked for, whether or not anybody watches it.
    if (facts.submission?.turn !== undefined) this.#lifecycle.start();
  }

  /** The id of the render. It changes once if the service refuses the first one; `onSubmit` gets both. */
  get id(): string {
    return this.#lifecycle.id;
  }

  /** Where the render stood when last heard of. Makes no request. */
  get status(): RenderStatus {
    return this.#lifecycle.status;
  }

  /** The present state first, then every change until the end. Throws what {@link RenderJob.result} rejects with. */
  [Symbol.asyncIterator](): AsyncIterableIterator<RenderUpdate> {
    return this.#lifecycle.listen();
  }

  /**
   * Waits for the end. May be called any number of times; all waiters share the requests.
   * @throws RenderFailedError, RenderCancelledError, RenderTimeoutError, AuthenticationError, AbortError
   */
  async result(options: { readonly signal?: AbortSignal } = {}): Promise<RenderResult> {
    checkFields(options, SIGNAL_ONLY);
    return this.#end(options.signal);
  }

  async #end(signal: AbortSignal | undefined): Promise<RenderResult> {
    if (signal?.aborted)
      throw new AbortError({ operation: 'render', renderId: this.id, cause: signal.reason });
    const updates = this.#lifecycle.listen();
    const release = signal && onAbort(signal, () => void updates.return());
    try {
      for await (const _ of updates);
    } finally {
      release?.();
    }
    const { outcome } = this.#lifecycle;
    if (outcome === undefined)
      throw new AbortError({ operation: 'render', renderId: this.id, cause: signal?.reason });
    if ('error' in outcome) throw outcome.error;
    return outcome.result;
  }

  /**
   * Asks the service to cancel the render; one that has not been submitted is dropped without a request, and one whose
   * submission is on its way is cancelled when the service has it. Then `result()` rejects with `RenderCancelledError`.
   * A render that has already ended, or whose submission fails, is left as it is.
   * @throws ApiError and the other errors of a call, when the service refuses.
   */
  async cancel(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    checkFields(options, SIGNAL_ONLY);
    if (this.#lifecycle.outcome !== undefined) return;
    const { cancelRender } = await cancelling();
    await cancelRender(this.#context, this.#lifecycle, options.signal);
  }

  /**
   * Waits for the end if necessary, then downloads the MP4 to a path, a `WritableStream` or a function.
   * An existing file at the path is replaced only when the new one is complete.
   * @throws OptionError before it waits, for something that is not a destination, or a path whose folder does not exist;
   * DownloadError, AbortError, and whatever {@link RenderJob.result} rejects with.
   */
  async download(destination: DownloadDestination, options: DownloadOptions = {}): Promise<DownloadResult> {
    checkFields(options, DOWNLOAD_FIELDS);
    await checkDestination(destination, 'destination');
    const { url } = await this.#end(options.signal);
    const { downloadRender } = await downloading();
    return downloadRender(this.#context, { renderId: this.id, outputUrl: url, destination, ...options });
  }

  /** What another process needs to continue: plain JSON, without a token. */
  toJSON(): RenderSnapshot {
    const { sessionId } = this.#facts;
    const clientId = this.#facts.clientId ?? this.#context.transport.identity().clientId;
    const { submission } = this.#lifecycle;
    return {
      version: 1,
      id: this.id,
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(clientId === undefined ? {} : { clientId }),
      startedAt: this.#lifecycle.startedAt,
      ...(submission === undefined
        ? {}
        : { unsubmitted: { draft: submission.draft, output: submission.output } }),
    };
  }
}
