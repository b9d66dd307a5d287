import { platform } from '#platform';
import { type CredentialStore, memoryCredentials } from '../platform/credentials.js';
import type { Fetch } from '../transport/index.js';
import { ANSWERS_AS, DEFAULT_BASE_URL } from '../wire/index.js';
import { anonymousToken } from './anonymous.js';
import { checkStore } from './forgiving-store.js';
import { type AuthProvider, staticToken } from './provider.js';

/** Where a token may come from, in the order in which it is looked for. */
export interface AuthSources {
  /** The `token` option. */
  readonly token?: string | undefined;
  /** The variable NEMO_TOKEN. */
  readonly envToken?: string | undefined;
  /** The `clientId` option, else NEMO_CLIENT_ID. */
  readonly clientId?: string | undefined;
  /** Where anonymous identities are kept. Default: the context's. */
  readonly store?: CredentialStore | undefined;
}

/** The provider for those who name none: option, else NEMO_TOKEN, else the kept token, else a new anonymous one. */
export function defaultAuth(sources: AuthSources): AuthProvider {
  const token = sources.token ?? sources.envToken;
  return token === undefined
    ? anonymousToken({ clientId: sources.clientId, store: sources.store })
    : staticToken(token);
}

/**
 * The store that the `credentialStore` option means: `false` keeps everything in memory; by default it is the file of
 * the person where there are files, else a memory that all clients of the process share.
 * @throws {@link OptionError} for a value that is no store.
 */
export function resolveCredentialStore(option: CredentialStore | false | undefined): CredentialStore {
  if (option === false) return memoryCredentials();
  if (option !== undefined) {
    checkStore(option, 'credentialStore');
    return option;
  }
  return platform.credentialStore() ?? sharedMemory();
}

let memory: CredentialStore | undefined;

/** A service that forgets its clients within a process would use up the ten tokens that an address gets. */
function sharedMemory(): CredentialStore {
  memory ??= memoryCredentials();
  return memory;
}

/**
 * The origin that tokens belong to, which is where they are kept: the service's. The local backend's `fetch` answers
 * under any address, and without a `baseUrl` beside it the real one is used. There its tokens would take the place
 * of the person's own and travel to the service later, so they belong to the origin that it names.
 */
export function tokenOrigin(baseUrl: string, fetch: Fetch): string {
  const { origin } = new URL(baseUrl);
  const own: unknown = Reflect.get(fetch, ANSWERS_AS);
  return origin === DEFAULT_BASE_URL && typeof own === 'string' ? own : origin;
}
