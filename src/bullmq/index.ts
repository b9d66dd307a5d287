export {
  type RedisCheckpointStore,
  type RedisCheckpointsOptions,
  type RedisConnection,
  redisCheckpoints,
} from './redis-checkpoints.js';
export type { Parked, QueuedProgress, QueuedRequest, QueuedResult } from './video-job.js';
export {
  type QueuedVideo,
  type QueuedVideoState,
  type VideoCounts,
  type VideoJobOptions,
  VideoQueue,
  type VideoQueueOptions,
  videoQueue,
} from './video-queue.js';
export { VideoWorker, type VideoWorkerOptions, videoWorker } from './video-worker.js';
