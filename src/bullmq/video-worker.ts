import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DelayedError, UnrecoverableError, Worker } from 'bullmq';
import { checkFields } from '../errors/index.js';
import { type NemoVideo, OptionError, type VideoEvent, type VideoTask } from '../index.js';
import { ParkedJobs, type VideoJob } from './parked-jobs.js';
import { fileOf, resultOf, StepTimes } from './queued-result.js';
import {
  openConnection,
  type RedisCheckpointStore,
  type RedisConnection,
  redisCheckpoints,
} from './redis-checkpoints.js';
import { CREDITS_MS, NoCredits, OverBudget, verdictOf } from './verdict.js';
import {
  DEFAULT_NAME,
  keysOf,
  mayHaveSent,
  type Parked,
  type QueuedProgress,
  type QueuedResult,
  type VideoJobData,
} from './video-job.js';

/** Options of {@link videoWorker}. */
export interface VideoWorkerOptions {
  /** The Redis server. */
  readonly connection: RedisConnection;
  /** Makes the videos. Its account pays for them. */
  readonly client: NemoVideo;
  /** The name of the queue. Default `nemovideo`. */
  readonly name?: string | undefined;
  /** How many videos this worker makes at once. Default 4. */
  readonly concurrency?: number | undefined;
  /**
   * Where MP4s are saved as `<id>.mp4`, unless the request says; made where it is missing. Default: nowhere, results have a
   * `url`.
   */
  readonly folder?: string | undefined;
  /**
   * Awaited for each finished video before the job counts as completed, e.g. to move the file to object storage. If it
   * throws, it is called again later, without a request to the service: it may be called more than once for a video.
   */
  readonly onResult?: ((id: string, result: QueuedResult) => void | Promise<void>) | undefined;
  /** Called with the events of every video. */
  readonly onProgress?: ((id: string, event: VideoEvent) => void) | undefined;
  /** The most new videos that all workers of the queue begin in `perMs` together. Default: no limit. */
  readonly limit?: { readonly videos: number; readonly perMs: number } | undefined;
  /**
   * What a video costs, for the credits guard: below that, no new video is begun until the account is topped up (looked
   * at once a minute). Default 150 (a clip about 100, an editing session about 50). 0 turns the guard off.
   */
  readonly creditsPerVideo?: number | undefined;
  /** How often the balance is looked at while it does not suffice, in ms. Default 60,000. */
  readonly creditsIntervalMs?: number | undefined;
  /**
   * How long a worker may be silent before its videos are continued by others, in ms: after one that was killed, this up
   * to twice passes. Default 30,000. A worker that is only slow loses nothing but its videos: the checkpoint stops it.
   */
  readonly stalledMs?: number | undefined;
}

/** So long, a job that is handed back waits: a worker that is closing may still look for one. */
const HAND_BACK_MS = 1_000;
/** What the service names as the cost of a clip and of an editing session, together. */
const CREDITS_PER_VIDEO = 150;
const STALLED_MS = 30_000;
/** BullMQ honours a pause of the whole queue only in a worker that has a limit. */
const NO_LIMIT = { videos: Number.MAX_SAFE_INTEGER, perMs: 1_000 };

/**
 * Starts a worker that makes the videos of a queue. Any number of workers, in any number of processes, may share it.
 * @throws OptionError for a wrong option.
 */
export function videoWorker(options: VideoWorkerOptions): VideoWorker {
  return new VideoWorker(options);
}

/**
 * Makes the videos of a queue. Made by {@link videoWorker}.
 *
 * @example
 * ```ts
 * const worker = videoWorker({ connection: { host: '127.0.0.1' }, client: new NemoVideo(), concurrency: 8 });
 * process.once('SIGTERM', () => void worker.close({ timeoutMs: 60_000 }));
 * ```
 */
export class VideoWorker {
  readonly #options: VideoWorkerOptions;
  readonly #keys: ReturnType<typeof keysOf>;
  readonly #connection: ReturnType<typeof openConnection>;
  readonly #cancels: ReturnType<typeof openConnection>['redis'];
  readonly #store: RedisCheckpointStore;
  readonly #worker: Worker<VideoJobData, QueuedResult>;
  readonly #parked: ParkedJobs;
  /** The jobs of this moment, to cancel one or hand all back. */
  readonly #active = new Map<string, ActiveJob>();
  /** Those that the credits guard let pass, and whose messages were not sent since. */
  readonly #uncharged = new Set<ActiveJob>();
  /** Whether the server has answered. */
  #isReached = false;
  /** Whether the time of `close` is over. */
  #handsBack = false;

