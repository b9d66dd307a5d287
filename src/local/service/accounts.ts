import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../platform/clock.js';
import { CODES } from '../../wire/index.js';
import { Refusal } from '../http/exchange.js';

/** How long an anonymous token lives, and how long its client must wait for another (wire document: 7 days). */
export const TOKEN_LIFE_MS = 7 * 24 * 3_600_000;

/** How many clients of one address get a token in 7 days (wire document). */
const TOKENS_PER_IP = 10;

/** What a token may do (wire document, "Found since"). */
export const SCOPES = ['read', 'write', 'upload', 'render', '*'] as const;
export type Scope = (typeof SCOPES)[number];

/** Somebody who has credits. */
export class Account {
  readonly userId: string;
  readonly anonymous: boolean;
  #total: number;
  #frozen = 0;

  constructor(credits: number, anonymous: boolean) {
    this.#total = credits;
    this.anonymous = anonymous;
    this.userId = `${anonymous ? 'anon_' : ''}${randomUUID()}`;
  }

  /** `frozen` is what running work will have cost; `total` still counts it. */
  get balance(): { available: number; frozen: number; total: number } {
    return { available: this.#total - this.#frozen, frozen: this.#frozen, total: this.#total };
  }

  /** Sets the balance, for a new token after the old one expired. */
  refill(credits: number): void {
    this.#total = credits + this.#frozen;
  }

  /** Takes credits for work that begins; the function returned is called when it ends. */
  charge(credits: number): () => void {
    if (credits > this.balance.available) {
      const { available } = this.balance;
      // Registering on the website, which a client advises, is of no use here.
      const more = this.anonymous
        ? '`createLocalBackend({ credits })` or --credits'
        : '`issueToken({ credits })`';
      throw new Refusal(
        CODES.outOfCredits,
        `this needs ${credits} credits and ${available} are left; more with ${more} of this local backend`,
      );
    }
    this.#frozen += credits;
    let settled = false;
    return () => {
      if (settled) return;
      settled = true;
      this.#frozen -= credits;
      this.#total -= credits;
    };
  }
}

/** A token as it was issued. */
export interface IssuedToken {
  readonly token: string;
  readonly account: Account;
  readonly expiresAt: number;
  /** Undefined: all of them. */
  readonly scopes: readonly Scope[] | undefined;
}

/** A token that a person made for a program. */
export interface NamedToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The token itself, shown once. */
  readonly token: string;
}

/** Who may do what, and for how long. */
export class Accounts {
  readonly #clock: Clock;
  readonly #anonymousCredits: number;
  readonly #limits: boolean;
  readonly #named = new Map<Account, NamedToken[]>();
  readonly #tokens = new Map<string, IssuedToken>();
  readonly #clients = new Map<string, IssuedToken>();
  readonly #issuedTo = new Map<string, number[]>();

  constructor(clock: Clock, anonymousCredits: number, limits: boolean) {
    this.#limits = limits;
    this.#clock = clock;
    this.#anonymousCredits = anonymousCredits;
  }

  /**
   * A token for a client without registration. One client gets one per 7 days, except that an expired or invalidated
   * token is replaced: the account stays, and after expiry its credits begin anew.
   */
  anonymous(clientId: string, ip: string): IssuedToken {
    const now = this.#clock.now();
    const last = this.#clients.get(clientId);
    if (last !== undefined) {
      const expired = last.expiresAt <= now;
      if (this.#limits && !expired && this.#tokens.has(last.token)) throw tooMany(last.expiresAt - now);
      this.#tokens.delete(last.token);
      if (expired) last.account.refill(this.#anonymousCredits);
      return this.#issue(last.account, now + TOKEN_LIFE_MS, clientId);
    }
    const recent = (this.#limits ? (this.#issuedTo.get(ip) ?? []) : []).filter(
      (at) => at + TOKEN_LIFE_MS > now,
    );
    const oldest = recent[0];
    if (recent.length >= TOKENS_PER_IP && oldest !== undefined) throw tooMany(oldest + TOKEN_LIFE_MS - now);
    if (this.#limits) this.#issuedTo.set(ip, [...recent, now]);
    return this.#issue(new Account(this.#anonymousCredits, true), now + TOKEN_LIFE_MS, clientId);
  }

  /** A token of a registered user; it does not expire. */
  registered(credits: number): string {
    return this.#issue(new Account(credits, false), Infinity).token;
  }

  /** A further token of an account, with some scopes and its own life. */
  create(account: Account, name: string, scopes: readonly Scope[], days: number): NamedToken {
    const now = this.#clock.now();
    const { token, expiresAt } = this.#issue(account, now + days * 24 * 3_600_000, undefined, scopes);
    const made: NamedToken = {
      id: `tok_${randomBytes(8).toString('hex')}`,
      name,
      scopes,
      createdAt: now,
      expiresAt,
      token,
    };
    this.#named.set(account, [...this.created(account), made]);
    return made;
  }

  /** The tokens that an account has made and not revoked. */
  created(account: Account): readonly NamedToken[] {
    return this.#named.get(account) ?? [];
  }

  /** Makes one of them invalid; false when there is none of that id. */
  revoke(account: Account, id: string): boolean {
    const all = this.created(account);
    const found = all.find((each) => each.id === id);
    if (found === undefined) return false;
    this.#tokens.delete(found.token);
    this.#named.set(
      account,
      all.filter((each) => each !== found),
    );
    return true;
  }

  /** The account of an `Authorization` header; refuses with 1001, or 403 where the token lacks the scope. */
  authenticate(header: string | null, scope?: Scope): Account {
    const token = header === null ? undefined : /^Bearer\s+(\S+)\s*$/i.exec(header)?.[1];
    if (token === undefined) throw new Refusal(CODES.tokenInvalid, 'a token is required');
    const issued = this.#tokens.get(token);
    if (issued === undefined) throw new Refusal(CODES.tokenInvalid, 'this token is not valid');
    if (issued.expiresAt <= this.#clock.now())
      throw new Refusal(CODES.tokenInvalid, 'this token has expired');
    const { scopes } = issued;
    if (scope !== undefined && scopes !== undefined && !scopes.includes(scope) && !scopes.includes('*'))
      throw new Refusal(403, `this token lacks the scope ${scope}`);
    return issued.account;
  }

  /** Makes one token invalid, or all of them. */
  invalidate(token?: string): void {
    if (token === undefined) this.#tokens.clear();
    else this.#tokens.delete(token);
  }

  #issue(account: Account, expiresAt: number, clientId?: string, scopes?: readonly Scope[]): IssuedToken {
    const issued = { token: `nmv_usr_${randomBytes(24).toString('hex')}`, account, expiresAt, scopes };
    this.#tokens.set(issued.token, issued);
    if (clientId !== undefined) this.#clients.set(clientId, issued);
    return issued;
  }
}

function tooMany(waitMs: number): Refusal {
  return new Refusal(CODES.rateLimited, 'no more anonymous tokens for now', 429, {
    'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))),
  });
}
