import { OptionError, RenderCancelledError, RenderFailedError } from '../errors/index.js';
import { onAbort } from '../platform/on-abort.js';
import { abortable, onDemand } from '../transport/index.js';
import type { PendingSubmission, RenderContext, RenderJobFacts, RenderOutcome } from './facts.js';
import { Feed } from './feed.js';
import type { RenderResult, RenderUpdate } from './job.js';
import { percentOf, type RenderObservation, type RenderStatus } from './status.js';
import type { RenderSubmission } from './submit.js';

const polling = /* @__PURE__ */ onDemand(() => import('./poll.js'));
const submitting = /* @__PURE__ */ onDemand(() => import('./submit.js'));

/**
 * The states of one render, apart from its public face: submitted at most once, watched while somebody is interested,
 * ended once. All who listen share the same requests.
 */
export class RenderLifecycle {
  readonly #context: RenderContext;
  readonly #facts: RenderJobFacts;
  readonly #feeds = new Set<Feed<RenderUpdate>>();
  #submission: PendingSubmission | undefined;
  #leaving: Promise<boolean> | undefined;
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

  /** While a submission may have left: whether the service takes it. Never rejects. */
  get leaving(): Promise<boolean> | undefined {
    return this.#leaving;
  }

  /** The session that it came from, where known. */
  get sessionId(): string | undefined {
    return this.#facts.sessionId;
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
    const releases = [outer && onAbort(outer, stop), onAbort(left, stop)];
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
      for (const release of releases) release?.();
    }
  }

  async #submit(submission: PendingSubmission, signal: AbortSignal): Promise<void> {
    // How the export before it ends is told by its own job.
    const turn = submission.turn?.then(ignore, ignore);
    const { id, sessionId } = this;
    if (sessionId === undefined)
      throw new OptionError({ field: 'snapshot.sessionId', accepted: 'a session id' });
    if (turn !== undefined) await abortable(turn, signal, { operation: 'render', ...this.#about() });
    const { submitRender } = await submitting();
    const onSubmit = async (told: RenderSubmission): Promise<void> => {
      await submission.onSubmit?.(told);
      leave();
    };
    const { transport } = this.#context;
    const request = { ...submission, onSubmit, transport, id, sessionId, signal };
    const taken = submitRender(request).then((answer) => {
      this.id = answer.id;
      this.#submission = undefined;
      this.startedAt = transport.clock.now();
      this.#last = answer.observation;
    });
    const leave = (): void => {
      this.#leaving = taken.then(
        () => true,
        () => false,
      );
    };
    if (submission.maybeSubmitted) leave();
    try {
      await taken;
    } finally {
      this.#leaving = undefined;
    }
  }

  /** Takes an answer; returns the percent that it stands for. */
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
      const { reason = 'the service gave no reason', hint } = last;
      throw new RenderFailedError({ ...this.#about(), reason, hint });
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
    return { renderId: this.id, sessionId: this.sessionId };
  }
}

function ignore(): void {}

function tell(feed: Feed<RenderUpdate>, outcome: RenderOutcome): void {
  if ('error' in outcome) feed.fail(outcome.error);
  else feed.close();
}
