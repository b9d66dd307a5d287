import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../platform/clock.js';
import { CODES } from '../../wire/index.js';
import { Refusal } from '../http/exchange.js';

/** How long an anonymous token lives, and how long its client must wait for another (wire document: 7 days). */
export const TOKEN_LIFE_MS = 7 * 24 * 3_600_000;

/** How many clients of one address get a token in 7 days (wire document). */
const TOKENS_PER_IP = 10;

/** Somebody who has credits. */
export class Account {
  readonly userId = randomUUID();
  readonly anonymous: boolean;
  #total: number;
  #frozen = 0;

  constructor(credits: number, anonymous: boolean) {
    this.#total = credits;
    this.anonymous = anonymous;
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
}

/** Who may do what, and for how long. */
export class Accounts {
  readonly #clock: Clock;
  readonly #anonymousCredits: number;
  readonly #tokens = new Map<string, IssuedToken>();
  readonly #clients = new Map<string, IssuedToken>();
  readonly #issuedTo = new Map<string, number[]>();

  constructor(clock: Clock, anonymousCredits: number) {
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
      if (!expired && this.#tokens.has(last.token)) throw tooMany(last.expiresAt - now);
      this.#tokens.delete(last.token);
      if (expired) last.account.refill(this.#anonymousCredits);
      return this.#issue(last.account, now + TOKEN_LIFE_MS, clientId);
    }
    const recent = (this.#issuedTo.get(ip) ?? []).filter((at) => at + TOKEN_LIFE_MS > now);
    const oldest = recent[0];
    if (recent.length >= TOKENS_PER_IP && oldest !== undefined) throw tooMany(oldest + TOKEN_LIFE_MS - now);
    this.#issuedTo.set(ip, [...recent, now]);
    return this.#issue(new Account(this.#anonymousCredits, true), now + TOKEN_LIFE_MS, clientId);
  }

  /** A token of a registered user; it does not expire. */
  registered(credits: number): string {
    return this.#issue(new Account(credits, false), Infinity).token;
  }

  /** The account of an `Authorization` header; refuses with 1001. */
  authenticate(header: string | null): Account {
    const token = header === null ? undefined : /^Bearer\s+(\S+)\s*$/i.exec(header)?.[1];
    if (token === undefined) throw new Refusal(CODES.tokenInvalid, 'a token is required');
    const issued = this.#tokens.get(token);
    if (issued === undefined) throw new Refusal(CODES.tokenInvalid, 'this token is not valid');
    if (issued.expiresAt <= this.#clock.now())
      throw new Refusal(CODES.tokenInvalid, 'this token has expired');
    return issued.account;
  }

  /** Makes one token invalid, or all of them. */
  invalidate(token?: string): void {
    if (token === undefined) this.#tokens.clear();
    else this.#tokens.delete(token);
  }

  #issue(account: Account, expiresAt: number, clientId?: string): IssuedToken {
    const issued = { token: `nmv_usr_${randomBytes(24).toString('hex')}`, account, expiresAt };
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
