import type { Platform } from './platform.js';

/** Edge workers, which are servers: they stream request bodies and read redirects. */
const edge = globalThis.navigator?.userAgent === 'Cloudflare-Workers' || 'EdgeRuntime' in globalThis;

/** Browsers and edge workers: no environment, no files. */
export const platform: Platform = {
  name: 'web',
  env: () => undefined,
  installPath: () => undefined,
  credentialStore: () => undefined,
  files: undefined,
  requestBodies: edge ? 'stream' : 'blob',
  bodyRedirect: 'manual',
  repeatsMisdirected: false,
  readsRedirects: edge,
};
