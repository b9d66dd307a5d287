export * from './adk-event.js';
export * from './answers.js';
export * from './endpoints.js';
export * from './exact-json.js';
export * from './json.js';
export * from './media-types.js';
export * from './requests.js';
