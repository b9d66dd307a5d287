import type { Platform } from './contract.js';

/** Browsers and edge workers: no environment, no files. */
export const platform: Platform = {
  name: 'web',
  env: () => undefined,
  installPath: () => undefined,
  credentialStore: () => undefined,
};
