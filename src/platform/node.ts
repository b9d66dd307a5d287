import { realpathSync } from 'node:fs';
import { cwd, env } from 'node:process';
import type { Platform } from './contract.js';
import { fileCredentials } from './node-credentials.js';
import { nodeFiles } from './node-files.js';

/** Node, and runtimes that have its modules: Bun, Deno. */
export const platform: Platform = {
  name: 'node',
  env: (name) => env[name],
  installPath() {
    const script = process.argv[1];
    if (script === undefined) return cwd();
    try {
      return realpathSync(script);
    } catch {
      // The main script is not a file (`node -e`, a REPL, a bundle in memory).
      return cwd();
    }
  },
  credentialStore: (options) => fileCredentials(options),
  files: nodeFiles,
  requestBodies: 'stream',
  // Otherwise Node's fetch keeps a copy of the whole body, in case it has to be sent to another place.
  bodyRedirect: 'error',
  readsRedirects: true,
};
