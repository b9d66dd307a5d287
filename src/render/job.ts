import { AbortError, OptionError, RenderCancelledError, RenderFailedError } from '../errors/index.js';
import type { Transport } from '../transport/index.js';
import { paths, RenderAnswer, type RenderOutput } from '../wire/index.js';
import { Feed } from './feed.js';
import { pollUntilFinal } from './poll.js';
import type { RenderSettings } from './settings.js';
import type { RenderSnapshot } from './snapshot.js';
import { isFinal, percentOf, type RenderObservation, type RenderStatus } from './status.js';
import { type RenderSubmission, submitRender } from './submit.js';

/** A change in a render, or a sign of life. */
export interface RenderUpdate {
  readonly status: RenderStatus;
  /** The status in the service's own word, also when this library does not know it. */
  readonly rawStatus: string;
  /** 0 to 100, never falling; absent until the service tells one. */
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

/** What every job of a client shares. */
export interface RenderContext {
  readonly transport: Transport;
  readonly settings: RenderSettings;
}

/** A job, as the library makes it. */
export interface RenderJobFacts {
  readonly id: string;
  readonly sessionId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly startedAt: number;
  /** The service's answer to the submission, when it has been submitted. */
  readonly submitted?: RenderObservation | undefined;
  /** What to submit, when that has not been done or is not certain. */
  readonly submission?: {
    readonly draft: unknown;
    readonly output: RenderOutput;
    /** True when an earlier process may have submitted it. */
    readonly maybeSubmitted: boolean;
    readonly onSubmit: ((submission: RenderSubmission) => void | Promise<void>) | undefined;
    /** Settles when the export before it in the session has ended. */
    readonly turn: Promise<unknown> | undefined;
  };
  readonly signal?: AbortSignal | undefined;
}

type Outcome = { readonly result: RenderResult } | { readonly error: unknown };

/**
 * One render: watch it (`for await`), wait for it (`result()`), bring the file here (`download()`), or store it
 * (`toJSON()`) and go on in another process. The service is asked only while somebody watches or waits; all who do
 * share the same requests. Leaving a loop stops watching and cancels nothing.
 */
export class RenderJob implements AsyncIterable<RenderUpdate> {
  readonly #context: RenderContext;
  readonly #facts: RenderJobFacts;
  readonly #feeds = new Set<Feed<RenderUpdate>>();
  #id: string;
  #startedAt: number;
  #status: RenderStatus;
  #rawStatus: string;
  #progress: number | undefined;
  #last: RenderObservation | undefined;
  #needsSubmission: boolean;
  #outcome: Outcome | undefined;
  #watching: AbortController | undefined;
  #interest = 0;

  /** @internal Made by `session.export()` and `nemo.renders.open()`. */
  constructor(context: RenderContext, facts: RenderJobFacts) {
    this.#context = context;
    this.#facts = facts;
    this.#id = facts.id;
    this.#startedAt = facts.startedAt;
    this.#needsSubmission = facts.submission !== undefined;
    this.#last = facts.submitted;
    this.#status = facts.submission?.turn !== undefined ? 'queued' : (facts.submitted?.status ?? 'pending');
    this.#rawStatus = facts.submitted?.rawStatus ?? '';
    this.#progress = percentOf(facts.submitted?.rawProgress, undefined);
  }

  /** The id of the render. It changes once if the service refuses the first one (`onSubmit` tells). */
  get id(): string {
    return this.#id;
  }

  /** Where the render stood when last heard of. Makes no request. */
  get status(): RenderStatus {
    return this.#status;
  }

