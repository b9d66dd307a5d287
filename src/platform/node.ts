import { realpathSync } from 'node:fs';
import { env } from 'node:process';
import { fileCredentials } from './node-credentials.js';
import { nodeFiles } from './node-files.js';
import type { Platform } from './platform.js';

function realPath(path: string | undefined): string | undefined {
  try {
    return path === undefined ? undefined : realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Node, and runtimes that have its modules: Bun, Deno. */
export const platform: Platform = {
  name: 'node',
  env: (name) => env[name],
  installPath() {
    try {
      // Without a main script that is a file: `node -e`, a REPL, a bundle in memory.
      return realPath(process.argv[1]) ?? process.cwd();
    } catch {
      // The folder was removed under a process that continues, as by the next release; or may not be asked for.
      return undefined;
    }
  },
  credentialStore: (options) => fileCredentials(options),
  files: nodeFiles,
  requestBodies: 'stream',
  // Otherwise Node's fetch keeps a copy of the whole body, in case it has to be sent to another place.
  bodyRedirect: 'error',
  repeatsMisdirected: !('Bun' in globalThis || 'Deno' in globalThis),
  readsRedirects: true,
};
