import type { CredentialStore } from './credentials.js';

/** What the library asks of a runtime. `#platform` is an object of this shape, chosen by package conditions. */
export interface Platform {
  /** Which build of the platform layer this is. */
  readonly name: 'node' | 'web';
  /** A variable of the environment; undefined where there is no environment. */
  env(name: string): string | undefined;
  /** Where the calling program is installed: the real path of its main script, else the working folder. */
  installPath(): string | undefined;
  /** Where anonymous identities are kept by default; undefined where nothing outlives the process. */
  credentialStore(options?: { readonly directory?: string | undefined }): CredentialStore | undefined;
}
