import { setTimeout } from 'node:timers/promises';
import type { JobsOptions } from 'bullmq';
import { checkFields } from '../errors/index.js';
import { OptionError, type QuestionAnswers, type VideoPhase } from '../index.js';
import { answerMessage } from '../run/index.js';
import { type OpenQueue, openQueue } from './open-queue.js';
import { type VideoJob, waits } from './parked-jobs.js';
import { checkConnection, type RedisConnection } from './redis-checkpoints.js';
import {
  checkJob,
  DEFAULT_NAME,
  jobIdOf,
  keysOf,
  mayHaveSent,
  type Parked,
  type QueuedRequest,
  type QueuedResult,
  type VideoJobData,
} from './video-job.js';

/** Options of {@link videoQueue}. */
export interface VideoQueueOptions {
  /** The Redis server. */
  readonly connection: RedisConnection;
  /** The name of the queue; queues of one name share their jobs. Default `nemovideo`. */
  readonly name?: string | undefined;
  /**
   * The credits that all videos of the queue may cost together, by the estimate of its workers (`creditsPerVideo`). Jobs
   * over it are parked. Default: no limit.
   */
  readonly budget?: number | undefined;
}

/** How a job is queued: `priority` (1 is the first), `delay` in ms, `attempts`, and the other options of BullMQ. */
export type VideoJobOptions = Omit<JobsOptions, 'jobId' | 'repeat' | 'parent'>;

/** A job for {@link VideoQueue.addBulk}. */
export interface QueuedVideo {
  readonly id: string;
  readonly request: QueuedRequest;
  readonly options?: VideoJobOptions | undefined;
}

/** How many jobs there are. `parked` wait for a person, `waiting` for a worker or for their time. */
export interface VideoCounts {
  readonly waiting: number;
  readonly active: number;
  readonly parked: number;
  readonly completed: number;
  readonly failed: number;
}

/** A video in a queue, as it is now. */
export interface QueuedVideoState {
  readonly status: 'waiting' | 'active' | 'parked' | 'completed' | 'failed';
  /** What it waits for. */
  readonly parked?: Parked | undefined;
  readonly result?: QueuedResult | undefined;
  /** Why it failed, with what to do about it. */
  readonly reason?: string | undefined;
}

/**
 * How long a job is waited for that a worker still has, and how often it is looked at: as long as a worker has it that
 * was killed.
 */
const TAKEN = { timeoutMs: 60_000, intervalMs: 50 } as const;

const UNCLEAR = 'of a video whose outcome is unclear';

/** How many jobs go to Redis at once: enough to be fast, few enough to keep memory flat. */
const BULK = 500;

/**
 * Opens a queue of videos. Redis keeps it; any number of processes may add to it and work on it. Every call of the queue throws
 * an OptionError when no server answers within the `connectTimeout` of the connection (10 s); later outages are waited for.
 * @throws OptionError for a wrong option.
 */
export function videoQueue(options: VideoQueueOptions): VideoQueue {
  return new VideoQueue(options);
}

/**
 * Videos to be made, in Redis. Made by {@link videoQueue}.
 *
 * @example
 * ```ts
 * const queue = videoQueue({ connection: { host: '127.0.0.1' } });
 * await queue.add('mug-17', { prompt: 'A promo for this mug', media: '/shop/mug-17' });
 * console.log(await queue.counts());
 * ```
 */
export class VideoQueue {
  readonly #opening: Promise<OpenQueue>;
  readonly #keys: ReturnType<typeof keysOf>;

  /** @internal */
  constructor(options: VideoQueueOptions) {
    checkFields(options, { connection: 'object', name: 'string', budget: 'any' });
    const { connection, name = DEFAULT_NAME, budget } = options;
    checkConnection(connection);
    if (budget !== undefined) checkBudget(budget);
    this.#keys = keysOf(name);
    this.#opening = openQueue(connection, name, this.#keys, budget);
    // Every call reports it.
    this.#opening.catch(() => {});
  }

  /**
   * Adds a video. An id that was added before is not added again.
   * @param id the id of the video and of its checkpoint.
   * @throws OptionError for an id or a request that cannot be queued.
   */
  async add(id: string, request: QueuedRequest, options: VideoJobOptions = {}): Promise<void> {
    checkJob(id, request);
    const { queue } = await this.#reach();
    await queue.add('video', { id, request }, { ...options, jobId: jobIdOf(id) });
  }

