import { at, type ErrorFacts, NemoVideoError, putFacts, type ServiceFacts, say } from './base.js';
import { excerpt } from './redact.js';

/** Facts of an {@link AuthenticationError}. */
export interface AuthenticationFacts extends ServiceFacts {
  /** When the service will issue a new anonymous token, if it refused one until then. */
  readonly nextTokenAt?: Date | undefined;
  /** Whether the token was an anonymous one. */
  readonly anonymous?: boolean | undefined;
  /** What is wrong, if it was not the service that refused the token. */
  readonly reason?: string | undefined;
}

/** The token is invalid, expired or missing (code 1001, HTTP 401), or the service issues no new anonymous one yet. */
export class AuthenticationError extends NemoVideoError {
  override readonly name = 'AuthenticationError';
  /** When the service will issue a new anonymous token; undefined when it did not refuse one. */
  declare readonly nextTokenAt: Date | undefined;
  readonly retryable = false;
  readonly hint: string;

  constructor(facts: AuthenticationFacts = {}) {
    const due = facts.nextTokenAt;
    super(
      say(
        due
          ? `No new anonymous token is given to this client before ${due.toISOString()}`
          : (facts.reason ?? 'The token is invalid or has expired'),
        facts,
      ),
      facts,
    );
    putFacts(this, { nextTokenAt: due });
    this.hint = due
      ? `Set NEMO_TOKEN to a registered token, or try again after ${due.toISOString()}.`
      : facts.anonymous
        ? 'Run again to get a new anonymous token, or set NEMO_TOKEN to a registered one.'
        : 'Get a new token on the website and set it as NEMO_TOKEN or the `token` option.';
  }
}

/** The session does not exist or no longer does (code 1002, or HTTP 404 on a session's path). */
export class SessionNotFoundError extends NemoVideoError {
  override readonly name = 'SessionNotFoundError';
  readonly retryable = false;
  readonly hint = 'Create a new session with `nemo.sessions.create()` and upload the media again.';

  constructor(facts: ServiceFacts = {}) {
    super(say(`Session ${facts.sessionId ?? ''} was not found`.replace('  ', ' '), facts), facts);
  }
}

/** Facts of an {@link InsufficientCreditsError}. */
export interface InsufficientCreditsFacts extends ServiceFacts {
  /** Whether the token was an anonymous one. */
  readonly anonymous?: boolean | undefined;
  /** Where an anonymous user can register and keep the work. */
  readonly registerUrl?: URL | undefined;
}

/** The account is out of credits (code 2001). */
export class InsufficientCreditsError extends NemoVideoError {
  override readonly name = 'InsufficientCreditsError';
  /** Whether the token was an anonymous one. */
  readonly anonymous: boolean;
  /**
   * Where an anonymous user can register and keep the work: the address in the service's answer, else
   * `<web>/register?bind=<user id>`. Undefined for a registered user and where neither is known.
   */
  declare readonly registerUrl: URL | undefined;
  readonly retryable = false;
  readonly hint: string;

  constructor(facts: InsufficientCreditsFacts = {}) {
    super(say('Out of credits', facts), facts);
    this.anonymous = facts.anonymous ?? false;
    putFacts(this, { registerUrl: facts.registerUrl });
    this.hint = facts.registerUrl
      ? `Register at ${facts.registerUrl.href} to get more credits and keep this project.`
      : 'Top up the account on the website, then send the message again.';
  }
}

/** A token was requested without a client id (code 400). */
export class ClientIdRequiredError extends NemoVideoError {
  override readonly name = 'ClientIdRequiredError';
  readonly retryable = true;
  readonly hint = 'Pass `clientId` (a UUID), or leave it out so that one is made and kept.';

  constructor(facts: ServiceFacts = {}) {
    super(say('The service wants a client id to issue an anonymous token', facts), facts);
  }
}

/** Facts of an {@link ExportNotAllowedError}. */
export interface ExportNotAllowedFacts extends ServiceFacts {
  /** Whether the token was an anonymous one. */
  readonly anonymous?: boolean | undefined;
}

/** The plan does not include this export (code 402). A matter of the subscription, not of credits. */
export class ExportNotAllowedError extends NemoVideoError {
  override readonly name = 'ExportNotAllowedError';
  /** Whether the token was an anonymous one. */
  readonly anonymous: boolean;
  readonly retryable = false;
  readonly hint: string;

  constructor(facts: ExportNotAllowedFacts = {}) {
    super(say('This export is not in the plan of the account', facts), facts);
    this.anonymous = facts.anonymous ?? false;
    const headers = 'if it should be able to, check that nothing removes the X-Skill-* headers';
    this.hint = this.anonymous
      ? `An anonymous token cannot export: register or subscribe on the website, and set NEMO_TOKEN; ${headers}.`
      : `Check the subscription on the website, buying credits does not change this; ${headers}.`;
  }
}

