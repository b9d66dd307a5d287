import { RenderCancelledError, RenderFailedError } from '../errors/index.js';
import { onAbort } from '../platform/on-abort.js';
import { abortable } from '../transport/index.js';
import { Feed } from './feed.js';
import { pollUntilFinal, type RenderContext } from './poll.js';
import { findRender, postCancel } from './render-calls.js';
import {
  isChange,
  observed,
  type RenderObservation,
  type RenderState,
  type RenderUpdate,
  updateOf,
} from './render-state.js';
import { type RenderSubmission, type Submission, submitRender } from './submit.js';

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

/** How a render ended, or why that is not known. */
export type RenderOutcome = { readonly result: RenderResult } | { readonly error: unknown };

/** A render as it is made or found. */
export interface RenderJobFacts {
  readonly id: string;
  readonly sessionId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly startedAt: number;
  /** The service's answer to the submission, when it has been submitted. */
  readonly submitted?: RenderObservation | undefined;
  /** What is to be submitted, when that has not been done or is not certain. */
  readonly submission?: Submission | undefined;
  /** Settles when the export before it in the session has ended. */
  readonly turn?: Promise<unknown> | undefined;
  /** Stops watching when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * One render from its submission to its end, apart from its public face: submitted at most once, watched while there is
 * a loop or a `result()`, ended once. All of them share the same requests.
 */
export class RenderLifecycle {
  readonly #context: RenderContext;
  readonly #facts: RenderJobFacts;
  readonly #feeds = new Set<Feed<RenderUpdate>>();
  #state: RenderState;
  #submission: Submission | undefined;
  /** While a submission may have left: whether the service accepts it. Never rejects. */
  #leaving: Promise<boolean> | undefined;
  #last: RenderObservation | undefined;
  #watching: AbortController | undefined;
  #outcome: RenderOutcome | undefined;

  constructor(context: RenderContext, facts: RenderJobFacts) {
    const { id, sessionId, clientId, startedAt, submitted, submission, turn } = facts;
    this.#context = context;
    this.#facts = facts;
    this.#submission = submission;
    this.#last = submitted;
    const status = turn === undefined ? 'pending' : 'queued';
    const made = { id, sessionId, clientId, startedAt, status, rawStatus: '', progress: undefined } as const;
    this.#state = submitted === undefined ? made : observed(made, submitted);
  }

  get state(): RenderState {
    return this.#state;
  }

  /** What is still to be submitted; undefined once the service has the job or it has ended. */
  get submission(): Submission | undefined {
    return this.#submission;
  }

  get outcome(): RenderOutcome | undefined {
    return this.#outcome;
  }

