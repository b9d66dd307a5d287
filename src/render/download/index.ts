export * from './contract.js';
export { downloadRender } from './download.js';
