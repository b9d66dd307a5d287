import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Clock } from '../../platform/clock.js';
import type { BackendParts } from '../parts.js';
import { LocalRenderError } from '../renderer/failure.js';
import type { RenderJobSpec, RenderProgress } from '../renderer/job.js';
import { placeholderVideo } from './placeholder.js';
import type { Session } from './sessions.js';

/** How far a render is (wire document; `cancelled` is this backend's own word). */
export type JobStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';

/** What a submission asks for. */
export interface JobOrder {
  readonly id: string;
  readonly session: Session;
  readonly spec: RenderJobSpec;
  /** Why it is to fail half way, when a fault says so. */
  readonly failure: string | undefined;
}

/** A render. */
export class Job {
  readonly id: string;
  readonly session: Session;
  readonly path: string;
  readonly createdAt: number;
  status: JobStatus = 'pending';
  /** 0 to 1, never falling. */
  progress = 0;
  completedAt: number | undefined;
  error: string | undefined;
  /** What to do about the error, where another render would fail as well. */
  hint: string | undefined;
  /** What could not be done as the draft asks. */
  warnings: readonly string[] = [];
  /** Another number stands for another file. */
  version = 0;

  constructor({ id, session, spec }: JobOrder, createdAt: number) {
    this.id = id;
    this.session = session;
    this.path = spec.outPath;
    this.createdAt = createdAt;
  }

  get over(): boolean {
    return this.completedAt !== undefined;
  }

  /** The name of this version of the file. */
  get etag(): string {
    const facts = `${this.id}\n${this.completedAt}\n${this.version}`;
    return `"${createHash('sha256').update(facts).digest('hex').slice(0, 32)}"`;
  }
}

/** All renders of a backend: one at a time per session and some in all, the others wait. */
export class Jobs {
  readonly #clock: Clock;
  readonly #start: BackendParts['render'];
  readonly #atOnce: number;
  readonly #byId = new Map<string, Job>();
  readonly #queues = new Map<Session, Promise<void>>();
  readonly #cancels = new Map<Job, () => Promise<void>>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(clock: Clock, { render, rendersAtOnce = Number.POSITIVE_INFINITY }: BackendParts) {
    this.#clock = clock;
    this.#start = render;
    this.#atOnce = rendersAtOnce;
  }

  get(id: string): Job | undefined {
    return this.#byId.get(id);
  }

  submit(order: JobOrder): Job {
    const job = new Job(order, this.#clock.now());
    this.#byId.set(job.id, job);
    const before = this.#queues.get(order.session) ?? Promise.resolve();
    this.#queues.set(
      order.session,
      before.then(() => this.#inTurn(() => this.#perform(job, order))),
    );
    return job;
  }

  /** Stops a render that has not ended; false when it has. */
  cancel(job: Job): boolean {
    if (job.over) return false;
    this.#end(job, 'cancelled');
    return true;
  }

  /** Stops everything and waits until nothing runs any more. */
  async close(): Promise<void> {
    for (const job of this.#byId.values()) this.cancel(job);
    await Promise.all(this.#queues.values());
  }

  /** Waits until fewer than the most renders run, then runs one more. */
  async #inTurn(render: () => Promise<void>): Promise<void> {
    if (this.#running >= this.#atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      await render();
    } finally {
      // The place goes to the next in line; nothing can take it in between.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  async #perform(job: Job, { spec, failure }: JobOrder): Promise<void> {
    if (job.over) return;
    const onProgress = ({ framesDone, framesTotal, warnings }: RenderProgress): void => {
      if (job.over) return;
      const fraction = framesTotal > 0 ? Math.min(framesDone / framesTotal, 1) : 0;
      job.status = 'processing';
      job.progress = Math.max(job.progress, fraction);
      job.warnings = warnings;
      if (failure !== undefined && fraction >= 0.5) this.#end(job, 'failed', failure);
    };
    try {
      const { done, cancel } = this.#start(spec, { onProgress });
      this.#cancels.set(job, cancel);
      await done;
      this.#end(job, failure === undefined ? 'completed' : 'failed', failure);
    } catch (error) {
      if (error instanceof LocalRenderError && !error.retryable) job.hint = error.hint;
      this.#end(job, 'failed', error instanceof Error ? error.message : String(error));
    } finally {
      this.#cancels.delete(job);
    }
  }

  #end(job: Job, status: 'completed' | 'failed' | 'cancelled', error?: string): void {
    if (job.over) return;
    job.status = status;
    job.error = error;
    job.completedAt = this.#clock.now();
    if (status === 'completed') job.progress = 1;
    // `done` of the render resolves when it is gone; the queue waits for that, and close() for the queue.
    else
      this.#cancels
        .get(job)?.()
        .catch(() => {});
  }
}

/** What a render usually takes (wire document: 30–90 s), at speed 1. */
const RENDER_MS = 45_000;

/** As many steps of progress. */
const STEPS = 20;

/** A renderer that lets the time pass and leaves the placeholder. */
export function renderNothing(clock: Clock, speed: number): BackendParts['render'] {
  return ({ outPath }, { onProgress }) => {
    const cancelled = new AbortController();
    const pass = async (): Promise<void> => {
      for (let step = 0; step < STEPS; step += 1) {
        const ms = RENDER_MS / STEPS / speed;
        if (ms > 0) await clock.sleep(ms, cancelled.signal);
        onProgress({ framesDone: step + 1, framesTotal: STEPS, warnings: [] });
      }
      await writeFile(outPath, placeholderVideo());
    };
    const done = pass();
    return {
      done,
      cancel: async () => {
        cancelled.abort(new Error('cancelled'));
        await done.catch(() => {});
      },
    };
  };
}
