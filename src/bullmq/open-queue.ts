import type { JobsOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { ParkedJobs } from './parked-jobs.js';
import { loadBullmq } from './peers.js';
import {
  type OpenConnection,
  openConnection,
  type RedisCheckpointStore,
  type RedisConnection,
  redisCheckpoints,
} from './redis-checkpoints.js';
import type { keysOf, QueuedResult, VideoJobData } from './video-job.js';

/**
 * A retry is safe (the checkpoint knows what was paid for), so there are enough for 40 minutes without the service:
 * the pauses are 10 s, 20 s, 40 s … 21 min, each up to a quarter shorter, so that thousands of jobs do not return at once.
 */
const JOB_OPTIONS: JobsOptions = {
  attempts: 9,
  backoff: { type: 'exponential', delay: 10_000, jitter: 0.25 },
};

/** What a queue consists of. */
export interface OpenQueue {
  readonly queue: Queue<VideoJobData, QueuedResult>;
  readonly connection: OpenConnection;
  readonly redis: Redis;
  readonly store: RedisCheckpointStore;
  readonly parked: ParkedJobs;
  readonly budgetSet: Promise<unknown>;
}

/** @throws OptionError when a peer is not installed. */
export async function openQueue(
  to: RedisConnection,
  name: string,
  keys: ReturnType<typeof keysOf>,
  budget: number | undefined,
): Promise<OpenQueue> {
  const { Queue } = await loadBullmq();
  const connection = await openConnection(to);
  const { redis } = connection;
  const queue = new Queue<VideoJobData, QueuedResult>(name, {
    connection: redis,
    defaultJobOptions: JOB_OPTIONS,
  });
  // Without a listener, an error of the connection would end the process; calls report it themselves.
  queue.on('error', () => {});
  const budgetSet = budget === undefined ? Promise.resolve() : redis.set(keys.budget, budget);
  budgetSet.catch(() => {});
  return {
    ...{ queue, connection, redis, budgetSet },
    store: redisCheckpoints(redis, { prefix: keys.checkpoints }),
    parked: new ParkedJobs(redis, keys.parked, (key) => queue.toKey(key)),
  };
}
