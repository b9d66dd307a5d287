import type { CredentialStore } from './credentials.js';
import type { Files } from './files.js';

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
  /** The files of the machine; undefined where a program has none. */
  readonly files: Files | undefined;
  /**
   * What a request body may be. `stream`: anything. `blob`: no stream, because browsers send streams over HTTP/2 only,
   * and some not at all.
   */
  readonly requestBodies: 'stream' | 'blob';
  /** How a body's redirect is refused: `error`, or `manual` where the runtime knows no `error` (workerd). */
  readonly bodyRedirect: 'error' | 'manual';
  /** Whether its fetch sends a request again after HTTP 421, unless the body is a stream: Node's does. */
  readonly repeatsMisdirected: boolean;
  /** Whether a redirect that is not followed can be read: browsers hide where it leads. */
  readonly readsRedirects: boolean;
}
