export * from './contract.js';
export { checkDestination } from './destination.js';
export { downloadRender } from './download.js';
