import { AbortError, putSnapshot, RenderCancelledError, RenderFailedError } from '../errors/index.js';
import { onAbort } from '../platform/abort.js';
import { EventQueue } from '../task/index.js';
import { abortable } from '../transport/index.js';
import { pollUntilFinal, type RenderContext } from './poll.js';
import { askForRender, findRender, postCancel } from './render-calls.js';
import {
  isChange,
  observed,
  type RenderObservation,
  type RenderSnapshot,
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
  /** The service's own id of the work, where it names one (older route). */
  readonly taskId?: string;
  /** The length of the video, where the service says it (older route). The unit is not documented. */
  readonly duration?: number;
  /** The size of the file in bytes, where the service says it (older route). */
  readonly bytes?: number;
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
  readonly #updates: EventQueue<RenderUpdate>;
  #state: RenderState;
  /** What is still to be submitted; undefined once the service has the job. */
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
    this.#updates = new EventQueue(false, () => {
      // A queued export is submitted in its turn whether it is watched or not.
      if (this.#submission === undefined) this.#stop();
    });
    // The outcome of the export before it belongs to that job.
    turn?.catch(() => {});
    const status = turn === undefined ? 'pending' : 'queued';
    const made = { id, sessionId, clientId, startedAt, status, rawStatus: '', progress: undefined } as const;
    this.#state = submitted === undefined ? made : observed(made, submitted);
  }

  get state(): RenderState {
    return this.#state;
  }

  get outcome(): RenderOutcome | undefined {
    return this.#outcome;
  }

  /** The present state, then every change until the end. */
  listen(): AsyncIterableIterator<RenderUpdate, undefined> {
    const loop = this.#updates.join(false, this.#update());
    this.start();
    return loop;
  }

  /** Begins to watch, and to submit what is still to be submitted, unless that is in progress. */
  start(): void {
    if (this.#watching !== undefined || this.#outcome !== undefined) return;
    const { signal } = this.#facts;
    const watching = new AbortController();
    const abort = (): void => this.#aborted(signal?.reason);
    this.#watching = watching;
    if (signal?.aborted) {
      abort();
      return;
    }
    const release = signal && onAbort(signal, abort);
    this.#watch(watching.signal).then(
      (result) => {
        release?.();
        this.#finish({ result });
      },
      (error: unknown) => {
        release?.();
        // That every loop was left is no outcome: the next one begins to watch again.
        if (!watching.signal.aborted) this.#finish({ error });
      },
    );
  }

  /** Asks once, without watching. */
  async refresh(signal: AbortSignal | undefined): Promise<RenderUpdate> {
    if (this.#outcome === undefined && this.#submission === undefined)
      this.#observe(await askForRender(this.#context.transport, this.#state.id, { signal }));
    return this.#update();
  }

  /** What another process needs to continue. */
  get snapshot(): RenderSnapshot {
    const { id, sessionId, startedAt } = this.#state;
    const clientId = this.#state.clientId ?? this.#context.transport.identity().clientId;
    const submission = this.#submission;
    return {
      version: 1,
      id,
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(clientId === undefined ? {} : { clientId }),
      startedAt,
      ...(submission === undefined
        ? {}
        : { unsubmitted: { draft: submission.draft, output: submission.output } }),
    };
  }

  /** The error of a caller that gave up. It carries what is needed to watch the render again. */
  abortError(cause: unknown): AbortError {
    const hint =
      'The render may continue in the service: `nemo.renders.open(error.snapshot)` watches it again.';
    return putSnapshot(new AbortError({ operation: 'render', ...this.#about(), hint, cause }), this.snapshot);
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
    this.#submission = undefined;
    this.#finish({ error: new RenderCancelledError(this.#about()) });
  }

  /** The end by the caller's signal, at once. What had not been submitted stays in the snapshot. */
  #aborted(reason: unknown): void {
    if (this.#outcome !== undefined) return;
    const error = this.abortError(reason);
    // The loops get it next, whatever they have not read.
    this.#updates.abort(error);
    this.#finish({ error });
  }

  /** The end, once. */
  #finish(outcome: RenderOutcome): void {
    if (this.#outcome !== undefined) return;
    this.#outcome = outcome;
    this.#stop();
    if ('error' in outcome) this.#updates.fail(outcome.error);
    else this.#updates.end();
  }

  #stop(): void {
    this.#watching?.abort();
    this.#watching = undefined;
  }

  async #watch(signal: AbortSignal): Promise<RenderResult> {
    if (this.#submission !== undefined) await this.#submit(this.#submission, signal);
    const observe = (observation: RenderObservation): RenderState => this.#observe(observation);
    return this.#resultOf(await pollUntilFinal(this.#context, this.#state, this.#last, observe, signal));
  }

  async #submit(submission: Submission, signal: AbortSignal): Promise<void> {
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

  #observe(observation: RenderObservation): RenderState {
    this.#last = observation;
    this.#move(observed(this.#state, observation));
    return this.#state;
  }

  /** Goes to a state, and shows it to the loops where it is a change. */
  #move(next: RenderState): void {
    const changed = isChange(this.#state, next);
    this.#state = next;
    if (changed) this.#updates.push(this.#update());
  }

  #resultOf(last: RenderObservation): RenderResult {
    const {
      status,
      reason = 'the service gave no reason',
      hint,
      outputUrl,
      taskId,
      duration,
      bytes,
      raw,
    } = last;
    if (status === 'failed') throw new RenderFailedError({ ...this.#about(), reason, hint });
    if (status === 'cancelled') throw new RenderCancelledError(this.#about());
    const { id, startedAt } = this.#state;
    return {
      id,
      ...(outputUrl === undefined ? {} : { url: outputUrl }),
      ...(taskId === undefined ? {} : { taskId }),
      ...(duration === undefined ? {} : { duration }),
      ...(bytes === undefined ? {} : { bytes }),
      elapsedMs: this.#context.transport.clock.now() - startedAt,
      raw,
    };
  }

  #update(): RenderUpdate {
    return updateOf(this.#state, this.#context.transport.clock.now());
  }

  #about() {
    return { renderId: this.#state.id, sessionId: this.#state.sessionId };
  }
}
