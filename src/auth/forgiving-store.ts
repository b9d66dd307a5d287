import { OptionError } from '../errors/index.js';
import {
  type CredentialKey,
  type CredentialStore,
  isSendable,
  memoryCredentials,
  type StoredCredential,
} from '../platform/credentials.js';
import type { Logger } from '../platform/logger.js';

/** What was read; `failed` when there may be something that could not be. */
export interface Reading<T> {
  readonly value: T | undefined;
  readonly failed: boolean;
}

/** Where a store cannot lock, as in a read-only home, the clients of this process at least take turns. */
const turns = /* @__PURE__ */ memoryCredentials();

/**
 * A credential store whose failures do not fail a call: each is warned of once, and what could not be kept lives as
 * long as the process.
 */
export class ForgivingStore {
  readonly #store: CredentialStore;
  readonly #logger: Logger;
  readonly #warned = new Set<string>();

  constructor(store: CredentialStore, logger: Logger) {
    this.#store = store;
    this.#logger = logger;
  }

  clientId(): Promise<Reading<string>> {
    // Null is how databases say that there is none.
    return this.#attempt('be read', async () => (await this.#store.clientId()) ?? undefined);
  }

  token(key: CredentialKey): Promise<Reading<StoredCredential>> {
    return this.#attempt('be read', async () => {
      const kept = await this.#store.get(key);
      if (kept === undefined || kept === null) return undefined;
      const { token, userId, expiresAt } = kept;
      if (!isSendable(token)) throw new Error('it holds a token that cannot be sent');
      // Databases give large numbers as text, and moments as `Date`.
      const end = Number(expiresAt ?? Number.NaN);
      if (Number.isNaN(end)) throw new Error('it holds a token without its end in ms');
      return { token, userId: userId ?? undefined, expiresAt: end };
    });
  }

  async keepClientId(clientId: string): Promise<void> {
    await this.#attempt('be written', () => this.#store.setClientId(clientId));
  }

  async keepToken(key: CredentialKey, credential: StoredCredential): Promise<void> {
    await this.#attempt('be written', () => this.#store.set(key, credential));
  }

  /** Runs `work` alone where that can be had, else alone in this process. */
  async exclusive<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    let hasBegun = false;
    const once = (): Promise<T> => {
      hasBegun = true;
      return work();
    };
    try {
      return await this.#store.exclusive(once, signal);
    } catch (error) {
      if (hasBegun || signal.aborted) throw error;
      this.#warn('be locked', error);
      return turns.exclusive(work, signal);
    }
  }

  async #attempt<T>(what: string, access: () => Promise<T | undefined>): Promise<Reading<T>> {
    try {
      return { value: await access(), failed: false };
    } catch (error) {
      this.#warn(what, error);
      return { value: undefined, failed: true };
    }
  }

  #warn(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (this.#warned.has(reason)) return;
    this.#warned.add(reason);
    this.#logger.warn(`auth: the credential store could not ${what}`, { reason });
  }
}

const METHODS: readonly (keyof CredentialStore)[] = ['clientId', 'setClientId', 'get', 'set', 'exclusive'];

/**
 * Checks what is given as a store: from one without its methods every failure would be survived, and nothing kept.
 * @throws {@link OptionError} naming the methods.
 */
export function checkStore(store: unknown, field: string): void {
  const isStore =
    typeof store === 'object' &&
    store !== null &&
    METHODS.every((method) => typeof Reflect.get(store, method) === 'function');
  if (isStore) return;
  throw new OptionError({
    field,
    accepted: `an object with the methods ${METHODS.join(', ')}`,
    hint: 'Leave it out to use the file of the person, pass `false` to keep everything in memory, or a `CredentialStore`.',
  });
}
