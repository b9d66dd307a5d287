import { cleaned, DEPTH } from './cleaned.js';
import { redact } from './redact.js';

/** Shared by every copy of the package in a process, so that `isNemoVideoError` works across them. */
export const BRAND: unique symbol = Symbol.for('nemovideo-sdk.error');

/** What was known when an error occurred. Every field is a fact; none is prose. */
export interface ErrorFacts {
  /** The service's code (1001, 2001, …): as sent, else the one that the documents assign to the HTTP status. */
  readonly code?: number | undefined;
  /** The HTTP status, when there was an answer. */
  readonly status?: number | undefined;
  /** The session that the call was about. */
  readonly sessionId?: string | undefined;
  /** The render that the call was about. */
  readonly renderId?: string | undefined;
  /** The service's `x-request-id`, for support. */
  readonly requestId?: string | undefined;
  /** How many times the request was sent. */
  readonly attempts?: number | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * The root of every error that this library throws. Its message says what happened; `hint` says what to do.
 * Neither ever contains a credential.
 */
export abstract class NemoVideoError extends Error {
  /** The name of the class, written out: a minifier shortens the class itself. */
  abstract override readonly name: string;
  /** The service's code (1001, 2001, …): as sent, else the one that the documents assign to the HTTP status. */
  readonly code: number | undefined;
  /** The HTTP status, when there was an answer. */
  readonly status: number | undefined;
  /** The session that the call was about. */
  readonly sessionId: string | undefined;
  /** The render that the call was about. */
  readonly renderId: string | undefined;
  /** The service's `x-request-id`, for support. */
  readonly requestId: string | undefined;
  /** How many times the request was sent; 0 when nothing was sent. */
  readonly attempts: number;
  /** Whether the same call may succeed later without any change. */
  abstract readonly retryable: boolean;
  /** What a person can do about it, in one sentence. */
  abstract readonly hint: string;

  constructor(message: string, facts: ErrorFacts = {}) {
    super(redact(message), facts.cause === undefined ? undefined : { cause: cleaned(facts.cause) });
    this.code = facts.code;
    this.status = facts.status;
    this.sessionId = facts.sessionId;
    this.renderId = facts.renderId;
    this.requestId = facts.requestId;
    this.attempts = facts.attempts ?? 0;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** For logs: what `JSON.stringify` shows, with the message and the causes that an error's JSON lacks by itself. */
  toJSON(): object {
    const { name, message, cause } = this;
    // What is undefined is left out of JSON.
    return Object.assign({ name, message }, this, { cause: brief(cause) });
  }
}

/** A cause in JSON: of a foreign error, JSON would show nothing, and of something that is no JSON it would throw. */
function brief(cause: unknown, depth = 1): unknown {
  if (cause instanceof Error && !(cause instanceof NemoVideoError)) {
    const { name, message } = cause;
    return { name, message, cause: depth < DEPTH ? brief(cause.cause, depth + 1) : undefined };
  }
  try {
    JSON.stringify(cause);
    return cause;
  } catch {
    return typeof cause;
  }
}
