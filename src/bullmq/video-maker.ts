import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { OptionError, type VideoEvent, type VideoTask } from '../index.js';
import { ParkedJobs, type VideoJob } from './parked-jobs.js';
import { loadBullmq } from './peers.js';
import { fileOf, resultOf, StepTimes } from './queued-result.js';
import {
  type OpenConnection,
  openConnection,
  type RedisCheckpointStore,
  redisCheckpoints,
} from './redis-checkpoints.js';
import { NoCredits, OverBudget, verdictOf } from './verdict.js';
import {
  keysOf,
  mayHaveSent,
  type Parked,
  type QueuedProgress,
  type QueuedResult,
  type VideoJobData,
} from './video-job.js';
import type { WorkerSettings } from './video-worker.js';

/** So long, a job that is handed back waits: a worker that is closing may still look for one. */
const HAND_BACK_MS = 1_000;

/** Makes the videos of a queue: what a {@link VideoWorker} is when its packages are loaded. */
export class VideoMaker {
  readonly #settings: WorkerSettings;
  readonly #bullmq: typeof import('bullmq');
  readonly #keys: ReturnType<typeof keysOf>;
  readonly #connection: OpenConnection;
  readonly #cancels: Redis;
  readonly #store: RedisCheckpointStore;
  readonly #worker: Worker<VideoJobData, QueuedResult>;
  readonly #parked: ParkedJobs;
  /** The jobs of this moment, to cancel one or hand all back. */
  readonly #active = new Map<string, ActiveJob>();
  /** Those that the credits guard let pass, and whose messages were not sent since. */
  readonly #uncharged = new Set<ActiveJob>();
  /** Whether the time of `close` is over. */
  #handsBack = false;

  /** @throws OptionError when a peer is not installed. */
  static async open(settings: WorkerSettings): Promise<VideoMaker> {
    const bullmq = await loadBullmq();
    return new VideoMaker(settings, bullmq, await openConnection(settings.connection));
  }