/**
 * The session is at work on another message: the service accepts one at a time ("already has a turn running"), and so
 * does `Session`. Nothing was sent, or nothing of it was accepted, so it is safe to try later.
 */
export class SessionBusyError extends NemoVideoError {
  override readonly name = 'SessionBusyError';
  readonly retryable = true;
  readonly hint = 'Await the run in progress, then send the message again; nothing of it was accepted.';

  constructor(facts: ServiceFacts & { readonly sessionId: string | undefined }) {
    super(say(`A run is already in progress in session ${facts.sessionId ?? '(unknown)'}`, facts), facts);
  }
}

/** Facts of a {@link RateLimitError}. */
export interface RateLimitFacts extends ServiceFacts {
  /** How long the service asked to wait, in ms. */
  readonly retryAfterMs?: number | undefined;
}

/** Too many requests (code 429), even after the one retry that the service's rules allow. */
export class RateLimitError extends NemoVideoError {
  override readonly name = 'RateLimitError';
  /** How long the service asked to wait, in ms; undefined when it did not say. */
  declare readonly retryAfterMs: number | undefined;
  readonly retryable = true;
  readonly hint: string;

  constructor(facts: RateLimitFacts = {}) {
    super(say('Too many requests', facts), facts);
    putFacts(this, { retryAfterMs: facts.retryAfterMs });
    this.hint = `Wait ${Math.ceil((facts.retryAfterMs ?? 30_000) / 1000)} s and send fewer requests at once.`;
  }
}

/** Facts of an {@link ApiError}. */
export interface ApiFacts extends ServiceFacts {
  /** The operation that failed, e.g. `render.submit`. */
  readonly operation: string;
}

/** Any other failure that the service reports: an unknown code, a 5xx, `success: false`. */
export class ApiError extends NemoVideoError {
  override readonly name = 'ApiError';
  /** The operation that failed. */
  readonly operation: string;
  readonly retryable: boolean;
  readonly hint: string;

  constructor(facts: ApiFacts) {
    const numbers = [
      // Some answers repeat the status as their code.
      facts.code === undefined || facts.code === facts.status ? '' : `code ${facts.code}`,
      facts.status === undefined ? '' : `HTTP ${facts.status}`,
    ].filter((part) => part !== '');
    super(
      say(
        `${facts.operation} failed${at(facts.address)}${numbers.length ? ` with ${numbers.join(', ')}` : ''}`,
        facts,
      ),
      facts,
    );
    this.operation = facts.operation;
    this.retryable = [facts.status, facts.code].some(
      (number) => number !== undefined && (number === 408 || (number >= 500 && number < 600)),
    );
    this.hint = isRenderMissing(facts)
      ? 'There is no such render: check its id, and that it was made with this account.'
      : this.retryable
        ? 'The service is in trouble: try again later.'
        : 'Look at `code`, `status` and the message; quote `requestId` when you ask the service for support.';
  }
}

/** Whether a render was asked for that the service does not know. A submission names one that is still to be made. */
function isRenderMissing({ operation, renderId, status, code }: ApiFacts): boolean {
  return renderId !== undefined && operation !== 'render.submit' && (code ?? status) === 404;
}

/** Facts of a {@link ResponseFormatError}. */
export interface ResponseFormatFacts extends ErrorFacts {
  /** Where in the answer the problem is, e.g. `draft.t[3].sg[0].d`; the operation's name when the whole is not JSON. */
  readonly path: string;
  /** What the service's documents describe there. */
  readonly expected: string;
  /** What was there instead. At most its first 200 characters are quoted. */
  readonly received?: unknown;
}

/** The service's answer does not have the form that its documents describe. */
export class ResponseFormatError extends NemoVideoError {
  override readonly name = 'ResponseFormatError';
  /** Where in the answer the problem is. */
  readonly path: string;
  readonly retryable = false;
  readonly hint = 'Check `baseUrl`, proxies and the SDK version; parse your own JSON first.';

  constructor(facts: ResponseFormatFacts) {
    super(
      `${facts.path}: expected ${facts.expected}, received ${quote(facts.received)}${at(facts.address)}`,
      facts,
    );
    this.path = facts.path;
  }
}

/** How much is quoted, in characters. */
const QUOTED = 200;

function quote(value: unknown): string {
  if (value === undefined) return 'nothing';
  const isText = typeof value === 'string';
  // What is far behind the cut need not be looked at.
  const short = excerpt((isText ? value : safeJson(value)).slice(0, 100 * QUOTED), QUOTED);
  return isText ? JSON.stringify(short) : short;
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // Of a list that is too deep, String fails too.
    return Array.isArray(value) ? 'a list' : 'an object';
  }
}
