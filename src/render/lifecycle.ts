import { AbortError, OptionError, RenderCancelledError, RenderFailedError } from '../errors/index.js';
import { onDemand, type Transport } from '../transport/index.js';
import type { RenderOutput } from '../wire/index.js';
import { Feed } from './feed.js';
import type { RenderResult, RenderUpdate } from './job.js';
import type { RenderSettings } from './settings.js';
import { percentOf, type RenderObservation, type RenderStatus } from './status.js';
import type { RenderSubmission } from './submit.js';

const polling = /* @__PURE__ */ onDemand(() => import('./poll.js'));
const submitting = /* @__PURE__ */ onDemand(() => import('./submit.js'));

/** What every job of a client shares. */
export interface RenderContext {
  readonly transport: Transport;
  readonly settings: RenderSettings;
}

/** What is to be submitted, when that has not been done or is not certain. */
export interface PendingSubmission {
  readonly draft: unknown;
  readonly output: RenderOutput;
  /** True when an earlier process may have submitted it. */
  readonly maybeSubmitted: boolean;
  readonly onSubmit: ((submission: RenderSubmission) => void | Promise<void>) | undefined;
  /** Settles when the export before it in the session has ended. */
  readonly turn: Promise<unknown> | undefined;
}

/** A job, as the library makes it. */
export interface RenderJobFacts {
  readonly id: string;
  readonly sessionId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly startedAt: number;
  /** The service's answer to the submission, when it has been submitted. */
  readonly submitted?: RenderObservation | undefined;
  readonly submission?: PendingSubmission | undefined;
  /** Stops watching when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** How a render ended, or why nobody could tell. */
export type RenderOutcome = { readonly result: RenderResult } | { readonly error: unknown };

/**
 * The states of one render, apart from its public face: submitted at most once, watched while somebody is interested,
 * ended once. All who listen share the same requests.
 */
export class RenderLifecycle {
  readonly #context: RenderContext;
  readonly #facts: RenderJobFacts;
  readonly #feeds = new Set<Feed<RenderUpdate>>();
  #submission: PendingSubmission | undefined;
  #last: RenderObservation | undefined;
  #watching: AbortController | undefined;
  id: string;
  startedAt: number;
  status: RenderStatus;
  #rawStatus: string;
  #progress: number | undefined;
  outcome: RenderOutcome | undefined;

  constructor(context: RenderContext, facts: RenderJobFacts) {
    this.#context = context;
    this.#facts = facts;
    this.#submission = facts.submission;
    this.#last = facts.submitted;
    this.id = facts.id;
    this.startedAt = facts.startedAt;
    this.status = facts.submission?.turn !== undefined ? 'queued' : (facts.submitted?.status ?? 'pending');
    this.#rawStatus = facts.submitted?.rawStatus ?? '';
    this.#progress = percentOf(facts.submitted?.rawProgress, undefined);
  }

  /** What is still to be submitted; undefined once the service has the job or it has ended. */
  get submission(): PendingSubmission | undefined {
    return this.#submission;
  }

  /** The present state, then every change until the end. */
  listen(): Feed<RenderUpdate> {
    const feed: Feed<RenderUpdate> = new Feed(() => {
      this.#feeds.delete(feed);
      // A queued export was asked for: it is submitted in its turn whether anybody listens or not.
      if (this.#feeds.size === 0 && this.#submission === undefined) this.#stop();
    });
    this.#feeds.add(feed);
    feed.push(this.#update());
    if (this.outcome === undefined) this.start();
    else tell(feed, this.outcome);
    return feed;
  }

  /** Begins to watch, and to submit what is still to be submitted, unless that is under way. */
  start(): void {
    if (this.#watching !== undefined || this.outcome !== undefined) return;
    const watching = new AbortController();
    this.#watching = watching;
    this.#watch(watching.signal).then(
      (result) => this.finish({ result }),
      (error: unknown) => {
        // Left by everyone is not an outcome: the next one who asks begins to watch again.
        if (!watching.signal.aborted || this.#facts.signal?.aborted) this.finish({ error });
      },
    );
  }

  /** The end, once. */
  finish(outcome: RenderOutcome): void {
    if (this.outcome !== undefined) return;
    this.outcome = outcome;
    this.#submission = undefined;
    this.#stop();
    for (const feed of [...this.#feeds]) tell(feed, outcome);
  }

  /** The end by `cancel()`. */
  cancelled(): void {
    this.status = 'cancelled';
    for (const feed of this.#feeds) feed.push(this.#update());
    this.finish({ error: new RenderCancelledError(this.#about()) });
  }

  #stop(): void {
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
      if (this.#submission !== undefined) await this.#submit(this.#submission, watching.signal);
      const { pollUntilFinal } = await polling();
      const last = await pollUntilFinal({
        ...this.#context,
        id: this.id,
        startedAt: this.startedAt,
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

  async #submit(submission: PendingSubmission, signal: AbortSignal): Promise<void> {
    const { sessionId } = this.#facts;
    if (sessionId === undefined)
      throw new OptionError({ field: 'snapshot.sessionId', accepted: 'a session id' });
    if (submission.turn !== undefined) await endOf(submission.turn, signal);
    const request = { ...submission, transport: this.#context.transport, id: this.id, sessionId, signal };
    const { submitRender } = await submitting();
    const { id, observation } = await submitRender(request);
    this.id = id;
    this.#submission = undefined;
    this.startedAt = this.#context.transport.clock.now();
    this.#last = observation;
  }

  /** Takes an answer; gives the percent that it stands for. */
  #observe(observation: RenderObservation): number | undefined {
    const { status, rawStatus, rawProgress } = observation;
    const percent = status === 'completed' ? 100 : percentOf(rawProgress, this.#progress);
    const changed = this.status !== status || this.#rawStatus !== rawStatus || this.#progress !== percent;
    this.#last = observation;
    this.status = status;
    this.#rawStatus = rawStatus;
    this.#progress = percent;
    if (changed) for (const feed of this.#feeds) feed.push(this.#update());
    return percent;
  }

  #resultOf(last: RenderObservation): RenderResult {
    if (last.status === 'failed') {
      throw new RenderFailedError({ ...this.#about(), reason: last.reason ?? 'the service gave no reason' });
    }
    if (last.status === 'cancelled') throw new RenderCancelledError(this.#about());
    return {
      id: this.id,
      ...(last.outputUrl === undefined ? {} : { url: last.outputUrl }),
      elapsedMs: this.#elapsedMs(),
      raw: last.raw,
    };
  }

  #update(): RenderUpdate {
    return {
      status: this.status,
      rawStatus: this.#rawStatus,
      ...(this.#progress === undefined ? {} : { progress: this.#progress }),
      elapsedMs: this.#elapsedMs(),
    };
  }

  #elapsedMs(): number {
    return this.#context.transport.clock.now() - this.startedAt;
  }

  #about() {
    return { renderId: this.id, sessionId: this.#facts.sessionId };
  }
}

function tell(feed: Feed<RenderUpdate>, outcome: RenderOutcome): void {
  if ('error' in outcome) feed.fail(outcome.error);
  else feed.close();
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