  /** The present state, then every change until the end. */
  listen(): Feed<RenderUpdate> {
    const feed: Feed<RenderUpdate> = new Feed(() => {
      this.#feeds.delete(feed);
      // A queued export is submitted in its turn whether it is watched or not.
      if (this.#feeds.size === 0 && this.#submission === undefined) this.#stop();
    });
    this.#feeds.add(feed);
    feed.push(this.#update());
    if (this.#outcome === undefined) this.start();
    else endFeed(feed, this.#outcome);
    return feed;
  }

  /** Begins to watch, and to submit what is still to be submitted, unless that is in progress. */
  start(): void {
    if (this.#watching !== undefined || this.#outcome !== undefined) return;
    const watching = new AbortController();
    this.#watching = watching;
    this.#watch(watching.signal).then(
      (result) => this.#finish({ result }),
      (error: unknown) => {
        // That every loop was left is no outcome: the next one begins to watch again.
        if (!watching.signal.aborted || this.#facts.signal?.aborted) this.#finish({ error });
      },
    );
  }

  /**
   * Cancels the render, whatever its status. One that the service cannot have is dropped without a request. A submission
   * that has left is waited for: it can only be cancelled by the id that it gets.
   */
  async cancel(signal: AbortSignal | undefined): Promise<void> {
    const { transport } = this.#context;
    while (this.#outcome === undefined) {
      const { id } = this.#state;
      const submission = this.#submission;
      if (this.#leaving !== undefined) {
        const accepted = await abortable(this.#leaving, signal, {
          operation: 'render.cancel',
          ...this.#about(),
        });
        // The job ends with the failure of its submission.
        if (!accepted) return;
        continue;
      }
      if (submission?.maybeSubmitted) {
        const known = await findRender(transport, id, signal);
        // Its turn to be submitted may have come meanwhile.
        if (this.#leaving !== undefined || this.#submission !== submission) continue;
        if (known === undefined) return this.#cancelled();
      } else if (submission !== undefined) return this.#cancelled();
      if (await postCancel(transport, this.#state, signal)) this.#cancelled();
      return;
    }
  }

  #cancelled(): void {
    this.#move({ ...this.#state, status: 'cancelled' });
    this.#finish({ error: new RenderCancelledError(this.#about()) });
  }

  /** The end, once. */
  #finish(outcome: RenderOutcome): void {
    if (this.#outcome !== undefined) return;
    this.#outcome = outcome;
    this.#submission = undefined;
    this.#stop();
    for (const feed of [...this.#feeds]) endFeed(feed, outcome);
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
    const releases = [outer && onAbort(outer, stop), onAbort(left, stop)];
    const { signal } = watching;
    try {
      if (this.#submission !== undefined) await this.#submit(this.#submission, signal);
      const observe = (observation: RenderObservation): RenderState => {
        this.#last = observation;
        this.#move(observed(this.#state, observation));
        return this.#state;
      };
      return this.#resultOf(await pollUntilFinal(this.#context, this.#state, this.#last, observe, signal));
    } finally {
      for (const release of releases) release?.();
    }
  }

  async #submit(submission: Submission, signal: AbortSignal): Promise<void> {
    // How the export before it ends is the outcome of its own job.
    const turn = this.#facts.turn?.catch(() => {});
    if (turn !== undefined) await abortable(turn, signal, { operation: 'render', ...this.#about() });
    const { transport } = this.#context;
    const onSubmit = async (stored: RenderSubmission): Promise<void> => {
      await submission.onSubmit?.(stored);
      leave();
    };
    const accepted = submitRender(transport, this.#state.id, { ...submission, onSubmit }, signal).then(
      ({ id, observation }) => {
        this.#state = { ...this.#state, id, startedAt: transport.clock.now() };
        this.#submission = undefined;
        this.#last = observation;
      },
    );
    const leave = (): void => {
      this.#leaving = accepted.then(
        () => true,
        () => false,
      );
    };
    if (submission.maybeSubmitted) leave();
    try {
      await accepted;
    } finally {
      this.#leaving = undefined;
    }
  }

  /** Goes to a state, and shows it to the loops where it is a change. */
  #move(next: RenderState): void {
    const changed = isChange(this.#state, next);
    this.#state = next;
    if (changed) for (const feed of this.#feeds) feed.push(this.#update());
  }

  #resultOf({
    status,
    reason = 'the service gave no reason',
    hint,
    outputUrl,
    raw,
  }: RenderObservation): RenderResult {
    if (status === 'failed') throw new RenderFailedError({ ...this.#about(), reason, hint });
    if (status === 'cancelled') throw new RenderCancelledError(this.#about());
    const { id, startedAt } = this.#state;
    const elapsedMs = this.#context.transport.clock.now() - startedAt;
    return { id, ...(outputUrl === undefined ? {} : { url: outputUrl }), elapsedMs, raw };
  }

  #update(): RenderUpdate {
    return updateOf(this.#state, this.#context.transport.clock.now());
  }

  #about() {
    return { renderId: this.#state.id, sessionId: this.#state.sessionId };
  }
}

function endFeed(feed: Feed<RenderUpdate>, outcome: RenderOutcome): void {
  if ('error' in outcome) feed.fail(outcome.error);
  else feed.close();
}
