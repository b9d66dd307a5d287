import { redact } from './redact.js';

/** Shared by every copy of the package in a process, so that `isNemoVideoError` works across them. */
export const BRAND: unique symbol = Symbol.for('nemovideo-sdk.error');

/** What was known when an error was made. Every field is a fact; none is prose. */
export interface ErrorFacts {
  /** The service's own code (1001, 2001, …), when it gave one. */
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
  /** What lies beneath. */
  readonly cause?: unknown;
}

/**
 * The root of every error that this library throws. Its message says what happened; `hint` says what to do.
 * Neither ever contains a credential.
 */
export abstract class NemoVideoError extends Error {
  /** The service's own code, when it gave one. */
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
    super(redact(message), facts.cause === undefined ? undefined : { cause: safeCause(facts.cause) });
    this.name = new.target.name;
    this.code = facts.code;
    this.status = facts.status;
    this.sessionId = facts.sessionId;
    this.renderId = facts.renderId;
    this.requestId = facts.requestId;
    this.attempts = facts.attempts ?? 0;
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** A cause is shown by `inspect` and by loggers, so it is held to the same rule as a message. */
function safeCause(cause: unknown): unknown {
  if (typeof cause === 'string') return redact(cause);
  if (!(cause instanceof Error)) return cause;
  const clean = redact(cause.message);
  if (clean === cause.message && redact(cause.stack ?? '') === (cause.stack ?? '')) return cause;
  const copy = new Error(clean);
  copy.name = cause.name;
  copy.stack = redact(cause.stack ?? '');
  return copy;
}