  /** @internal */
  constructor(options: VideoWorkerOptions) {
    checkFields(options, {
      connection: 'object',
      client: 'object',
      name: 'string',
      concurrency: 'any',
      folder: 'string',
      onResult: 'function',
      onProgress: 'function',
      limit: 'object',
      creditsPerVideo: 'any',
      creditsIntervalMs: 'any',
      stalledMs: 'any',
    });
    const { name = DEFAULT_NAME, concurrency = 4, limit = NO_LIMIT, stalledMs = STALLED_MS } = options;
    checkCount('concurrency', concurrency);
    checkCount('limit.videos', limit.videos);
    checkCount('limit.perMs', limit.perMs);
    checkCount('stalledMs', stalledMs);
    checkCount('creditsIntervalMs', options.creditsIntervalMs ?? CREDITS_MS);
    const { creditsPerVideo = CREDITS_PER_VIDEO } = options;
    if (!(creditsPerVideo >= 0))
      throw new OptionError({ field: 'creditsPerVideo', accepted: 'a number of credits, at least 0' });
    this.#options = options;
    this.#keys = keysOf(name);
    this.#connection = openConnection(options.connection);
    const { redis } = this.#connection;
    this.#store = redisCheckpoints(redis, { prefix: this.#keys.checkpoints });
    this.#worker = new Worker<VideoJobData, QueuedResult>(name, (job, token) => this.#process(job, token), {
      connection: redis,
      concurrency,
      lockDuration: stalledMs,
      stalledInterval: stalledMs,
      // A job is continued however often its workers die: its checkpoint knows what was paid for.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      limiter: { max: limit.videos, duration: limit.perMs },
    });
    this.#parked = new ParkedJobs(redis, this.#keys.parked, (name) => this.#worker.toKey(name));
    // BullMQ reconnects; without a listener the error would end the process.
    this.#worker.on('error', () => {});
    this.#cancels = redis.duplicate();
    this.#cancels.on('error', () => {});
    this.#cancels.on('message', (_, id) => this.#cancel(id));
    void this.#cancels.subscribe(this.#keys.cancel).catch(() => {});
    // A worker may be started before its server, and waits for it; but not in silence.
    this.#worker.once('ready', () => {
      this.#isReached = true;
    });
    this.#connection.reach().catch((error) => {
      if (error instanceof OptionError) process.emitWarning(`${error.message}. ${error.hint}`, error.name);
    });
  }

  /**
   * Takes no more jobs, and waits for those that are being made. What is not finished after `timeoutMs` is handed back:
   * another worker continues it.
   * @param timeoutMs default 60,000.
   */
  async close({ timeoutMs = 60_000 }: { readonly timeoutMs?: number | undefined } = {}): Promise<void> {
    const handBack = setTimeout(() => {
      this.#handsBack = true;
      for (const { handBack } of this.#active.values()) handBack.abort();
    }, timeoutMs);
    try {
      // Without a server there was no job, and BullMQ would wait for the server first.
      await this.#worker.close(!this.#isReached);
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
    const { client, onResult, onProgress, folder } = this.#options;
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
    const { client, creditsPerVideo = CREDITS_PER_VIDEO } = this.#options;
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
    const { creditsPerVideo = CREDITS_PER_VIDEO } = this.#options;
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
        return this.#delay(job, token, this.#options.stalledMs ?? STALLED_MS);
      case 'pause-account':
        await this.#worker.rateLimit(verdict.ms ?? this.#options.creditsIntervalMs ?? CREDITS_MS);
        throw Worker.RateLimitError();
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
    throw new UnrecoverableError(reason);
  }

  async #delay(job: VideoJob, token: string | undefined, ms: number): Promise<never> {
    await job.moveToDelayed(Date.now() + ms, token);
    throw new DelayedError();
  }

  async #park(job: VideoJob, token: string | undefined, parked: Parked): Promise<never> {
    await this.#parked.park(job, token, parked, this.#options.stalledMs ?? STALLED_MS);
    // The budget may have been raised since it was looked at.
    if (parked.kind === 'budget' && (await this.#reserve(job.data.id))) await this.#parked.resume(job, {});
    throw new DelayedError();
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

function checkCount(field: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new OptionError({ field, accepted: 'a whole number, at least 1' });
}
