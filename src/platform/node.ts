import { realpathSync } from 'node:fs';
import { cwd, env } from 'node:process';
import type { Platform } from './contract.js';
import { fileCredentials } from './node-credentials.js';

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
};
