import { untilAborted } from './abort.js';

/** What is kept of a token that the service issued to an anonymous client. */
export interface StoredCredential {
  readonly token: string;
  /** The service's id of the anonymous user, where known. */
  readonly userId?: string | undefined;
  /** In ms since the Unix epoch. */
  readonly expiresAt: number;
}

/** Whether a header can carry `token`. */
export function isSendable(token: unknown): token is string {
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token);
}

/** Whether a kept value is a token that can be sent, with its end. */
export function isCredential(value: unknown): value is StoredCredential {
  if (typeof value !== 'object' || value === null) return false;
  const { token, userId, expiresAt }: Partial<Record<keyof StoredCredential, unknown>> = value;
  return (
    isSendable(token) && typeof expiresAt === 'number' && (userId === undefined || typeof userId === 'string')
  );
}

/** What a token is kept under. The origin is part of it, so that a local token never reaches the real service. */
export interface CredentialKey {
  /** The service's origin, e.g. `https://mega-api-prod.nemovideo.ai`. */
  readonly origin: string;
  /** The client that the token was issued to: a UUID. */
  readonly clientId: string;
}

/**
 * Where anonymous identities are kept between processes: the service issues one token per client in 7 days. Write
 * your own to keep them in a database. If a store throws, a warning is logged and the token is kept in memory.
 */
export interface CredentialStore {
  /** The client id that is kept; undefined when there is none yet. Throws when what is kept cannot be read. */
  clientId(): Promise<string | undefined>;
  /** Keeps a client id, replacing the one before. */
  setClientId(clientId: string): Promise<void>;
  /** The token kept under `key`; undefined when there is none. Throws when what is kept cannot be read. */
  get(key: CredentialKey): Promise<StoredCredential | undefined>;
  /** Keeps a token under `key`. */
  set(key: CredentialKey, credential: StoredCredential): Promise<void>;
  /**
   * Runs `work` while no other user of this store runs theirs, in this process or another, so that only one token
   * is acquired where many are wanted. Rejects with the reason of `signal` if it aborts during the wait.
   */
  exclusive<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** A store that forgets everything when the process ends. */
export function memoryCredentials(): CredentialStore {
  const entries = new Map<string, StoredCredential>();
  let kept: string | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    clientId: async () => kept,
    async setClientId(clientId) {
      kept = clientId;
    },
    get: async (key) => entries.get(credentialName(key)),
    async set(key, credential) {
      entries.set(credentialName(key), credential);
    },
    exclusive(work, signal) {
      const before = last;
      const run = (async () => {
        await untilAborted(before, signal);
        return work();
      })();
      // The next one waits for all before it, also for those that gave up waiting.
      last = Promise.allSettled([before, run]);
      return run;
    },
  };
}

/** A key as one string. A space can stand in neither an origin nor a UUID. */
export function credentialName(key: CredentialKey): string {
  return `${key.origin} ${key.clientId}`;
}
