import {
  AuthenticationError,
  ClientIdRequiredError,
  checkFields,
  type Fields,
  RateLimitError,
} from '../errors/index.js';
import { untilAborted } from '../platform/abort.js';
import { type CredentialStore, credentialName, type StoredCredential } from '../platform/credentials.js';
import { checkStore, ForgivingStore } from './forgiving-store.js';
import { TOKEN_LIFETIME_MS } from './issue.js';
import { type AuthContext, type AuthProvider, checkClientId, isClientId } from './provider.js';

/** Options of {@link anonymousToken}. */
export interface AnonymousTokenOptions {
  /**
   * The id of the client to be. The service asks for a UUID; any other visible ASCII text in one line is sent as it is.
   * Default: the client's `clientId`, NEMO_CLIENT_ID, the stored one, else a new one.
   */
  readonly clientId?: string | undefined;
  /** Where the identity is kept. Default: the client's `credentialStore`. */
  readonly store?: CredentialStore | undefined;
}

const FIELDS: Fields<AnonymousTokenOptions> = { clientId: 'any', store: 'object' };

/**
 * Tokens that the service issues to anybody: 100 credits, 7 days, one per client in that time. The one in the store is
 * used while it is valid; otherwise a single new one is acquired, however many calls and processes want it.
 */
export function anonymousToken(options: AnonymousTokenOptions = {}): AuthProvider {
  checkFields(options, FIELDS);
  if (options.store !== undefined) checkStore(options.store, 'store');
  const given = options.clientId === undefined ? undefined : checkClientId(options.clientId, 'clientId');
  // One provider may serve clients of several origins and ids, whose tokens must never mix.
  const identities = new Map<string, AnonymousIdentity>();
  const nameOf = ({ origin, clientId }: AuthContext): string =>
    credentialName({ origin, clientId: given ?? clientId ?? '' });
  const identityOf = (context: AuthContext): AnonymousIdentity => {
    const name = nameOf(context);
    const known = identities.get(name);
    if (known !== undefined) return known;
    const made = new AnonymousIdentity(
      { ...context, signal: undefined, store: options.store ?? context.store },
      given ?? context.clientId,
    );
    identities.set(name, made);
    return made;
  };
  return {
    token: (context) => identityOf(context).token(context.signal),
    invalidate(token) {
      for (const identity of identities.values()) identity.invalidate(token);
    },
    identity: (context) =>
      identities.get(nameOf(context))?.facts() ?? { anonymous: true, clientId: given ?? context.clientId },
  };
}

/** 20 minutes, in ms. A token is renewed so long before its end, which then falls into no run. */
const EARLY_MS = 1_200_000;

/** 5 minutes, in ms. After an early renewal failed, the token at hand is used this long before the next try. */
const EARLY_PAUSE_MS = 300_000;

/** 30 days, in ms. The wire document knows of 7; a date beyond this is a mistake, or none that `Date` can hold. */
const LONGEST_WAIT_MS = 2_592_000_000;

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
class AnonymousIdentity {
  readonly #context: AuthContext;
  readonly #store: ForgivingStore;
  readonly #givenId: string | undefined;
  readonly #acquisition = new SharedWork((signal) => this.#acquire(signal));
  #clientId: string | undefined;
  #held: StoredCredential | undefined;
  #refused: string | undefined;
  /** The client id of a request that was not answered, or not to the end. */
  #unanswered: string | undefined;
  #notBefore = 0;

