export * from './contract.js';
export { createVideo, openVideo } from './open.js';
export type { VideoSnapshot } from './snapshot.js';
export { VideoTask } from './task.js';
