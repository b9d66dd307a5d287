export * from './answers.js';
export * from './endpoints.js';
export * from './events.js';
export * from './exact-json.js';
export * from './json.js';
export * from './media.js';
export * from './requests.js';
