import { AuthenticationError, ClientIdRequiredError, RateLimitError } from '../errors/index.js';
import type { StoredCredential } from '../platform/credentials.js';
import type { AuthContext } from './provider.js';
import { SharedWork } from './shared.js';

/** One client gets one token in this time, and a token lives as long (wire document, "Endpoints"). */
export const TOKEN_LIFETIME_MS = 7 * 24 * 3_600_000;

/** A token is renewed this long before it expires, so that it does not expire on the way or in a long run. */
const EARLY_MS = 20 * 60_000;

/** After an early renewal failed, the token at hand is used this long before the next try. */
const EARLY_PAUSE_MS = 60_000;

/** What the store holds of an identity. */
interface Kept {
  readonly clientId: string;
  /** Whether another client id may take its place: it was not given by the caller. */
  readonly ours: boolean;
  /** Whether the store keeps this client id already. */
  readonly persisted: boolean;
  /** Whether something was kept that could not be read, so that a token may be lost. */
  readonly damaged: boolean;
  readonly credential: StoredCredential | undefined;
}

/** The anonymous client of one origin: its id, its token, and how the next one is had. */
export class AnonymousIdentity {
  readonly #context: AuthContext;
  readonly #givenId: string | undefined;
  readonly #acquisition = new SharedWork((signal) => this.#acquire(signal));
  #clientId: string | undefined;
  #held: StoredCredential | undefined;
  #refused: string | undefined;
  #notBefore = 0;

  constructor(context: AuthContext, clientId: string | undefined) {
    this.#context = context;
    this.#givenId = clientId;
    this.#clientId = clientId;
  }

  /** The token to send now. */
  async token(signal: AbortSignal | undefined): Promise<string> {
    const now = this.#context.clock.now();
    const held = this.#held;
    if (held !== undefined && this.#isGood(held, now < this.#notBefore ? 0 : EARLY_MS)) return held.token;
    try {
      return (await this.#acquisition.join(signal)).token;
    } catch (error) {
      const left = this.#held;
      if (left === undefined || !this.#isGood(left, 0) || signal?.aborted) throw error;
      // Renewal was only early: what is at hand still works.
      this.#notBefore = now + EARLY_PAUSE_MS;
      this.#context.logger.debug('auth: early renewal failed, the token at hand is used on', { error });
      return left.token;
    }
  }

  /** Told that the service refused `token`. It stays in the store, where its date says when the next one is due. */
  invalidate(token: string): void {
    this.#refused = token;
  }

  /** Who this is, as far as known. */
  facts() {
    return { anonymous: true, userId: this.#held?.userId, clientId: this.#clientId };
  }

  #isGood(credential: StoredCredential, marginMs: number): boolean {
    return credential.token !== this.#refused && credential.expiresAt - marginMs > this.#context.clock.now();
  }

  async #acquire(signal: AbortSignal): Promise<StoredCredential> {
    const before = await this.#readGood();
    if (before !== undefined) return before;
    // Another process may have acquired one while this one waited for its turn.
    return this.#exclusive(
      async () => (await this.#readGood()) ?? this.#renew(await this.#read(), signal),
      signal,
    );
  }

  /** The kept token, when it is good for a while; one that is about to expire is held for the case of need. */
  async #readGood(): Promise<StoredCredential | undefined> {
    const { clientId, credential } = await this.#read();
    if (credential === undefined || !this.#isGood(credential, 0)) return undefined;
    this.#clientId = clientId;
    this.#held = credential;
    return this.#isGood(credential, EARLY_MS) ? credential : undefined;
  }

  async #read(): Promise<Kept> {
    const { store, origin } = this.#context;
    const id =
      this.#givenId === undefined
        ? await this.#survive('read the client id', () => store.clientId())
        : undefined;
    const persisted = id?.value !== undefined;
    this.#clientId = this.#givenId ?? id?.value ?? this.#clientId ?? crypto.randomUUID();
    const clientId = this.#clientId;
    const kept = await this.#survive('read the token', () => store.get({ origin, clientId }));
    return {
      clientId,
      ours: this.#givenId === undefined,
      persisted,
      damaged: id?.failed === true || kept.failed,
      credential: kept.value,
    };
  }

  async #renew(kept: Kept, signal: AbortSignal): Promise<StoredCredential> {
    try {
      return await this.#issue(kept.clientId, kept, signal);
    } catch (error) {
      const lost = kept.damaged && error instanceof RateLimitError;
      if (!kept.ours || !(lost || error instanceof ClientIdRequiredError)) throw this.#explain(error, kept);
      this.#context.logger.warn(
        lost
          ? 'auth: the kept token could not be read and no second one is given to this client; going on as a new client'
          : 'auth: the service does not accept the kept client id; going on as a new client',
      );
    }
    try {
      return await this.#issue(crypto.randomUUID(), { ...kept, persisted: false }, signal);
    } catch (error) {
      throw this.#explain(error, kept);
    }
  }

  async #issue(clientId: string, kept: Kept, signal: AbortSignal): Promise<StoredCredential> {
    const { store, origin, logger } = this.#context;
    const { token, userId, expiresAt } = await this.#context.issueAnonymousToken(clientId, signal);
    const credential: StoredCredential = { token, userId, expiresAt };
    this.#clientId = clientId;
    this.#held = credential;
    this.#refused = undefined;
    this.#notBefore = 0;
    // The token first: were the process killed in between, a client id without its token would be refused for days.
    await this.#survive('keep the token', () => store.set({ origin, clientId }, credential));
    if (kept.ours && !kept.persisted) {
      await this.#survive('keep the client id', () => store.setClientId(clientId));
    }
    logger.info('auth: got an anonymous token', { expiresAt: new Date(expiresAt).toISOString() });
    return credential;
  }

  /** A refusal because there was a token already becomes the date of the next one. */
  #explain(error: unknown, kept: Kept): unknown {
    if (!(error instanceof RateLimitError)) return error;
    const now = this.#context.clock.now();
    const expiry = kept.credential?.expiresAt ?? 0;
    const due =
      error.retryAfterMs !== undefined
        ? now + error.retryAfterMs
        : expiry > now
          ? expiry
          : now + TOKEN_LIFETIME_MS;
    return new AuthenticationError({
      anonymous: true,
      nextTokenAt: new Date(due),
      code: error.code,
      status: error.status,
      requestId: error.requestId,
      attempts: error.attempts,
      cause: error,
    });
  }

  async #exclusive<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    let begun = false;
    const once = (): Promise<T> => {
      begun = true;
      return work();
    };
    try {
      return await this.#context.store.exclusive(once, signal);
    } catch (error) {
      if (begun || signal.aborted) throw error;
      this.#warn('lock the store', error);
      return work();
    }
  }

  /** A store that fails must not fail the call: without it, the identity lives as long as the process. */
  async #survive<T>(
    what: string,
    access: () => Promise<T>,
  ): Promise<{ readonly value?: T; readonly failed: boolean }> {
    try {
      return { value: await access(), failed: false };
    } catch (error) {
      this.#warn(what, error);
      return { failed: true };
    }
  }

  #warn(what: string, error: unknown): void {
    this.#context.logger.warn(`auth: the credential store failed to ${what}`, {
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}
