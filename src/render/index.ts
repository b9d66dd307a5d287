export * from './download/index.js';
export { Feed } from './feed.js';
export { RenderJob, type RenderResult, type RenderUpdate } from './job.js';
export { Pacer } from './pacer.js';
export { guidedSchedule, type PollHistory, type PollObservation, type PollSchedule } from './schedule.js';
export type { RenderSettings } from './settings.js';
export { type RenderSnapshot, readRenderSnapshot } from './snapshot.js';
export { isFinal, type RenderStatus } from './status.js';
export type { RenderSubmission } from './submit.js';