  constructor(context: AuthContext, clientId: string | undefined) {
    this.#context = context;
    this.#store = new ForgivingStore(context.store, context.logger);
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
      // The renewal was early: what is at hand still works.
      this.#notBefore = now + EARLY_PAUSE_MS;
      this.#context.logger.debug('auth: early renewal failed, the token at hand is used on', { error });
      return left.token;
    }
  }

  /** The service refused `token`. It stays in the store, where its date says when the next one is due. */
  invalidate(token: string): void {
    // Of another client, or an older one whose answer came late, it says nothing of the token at hand.
    if (token === this.#held?.token) this.#refused = token;
  }

  /** Who this is, as far as known. */
  facts() {
    return { anonymous: true, userId: this.#held?.userId, clientId: this.#clientId };
  }

  #isGood({ token, expiresAt }: StoredCredential, marginMs: number): boolean {
    return token !== this.#refused && expiresAt - marginMs > this.#context.clock.now();
  }

  async #acquire(signal: AbortSignal): Promise<StoredCredential> {
    const before = await this.#read();
    if (this.#takeGood(before)) return before.credential;
    return this.#store.exclusive(async () => {
      // Another process may have acquired one while this one waited for its turn.
      const kept = await this.#read();
      return this.#takeGood(kept) ? kept.credential : this.#renew(kept, signal);
    }, signal);
  }

  async #read(): Promise<Kept> {
    const ours = this.#givenId === undefined;
    const id = ours ? await this.#store.clientId() : undefined;
    const keptId = isClientId(id?.value) ? id.value : undefined;
    const clientId = this.#givenId ?? keptId ?? this.#clientId ?? crypto.randomUUID();
    this.#clientId = clientId;
    const { value, failed } = await this.#store.token({ origin: this.#context.origin, clientId });
    return {
      clientId,
      ours,
      persisted: keptId !== undefined,
      damaged: failed || id?.failed === true || id?.value !== keptId,
      credential: value,
    };
  }

  /** Whether the kept token is good for a while. One that is about to expire is held too, for the case of need. */
  #takeGood(kept: Kept): kept is Kept & { readonly credential: StoredCredential } {
    if (kept.credential === undefined || !this.#isGood(kept.credential, 0)) return false;
    this.#held = kept.credential;
    return this.#isGood(kept.credential, EARLY_MS);
  }

  async #renew(kept: Kept, signal: AbortSignal): Promise<StoredCredential> {
    try {
      return await this.#issue(kept, signal);
    } catch (error) {
      const why = this.#whyAnother(error, kept);
      if (!kept.ours || why === undefined) throw this.#explain(error, kept);
      this.#context.logger.warn(`auth: ${why}; continuing as a new client`);
      const fresh = { ...kept, clientId: crypto.randomUUID(), persisted: false };
      return this.#issue(fresh, signal).catch((again: unknown) => {
        throw this.#explain(again, kept);
      });
    }
  }

  /** Why another client id may get what this one is refused; undefined when none may. */
  #whyAnother(error: unknown, { clientId, persisted, damaged }: Kept): string | undefined {
    if (error instanceof ClientIdRequiredError) return 'the service does not accept the kept client id';
    if (!(error instanceof RateLimitError)) {
      this.#unanswered = clientId;
      return undefined;
    }
    // The token that counts is at hand: none is lost, and a new client could not reach what this one has made.
    if (this.#held !== undefined) return undefined;
    if (damaged) return 'the kept token cannot be read and this client gets no second one';
    // Nothing was made by a client that never had a token, so nothing is left behind.
    const isLost = !persisted && (this.#unanswered === clientId || (error.attempts ?? 1) > 1);
    return isLost ? 'the answer with the token was lost and this client gets no second one' : undefined;
  }

  async #issue({ clientId, ours, persisted }: Kept, signal: AbortSignal): Promise<StoredCredential> {
    const { origin, logger } = this.#context;
    const { token, userId, expiresAt } = await this.#context.issueAnonymousToken(clientId, signal);
    const credential: StoredCredential = { token, userId, expiresAt };
    this.#clientId = clientId;
    this.#held = credential;
    this.#refused = undefined;
    this.#notBefore = 0;
    // The token first: were the process killed in between, a kept client id without its token would be of no use for
    // days, while a token without its client id is just forgotten.
    await this.#store.keepToken({ origin, clientId }, credential);
    if (ours && !persisted) await this.#store.keepClientId(clientId);
    logger.info('auth: got an anonymous token', { expiresAt: new Date(expiresAt).toISOString() });
    return credential;
  }

  /** A refusal because there was a token already becomes the date of the next one. */
  #explain(error: unknown, kept: Kept): unknown {
    if (!(error instanceof RateLimitError)) return error;
    const credential = kept.credential ?? this.#held;
    const now = this.#context.clock.now();
    const expiry = credential === undefined || credential.expiresAt <= now ? undefined : credential.expiresAt;
    const due = error.retryAfterMs === undefined ? expiry : now + error.retryAfterMs;
    const { code, status, requestId, attempts } = error;
    return new AuthenticationError({
      anonymous: true,
      // Whatever the service asks for, the result is a date that a person can read.
      nextTokenAt: new Date(Math.min(due ?? now + TOKEN_LIFETIME_MS, now + LONGEST_WAIT_MS)),
      ...{ code, status, requestId, attempts, cause: error },
    });
  }
}

/**
 * Work that all callers who want its result at the same time share. It ends early only when the last of them has left:
 * one caller's abort must not fail the others.
 */
class SharedWork<T> {
  readonly #work: (signal: AbortSignal) => Promise<T>;
  #running: { readonly result: Promise<T>; readonly stop: AbortController; waiting: number } | undefined;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#work = work;
  }

  /** The result of the work under way, or of work begun now. Rejects with the reason of `signal` when it aborts. */
  async join(signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const running = this.#running ?? this.#begin();
    running.waiting += 1;
    try {
      return await untilAborted(running.result, signal);
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0) {
        // A later caller must not join work that is being given up.
        if (this.#running === running) this.#running = undefined;
        running.stop.abort();
      }
    }
  }

  #begin() {
    const stop = new AbortController();
    const running = { result: this.#work(stop.signal), stop, waiting: 0 };
    // When all have left, its failure would be unhandled.
    running.result.catch(() => {});
    this.#running = running;
    return running;
  }
}
