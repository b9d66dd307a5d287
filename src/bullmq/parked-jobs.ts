import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Parked, QueuedResult, VideoJobData } from './video-job.js';

/** A video as BullMQ keeps it. */
export type VideoJob = Job<VideoJobData, QueuedResult>;

/** One year: a parked job is looked at again after that, and parked again. */
const PARKED_MS = 365 * 24 * 3_600_000;

/**
 * The jobs that wait for a person: how a worker parks one, and how a queue continues it. Any of the processes may end
 * between two commands, and the job is then either parked, or taken by a worker, which parks it again.
 */
export class ParkedJobs {
  readonly #redis: Redis;
  /** Set: the ids of the videos. */
  readonly #set: string;
  /** The key of what BullMQ keeps under a name. */
  readonly #keyOf: (name: string) => string;

  constructor(redis: Redis, set: string, keyOf: (name: string) => string) {
    this.#redis = redis;
    this.#set = set;
    this.#keyOf = keyOf;
  }

  ids(): Promise<string[]> {
    return this.#redis.smembers(this.#set);
  }

  count(): Promise<number> {
    return this.#redis.scard(this.#set);
  }

  /**
   * Parks a job that this worker has.
   * @param againMs after how long another worker looks at it, if this one ends before it is parked.
   */
  async park(job: VideoJob, token: string | undefined, parked: Parked, againMs: number): Promise<void> {
    const before = JSON.stringify(job.data);
    const { answered: _, sendAgain: __, ...data } = job.data;
    // First let go of it, so that a job that is seen to wait can be continued at once.
    await job.moveToDelayed(Date.now() + againMs, token);
    job.data = { ...data, parked };
    const keys = [this.#jobKey(job), this.#keyOf('delayed'), this.#set];
    const ms = PARKED_MS - againMs;
    await this.#redis.eval(PARK, 3, ...keys, before, JSON.stringify(job.data), job.id ?? '', data.id, ms);
  }

  /**
   * Continues a job that waits, with a change of what it is stored with.
   * @returns false when a worker has it, or something changed it since it was read: then nothing was done.
   */
  async resume(job: VideoJob, change: Partial<VideoJobData>): Promise<boolean> {
    const { id } = job.data;
    const key = this.#jobKey(job);
    const after = JSON.stringify({ ...job.data, ...change });
    const changed = await this.#redis.eval(CHANGE, 2, key, `${key}:lock`, JSON.stringify(job.data), after);
    if (changed !== 1) return false;
    try {
      await job.promote();
    } catch (error) {
      // If it is not delayed, its time has come, or another call continued it.
      if (await job.isDelayed()) throw error;
    }
    await this.#redis.eval(UNLIST, 3, key, this.#keyOf('delayed'), this.#set, after, job.id ?? '', id);
    return true;
  }

  /** A worker has taken a job that was continued, or that has waited for a year. */
  async taken(job: VideoJob): Promise<void> {
    const { parked: _, ...data } = job.data;
    await this.remove(data.id);
    await job.updateData(data);
  }

  /** Takes a video off the list. */
  async remove(id: string): Promise<void> {
    await this.#redis.srem(this.#set, id);
  }

  #jobKey({ id = '' }: VideoJob): string {
    return this.#keyOf(id);
  }
}

/** Whether a job may wait for a person: it has not ended, and was not continued. */
export async function waits(job: VideoJob): Promise<boolean> {
  const { parked, answered, sendAgain } = job.data;
  const state = await job.getState();
  if (state === 'completed' || state === 'failed') return false;
  // Delayed, it was not continued: the process that meant to ended too soon.
  return parked === undefined || (answered ?? sendAgain) === undefined || state === 'delayed';
}

/** Unless another worker has taken the job since. BullMQ orders delayed jobs by their time in ms, times 4096. */
const PARK = `
if redis.call('HGET', KEYS[1], 'data') ~= ARGV[1] then return 0 end
local time = redis.call('ZSCORE', KEYS[2], ARGV[3])
if not time then return 0 end
redis.call('HSET', KEYS[1], 'data', ARGV[2])
redis.call('SADD', KEYS[3], ARGV[4])
redis.call('ZADD', KEYS[2], tonumber(time) + ARGV[5] * 4096, ARGV[3])
return 1`;

/** Compare and set, of a job that no worker has. */
const CHANGE = `
if redis.call('EXISTS', KEYS[2]) == 1 or redis.call('HGET', KEYS[1], 'data') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'data', ARGV[2])
return 1`;

/** Unless a worker has parked the job again. */
const UNLIST = `
if redis.call('HGET', KEYS[1], 'data') ~= ARGV[1] or redis.call('ZSCORE', KEYS[2], ARGV[2]) then return 0 end
return redis.call('SREM', KEYS[3], ARGV[3])`;
