/** What the assistant says, one file for each language. */
export * from './catalogue.js';
export { ENGLISH } from './en.js';
export { CHINESE } from './zh.js';