  /**
   * Adds any number of videos, from a list or a stream, in constant memory.
   * @returns how many were passed.
   * @throws OptionError for the first one that cannot be queued; those before it may have been added.
   */
  async addBulk(videos: Iterable<QueuedVideo> | AsyncIterable<QueuedVideo>): Promise<number> {
    const { queue } = await this.#reach();
    let count = 0;
    let batch: { name: string; data: VideoJobData; opts: JobsOptions }[] = [];
    for await (const { id, request, options } of videos) {
      checkJob(id, request);
      batch.push({ name: 'video', data: { id, request }, opts: { ...options, jobId: jobIdOf(id) } });
      count += 1;
      if (batch.length < BULK) continue;
      await queue.addBulk(batch);
      batch = [];
    }
    if (batch.length > 0) await queue.addBulk(batch);
    return count;
  }

  /**
   * Answers the question that a video waits with, and continues it. Of two answers to one question, the first counts.
   * @throws OptionError when it does not wait for an answer (any more), or when the question has no such answer.
   */
  async answer(id: string, answers: QuestionAnswers): Promise<void> {
    const { store } = await this.#reach();
    await this.#continue(id, 'of a video that waits for an answer', async ({ parked, answered }) => {
      // Its worker may be about to park it.
      const question =
        parked === undefined
          ? (await store.load(id))?.snapshot.question
          : parked.kind === 'question' && parked.question;
      const isAnswered =
        parked === undefined && JSON.stringify(question) === JSON.stringify(answered?.question);
      if (!question || isAnswered) return undefined;
      answerMessage(question, answers);
      return { answered: { question, answers } };
    });
  }

  /**
   * Sends the message of a video once more whose outcome could not be known. It may be charged a second time.
   * @throws OptionError when it does not wait for that.
   */
  async sendAgain(id: string): Promise<void> {
    const { store } = await this.#reach();
    await this.#continue(id, UNCLEAR, async ({ parked }) => {
      if (parked?.kind !== 'unclear') return undefined;
      return { sendAgain: (await store.load(id))?.snapshot.run?.sentAt };
    });
  }

  /**
   * Continues a video that failed, or whose outcome is unclear, where it is: what was paid for is kept, and nothing that
   * may have been sent is sent again.
   * @throws OptionError when it is in neither state.
   */
  async retry(id: string): Promise<void> {
    const job = await this.#job(id);
    const isFailed = job !== undefined && (await job.isFailed());
    if (isFailed && (await isDone(job.retry('failed', { resetAttemptsMade: true })))) return;
    await this.#continue(id, UNCLEAR, async ({ parked }) => (parked?.kind === 'unclear' ? {} : undefined));
  }

  /** Cancels a video, wherever it is. One that is being made is cancelled by its worker, and fails. */
  async cancel(id: string): Promise<void> {
    const job = await this.#job(id);
    if (job === undefined || (await job.isCompleted()) || (await job.isFailed())) return;
    const { redis, store, parked } = await this.#reach();
    const isRemoved = !(await job.isActive()) && (await isDone(job.remove()));
    if (isRemoved) {
      await parked.remove(id);
      if (!mayHaveSent((await store.load(id))?.snapshot)) await redis.srem(this.#keys.reserved, id);
      return;
    }
    // A worker has it. Kept as well as published, for a worker that is just connecting.
    await redis.sadd(this.#keys.cancelled, id);
    await redis.publish(this.#keys.cancel, id);
  }

  /**
   * Frees what Redis keeps of a finished or failed video: its job and its checkpoint. Added again, it would be a new video
   * that is paid for again. What it cost stays in the budget.
   * @throws OptionError when it waits or is being made.
   */
  async forget(id: string): Promise<void> {
    const job = await this.#job(id);
    if (job !== undefined && !((await job.isCompleted()) || (await job.isFailed())))
      throw new OptionError({ field: 'id', accepted: 'of a video that is finished or has failed' });
    // The job last: with it, this can be repeated.
    await (await this.#reach()).store.delete(id);
    await job?.remove();
  }

  /** Raises (or lowers) the budget, and continues the videos that were parked for it. */
  async setBudget(credits: number): Promise<void> {
    checkBudget(credits);
    const { redis, parked } = await this.#reach();
    await redis.set(this.#keys.budget, credits);
    for (const id of await parked.ids()) {
      const job = await this.#job(id);
      if (job?.data.parked?.kind === 'budget') await parked.resume(job, {});
    }
  }

  /** How a video is; undefined when it was never added, or removed. */
  async get(id: string): Promise<QueuedVideoState | undefined> {
    const { queue } = await this.#reach();
    // The state first: what a job is stored with changes before its state does.
    const state = await queue.getJobState(jobIdOf(id));
    const job = await this.#job(id);
    if (job === undefined) return undefined;
    const { parked } = job.data;
    if (state === 'completed') return { status: state, result: job.returnvalue };
    if (state === 'failed') return { status: state, reason: job.failedReason };
    if (state === 'active') return { status: state };
    // A parked job that was continued keeps what it waited for until a worker takes it.
    return parked === undefined || state !== 'delayed' ? { status: 'waiting' } : { status: 'parked', parked };
  }

  /** The videos that wait for a person, with what for. */
  async *parked(): AsyncIterableIterator<{ readonly id: string; readonly parked: Parked }> {
    const { parked } = await this.#reach();
    for (const id of await parked.ids()) {
      const job = await this.#job(id);
      if (job?.data.parked !== undefined) yield { id, parked: job.data.parked };
    }
  }

  /** The videos that failed, the latest first, with the reason. */
  async *failed(): AsyncIterableIterator<{ readonly id: string; readonly reason: string }> {
    const { queue } = await this.#reach();
    for (let start = 0; ; start += BULK) {
      const jobs = await queue.getFailed(start, start + BULK - 1);
      for (const { data, failedReason } of jobs) yield { id: data.id, reason: failedReason };
      if (jobs.length < BULK) return;
    }
  }

  /** How many videos there are, by what they do. */
  async counts(): Promise<VideoCounts> {
    const open = await this.#reach();
    const [counts, parked] = await Promise.all([
      open.queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'completed', 'failed'),
      open.parked.count(),
    ]);
    const count = (state: string): number => counts[state] ?? 0;
    const delayed = count('waiting') + count('prioritized') + count('delayed');
    return {
      waiting: Math.max(0, delayed - parked),
      active: count('active'),
      parked,
      completed: count('completed'),
      failed: count('failed'),
    };
  }

  /** For each step of a video: how often it was done, and how long that took in all, in ms. */
  async steps(): Promise<
    Readonly<Partial<Record<VideoPhase, { readonly count: number; readonly ms: number }>>>
  > {
    const { redis } = await this.#reach();
    const all = await redis.hgetall(this.#keys.steps);
    const phases = Object.keys(all).flatMap((key) =>
      key.endsWith(':count') ? [key.slice(0, -':count'.length)] : [],
    );
    return Object.fromEntries(
      phases.map((phase) => [
        phase,
        { count: Number(all[`${phase}:count`]), ms: Number(all[`${phase}:ms`]) },
      ]),
    );
  }

  /** Closes the queue in this process; the jobs stay. */
  async close(): Promise<void> {
    // What was never opened needs no closing.
    const open = await this.#opening.catch(() => undefined);
    await open?.queue.close();
    await open?.connection.close();
  }

  async #reach(): Promise<OpenQueue> {
    const open = await this.#opening;
    await open.connection.reach();
    await open.budgetSet;
    return open;
  }

  async #job(id: string): Promise<VideoJob | undefined> {
    const { queue } = await this.#reach();
    return queue.getJob(jobIdOf(id));
  }

  /**
   * Continues a video that waits for a person.
   * @param accepted what the id must be.
   * @param changeOf what its job is stored with from now on; undefined when it does not wait for this.
   */
  async #continue(
    id: string,
    accepted: string,
    changeOf: (data: VideoJobData) => Promise<Partial<VideoJobData> | undefined>,
  ): Promise<void> {
    const { parked } = await this.#reach();
    for (const until = Date.now() + TAKEN.timeoutMs; ; await setTimeout(TAKEN.intervalMs)) {
      const job = await this.#job(id);
      const change = job && (await waits(job)) ? await changeOf(job.data) : undefined;
      if (job === undefined || change === undefined || Date.now() > until) break;
      if (await parked.resume(job, change)) return;
    }
    throw new OptionError({
      field: 'id',
      accepted,
      hint: `\`queue.get(${JSON.stringify(id)})\` shows how it is. It may have been continued before.`,
    });
  }
}

/** Whether something succeeds. */
async function isDone(attempt: Promise<unknown>): Promise<boolean> {
  return attempt.then(
    () => true,
    () => false,
  );
}

function checkBudget(credits: unknown): void {
  if (typeof credits !== 'number' || !(credits >= 0))
    throw new OptionError({ field: 'budget', accepted: 'a number of credits, at least 0' });
}
