export {
  advanceVideo,
  type DurableVideo,
  runVideo,
  type VideoClient,
  type VideoStep,
} from './advance-video.js';
export { type Checkpoint, type CheckpointStore, fileCheckpoints, memoryCheckpoints } from './checkpoints.js';
export { createVideo, openVideo } from './create-video.js';
export * from './video-request.js';
export type { FinishedVideo, VideoSnapshot } from './video-snapshot.js';
export { VideoTask } from './video-task.js';
export type { VideoWishes } from './wishes.js';
