export type { RunBaseline, RunSnapshot } from '../errors/index.js';
export * from './events.js';
export * from './gui/index.js';
export * from './raw-state.js';
export * from './request.js';
export * from './run.js';
export * from './session-media.js';
export * from './session-state.js';
export * from './settings.js';
