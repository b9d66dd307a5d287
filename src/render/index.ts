export {
  checkDestination,
  type DownloadDestination,
  type DownloadOptions,
  type DownloadProgress,
  type DownloadResult,
  ensureDestination,
} from './download/destination.js';
export { exportDraft, openRender, RenderJob } from './job.js';
export type { RenderResult } from './lifecycle.js';
export { Pacer } from './pacer.js';
export type { RenderSettings } from './poll.js';
export {
  isFinal,
  type RenderSnapshot,
  type RenderStatus,
  type RenderUpdate,
  readRenderSnapshot,
} from './render-state.js';
export { guidedSchedule, type PollHistory, type PollObservation, type PollSchedule } from './schedule.js';
export type { RenderSubmission } from './submit.js';
