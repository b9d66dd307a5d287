export { Feed } from './feed.js';
export * from './job.js';
export * from './pacer.js';
export * from './schedule.js';
export * from './settings.js';
export * from './snapshot.js';
export * from './status.js';
export * from './submit.js';
