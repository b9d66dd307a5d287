/** The service's chat skill as a program. */
export { Assistant } from './assistant.js';
export * from './catalogue/index.js';
export type { Downloads } from './deliver.js';
export * from './intent/index.js';
export type { AssistantSnapshot } from './memory.js';
export type { AssistantOptions, Connect, ConnectRequest, SayOptions } from './options.js';
export type * from './reply.js';