  private constructor(settings: WorkerSettings, bullmq: typeof import('bullmq'), connection: OpenConnection) {
    const { name, concurrency, limit, stalledMs } = settings;
    this.#settings = settings;
    this.#bullmq = bullmq;
    this.#keys = keysOf(name);
    this.#connection = connection;
    const { redis } = connection;
    this.#store = redisCheckpoints(redis, { prefix: this.#keys.checkpoints });
    this.#worker = new bullmq.Worker<VideoJobData, QueuedResult>(
      name,
      (job, token) => this.#process(job, token),
      {
        connection: redis,
        concurrency,
        lockDuration: stalledMs,
        stalledInterval: stalledMs,
        // A job is continued however often its workers die: its checkpoint knows what was paid for.
        maxStalledCount: Number.MAX_SAFE_INTEGER,
        limiter: { max: limit.videos, duration: limit.perMs },
      },
    );
    this.#parked = new ParkedJobs(redis, this.#keys.parked, (name) => this.#worker.toKey(name));
    // BullMQ reconnects; without a listener the error would end the process.
    this.#worker.on('error', () => {});
    this.#cancels = redis.duplicate();
    this.#cancels.on('error', () => {});
    this.#cancels.on('message', (_, id) => this.#cancel(id));
    void this.#cancels.subscribe(this.#keys.cancel).catch(() => {});
    // A worker may be started before its server, and waits for it; but not in silence.
    this.#connection.reach().catch((error) => {
      if (error instanceof OptionError) process.emitWarning(`${error.message}. ${error.hint}`, error.name);
    });
  }

  /** Ends, and hands back what is not finished after this time. */
  async close(timeoutMs: number): Promise<void> {
    const handBack = setTimeout(() => {
      this.#handsBack = true;
      for (const { handBack } of this.#active.values()) handBack.abort();
    }, timeoutMs);
    try {
      // Without a server and without a job there is nothing to wait for, and BullMQ would wait for the server.
      const isIdle = this.#connection.redis.status !== 'ready' && this.#active.size === 0;
      await this.#worker.close(isIdle);
    } finally {
      clearTimeout(handBack);
      this.#cancels.disconnect();
      await this.#connection.close();
    }
  }

  async #process(job: VideoJob, token: string | undefined): Promise<QueuedResult> {
    const { id } = job.data;
    if (this.#handsBack) return this.#delay(job, token, HAND_BACK_MS);
    const active: ActiveJob = { handBack: new AbortController(), cancelled: false, task: undefined };
    this.#active.set(id, active);
    try {
      return await this.#make(job, active);
    } catch (error) {
      if (active.cancelled) return await this.#fail(id, active, 'cancelled');
      if (active.handBack.signal.aborted) return await this.#delay(job, token, HAND_BACK_MS);
      return await this.#carryOut(error, job, token, active);
    } finally {
      this.#uncharged.delete(active);
      // If its lock was lost, this worker may have taken the job again.
      if (this.#active.get(id) === active) this.#active.delete(id);
    }
  }

  async #make(job: VideoJob, active: ActiveJob): Promise<QueuedResult> {
    const { client, onResult, onProgress, folder } = this.#settings;
    const { id, request, answered, sendAgain, parked } = job.data;
    if (parked !== undefined) await this.#parked.taken(job);
    const kept = (await this.#store.load(id))?.snapshot;
    if (kept?.run === undefined && kept?.text === undefined) await this.#guard(id, active);
    if (folder !== undefined) await mkdir(folder, { recursive: true });
    const steps = new StepTimes();
    const isAnswered = JSON.stringify(kept?.question) === JSON.stringify(answered?.question);
    const task = client.createVideo({
      ...request,
      checkpoint: { store: this.#store, id },
      answers: isAnswered ? answered?.answers : undefined,
      sendAgain: sendAgain !== undefined && sendAgain === kept?.run?.sentAt,
      download: request.download ?? (folder === undefined ? undefined : join(folder, fileOf(id))),
      signal: active.handBack.signal,
      onCheckpoint: ({ run }) => {
        if (run !== undefined) this.#uncharged.delete(active);
      },
      onProgress: (event) => {
        if (steps.see(event.phase)) this.#report(job, event);
        onProgress?.(id, event);
      },
    });
    active.task = task;
    if (active.cancelled || (await this.#connection.redis.sismember(this.#keys.cancelled, id)) === 1)
      this.#cancel(id);
    const result = resultOf(await task, steps.end());
    await onResult?.(id, result);
    await this.#count(result.stepMs);
    return result;
  }

  /** Ends a video that this worker makes, on the word of `queue.cancel()`. */
  #cancel(id: string): void {
    const active = this.#active.get(id);
    if (active === undefined) return;
    active.cancelled = true;
    void active.task?.cancel();
  }

  /**
   * Looks whether a new video can be paid for, beside those that this worker has begun and that are not charged yet.
   * @throws {@link NoCredits} and {@link OverBudget}.
   */
  async #guard(id: string, active: ActiveJob): Promise<void> {
    const { client, creditsPerVideo } = this.#settings;
    if (!(await this.#reserve(id))) throw new OverBudget();
    if (creditsPerVideo === 0) return;
    this.#uncharged.add(active);
    const { available } = await client.credits.balance();
    // By their order: of two that ask at once, one may pass.
    const place = [...this.#uncharged].indexOf(active) + 1;
    if (available < creditsPerVideo * place) throw new NoCredits();
  }

  /** Whether the budget of the queue covers a video. Its cost is reserved then. */
  async #reserve(id: string): Promise<boolean> {
    const { creditsPerVideo } = this.#settings;
    const { budget, reserved } = this.#keys;
    return (await this.#connection.redis.eval(RESERVE, 2, budget, reserved, id, creditsPerVideo)) === 1;
  }

  async #carryOut(
    error: unknown,
    job: VideoJob,
    token: string | undefined,
    active: ActiveJob,
  ): Promise<never> {
    const verdict = verdictOf(error, job.attemptsMade + 1 >= (job.opts.attempts ?? 1));
    switch (verdict.do) {
      case 'park':
        return this.#park(job, token, verdict.parked);
      case 'delay':
        return this.#delay(job, token, this.#settings.stalledMs);
      case 'pause-account':
        await this.#worker.rateLimit(verdict.ms ?? this.#settings.creditsIntervalMs);
        throw this.#bullmq.Worker.RateLimitError();
      case 'fail':
        return this.#fail(job.data.id, active, verdict.reason);
      case 'retry':
        throw error;
    }
  }

  /** Ends a job for good. What it would have cost is free for another, unless it may have been charged. */
  async #fail(id: string, { task }: ActiveJob, reason: string): Promise<never> {
    const { redis } = this.#connection;
    await redis.srem(this.#keys.cancelled, id);
    if (!mayHaveSent(task?.toJSON())) await redis.srem(this.#keys.reserved, id);
    throw new this.#bullmq.UnrecoverableError(reason);
  }

  async #delay(job: VideoJob, token: string | undefined, ms: number): Promise<never> {
    await job.moveToDelayed(Date.now() + ms, token);
    throw new this.#bullmq.DelayedError();
  }

  async #park(job: VideoJob, token: string | undefined, parked: Parked): Promise<never> {
    await this.#parked.park(job, token, parked, this.#settings.stalledMs);
    // The budget may have been raised since it was looked at.
    if (parked.kind === 'budget' && (await this.#reserve(job.data.id))) await this.#parked.resume(job, {});
    throw new this.#bullmq.DelayedError();
  }

  /** For those who watch the queue; a video is not worth less when that fails. */
  #report(job: VideoJob, { phase, percent, message }: VideoEvent): void {
    const progress: QueuedProgress = { phase, percent, message };
    job.updateProgress({ ...progress }).catch(() => {});
  }

  async #count(stepMs: QueuedResult['stepMs']): Promise<void> {
    const pipeline = this.#connection.redis.pipeline();
    for (const [phase, ms] of Object.entries(stepMs)) {
      pipeline.hincrby(this.#keys.steps, `${phase}:count`, 1);
      pipeline.hincrby(this.#keys.steps, `${phase}:ms`, Math.round(ms));
    }
    await pipeline.exec();
  }
}

/** A video that a worker makes at this moment. */
interface ActiveJob {
  readonly handBack: AbortController;
  cancelled: boolean;
  task: VideoTask | undefined;
}

/** Reserves the cost of a video once, unless the budget does not cover it any more. */
const RESERVE = `
local budget = tonumber(redis.call('GET', KEYS[1]) or '')
if redis.call('SISMEMBER', KEYS[2], ARGV[1]) == 1 then return 1 end
if budget and (redis.call('SCARD', KEYS[2]) + 1) * tonumber(ARGV[2]) > budget then return 0 end
redis.call('SADD', KEYS[2], ARGV[1])
return 1`;