  /** The present state first, then every change, until the render ends. Throws what {@link RenderJob.result} rejects. */
  [Symbol.asyncIterator](): AsyncIterableIterator<RenderUpdate> {
    const feed: Feed<RenderUpdate> = new Feed(() => {
      this.#feeds.delete(feed);
      this.#release();
    });
    this.#feeds.add(feed);
    feed.push(this.#update());
    this.#hold();
    if (this.#outcome !== undefined) this.#tell(feed, this.#outcome);
    return feed;
  }

  /**
   * Waits for the end. May be called any number of times; all waiters share the requests.
   * @throws RenderFailedError, RenderCancelledError, RenderTimeoutError, AuthenticationError, AbortError
   */
  async result(options: { readonly signal?: AbortSignal } = {}): Promise<RenderResult> {
    const updates = this[Symbol.asyncIterator]();
    const { signal } = options;
    const onAbort = (): void => void updates.return?.();
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      if (!signal?.aborted) for await (const _ of updates);
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
    if (signal?.aborted && this.#outcome === undefined) {
      await updates.return?.();
      throw new AbortError({ operation: 'render', renderId: this.#id, cause: signal.reason });
    }
    if (this.#outcome === undefined || 'error' in this.#outcome) throw this.#outcome?.error;
    return this.#outcome.result;
  }

  /**
   * Asks the service to cancel the render; a queued one is dropped without a request. Afterwards `result()` rejects
   * `RenderCancelledError`. A render that has already ended is left as it is.
   * @throws the error of the family when the service refuses.
   */
  async cancel(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    if (this.#outcome !== undefined) return;
    if (!this.#needsSubmission) {
      const { transport } = this.#context;
      const path = paths.cancelRender(this.#id);
      const about = { renderId: this.#id, sessionId: this.#facts.sessionId };
      const call = { operation: 'render.cancel', method: 'POST', path, safety: 'safe', about } as const;
      await transport.json({ ...call, signal: options.signal }, RenderAnswer);
    }
    if (this.#outcome !== undefined) return;
    this.#status = 'cancelled';
    this.#finish({
      error: new RenderCancelledError({ renderId: this.#id, sessionId: this.#facts.sessionId }),
    });
  }

  /** What another process needs to go on: plain JSON, without a token. */
  toJSON(): RenderSnapshot {
    const { sessionId, clientId, submission } = this.#facts;
    return {
      version: 1,
      id: this.#id,
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(clientId === undefined ? {} : { clientId }),
      startedAt: this.#startedAt,
      ...(this.#needsSubmission && submission !== undefined
        ? { unsubmitted: { draft: submission.draft, output: submission.output } }
        : {}),
    };
  }

  #hold(): void {
    this.#interest += 1;
    if (this.#watching !== undefined || this.#outcome !== undefined) return;
    const watching = new AbortController();
    this.#watching = watching;
    this.#watch(watching.signal).then(
      (result) => this.#finish({ result }),
      (error: unknown) => {
        // Left by everyone: not an outcome, and the next one who asks begins to watch again.
        if (!watching.signal.aborted || this.#facts.signal?.aborted) this.#finish({ error });
      },
    );
  }

  #release(): void {
    this.#interest -= 1;
    if (this.#interest > 0 || this.#needsSubmission) return;
    this.#watching?.abort();
    this.#watching = undefined;
  }

  async #watch(left: AbortSignal): Promise<RenderResult> {
    const outer = this.#facts.signal;
    const watching = new AbortController();
    const stop = (): void => watching.abort(outer?.aborted ? outer.reason : left.reason);
    if (outer?.aborted || left.aborted) stop();
    outer?.addEventListener('abort', stop, { once: true });
    left.addEventListener('abort', stop, { once: true });
    try {
      if (this.#needsSubmission) await this.#submit(watching.signal);
      const last = await pollUntilFinal({
        ...this.#context,
        id: this.#id,
        startedAt: this.#startedAt,
        onObservation: (observation) => this.#observe(observation),
        first: this.#last,
        signal: watching.signal,
      });
      return this.#resultOf(last);
    } finally {
      outer?.removeEventListener('abort', stop);
      left.removeEventListener('abort', stop);
    }
  }

  async #submit(signal: AbortSignal): Promise<void> {
    const { submission, sessionId } = this.#facts;
    if (submission === undefined) return;
    if (sessionId === undefined)
      throw new OptionError({ field: 'snapshot.sessionId', accepted: 'a session id' });
    if (submission.turn !== undefined) await endOf(submission.turn, signal);
    const { id, observation } = await submitRender({
      ...submission,
      transport: this.#context.transport,
      id: this.#id,
      sessionId,
      signal,
    });
    this.#id = id;
    this.#needsSubmission = false;
    this.#startedAt = this.#context.transport.clock.now();
    this.#last = observation;
  }

  #observe(observation: RenderObservation): number | undefined {
    const percent = percentOf(observation.rawProgress, this.#progress);
    const changed =
      this.#status !== observation.status ||
      this.#rawStatus !== observation.rawStatus ||
      this.#progress !== percent;
    this.#last = observation;
    this.#status = observation.status;
    this.#rawStatus = observation.rawStatus;
    this.#progress = observation.status === 'completed' ? 100 : percent;
    if (changed) for (const feed of this.#feeds) feed.push(this.#update());
    return percent;
  }

  #resultOf(last: RenderObservation): RenderResult {
    const facts = { renderId: this.#id, sessionId: this.#facts.sessionId };
    if (last.status === 'failed')
      throw new RenderFailedError({ ...facts, reason: last.reason ?? 'no reason given' });
    if (last.status === 'cancelled') throw new RenderCancelledError(facts);
    return {
      id: this.#id,
      ...(last.outputUrl === undefined ? {} : { url: last.outputUrl }),
      elapsedMs: this.#context.transport.clock.now() - this.#startedAt,
      raw: last.raw,
    };
  }

  #update(): RenderUpdate {
    return {
      status: this.#status,
      rawStatus: this.#rawStatus,
      ...(this.#progress === undefined ? {} : { progress: this.#progress }),
      elapsedMs: this.#context.transport.clock.now() - this.#startedAt,
    };
  }

  #finish(outcome: Outcome): void {
    if (this.#outcome !== undefined) return;
    this.#outcome = outcome;
    this.#needsSubmission = false;
    this.#watching?.abort();
    this.#watching = undefined;
    if ('error' in outcome && isFinal(this.#status))
      for (const feed of this.#feeds) feed.push(this.#update());
    for (const feed of [...this.#feeds]) this.#tell(feed, outcome);
  }

  #tell(feed: Feed<RenderUpdate>, outcome: Outcome): void {
    if ('error' in outcome) feed.fail(outcome.error);
    else feed.close();
  }
}

/** Waits until `turn` settles, whichever way, or `signal` aborts. */
function endOf(turn: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new AbortError({ operation: 'render', cause: signal.reason }));
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    const done = (): void => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    };
    turn.then(done, done);
  });
}
