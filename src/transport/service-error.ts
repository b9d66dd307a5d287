import {
  ApiError,
  AuthenticationError,
  ClientIdRequiredError,
  ExportNotAllowedError,
  InsufficientCreditsError,
  MediaTooLargeError,
  type NemoVideoError,
  RateLimitError,
  SessionNotFoundError,
  UnsupportedMediaError,
} from '../errors/index.js';
import { ACCEPTED_MEDIA, CODES, MAX_UPLOAD_BYTES } from '../wire/index.js';
import type { CallSubject, Identity, Operation } from './contract.js';
import type { Proof } from './safety.js';

/** What the service answered, as far as it decides which error it is. */
export interface Refusal {
  readonly operation: Operation;
  readonly status: number;
  /** The code in the body, which beats the status. */
  readonly code: number | undefined;
  readonly message: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;
  readonly attempts: number;
  readonly about: CallSubject;
  readonly identity: Identity;
  readonly webUrl: string;
  readonly cause?: unknown;
}

/**
 * The documented code that an HTTP status stands for (wire document: "in `code`, or as the HTTP status"). Some answers
 * carry a status as their `code`, also under another HTTP status, so it is asked for that first.
 */
function codeOfStatus(status: number, { operation }: Refusal): number | undefined {
  switch (status) {
    case 400:
      return operation === 'token' ? CODES.clientIdMissing : undefined;
    case 401:
      return CODES.tokenInvalid;
    case 402:
      return CODES.exportNotAllowed;
    case 403:
      return operation === 'render.submit' ? CODES.exportNotAllowed : undefined;
    case 404:
      return NAME_A_SESSION.has(operation) ? CODES.sessionNotFound : undefined;
    case 413:
      return operation === 'upload' ? CODES.mediaTooLarge : undefined;
    case 415:
      return operation === 'upload' ? CODES.unsupportedMedia : undefined;
    case 429:
      return CODES.rateLimited;
    default:
      return undefined;
  }
}

/** Calls whose path or body names a session: only there does a 404 mean that there is no such session. */
const NAME_A_SESSION: ReadonlySet<Operation> = new Set(['state', 'upload', 'run']);

/** The error that a refusal is, and what it proves about the request. */
export function errorOfRefusal(refusal: Refusal): { readonly error: NemoVideoError; readonly proof: Proof } {
  const { about, identity, ...rest } = refusal;
  const given = refusal.code === CODES.ok ? undefined : refusal.code;
  const meaning = codeOfStatus(given ?? refusal.status, refusal) ?? given;
  const facts = { ...rest, ...about, code: given ?? meaning, serviceMessage: refusal.message };
  const anonymous = identity.anonymous;
  switch (meaning) {
    case CODES.tokenInvalid:
      return { error: new AuthenticationError({ ...facts, anonymous }), proof: 'token' };
    case CODES.sessionNotFound:
      return { error: new SessionNotFoundError(facts), proof: 'rejected' };
    case CODES.outOfCredits:
      return {
        error: new InsufficientCreditsError({ ...facts, anonymous, registerUrl: registerUrl(refusal) }),
        proof: 'rejected',
      };
    case CODES.unsupportedMedia:
      return {
        error: new UnsupportedMediaError({ ...facts, accepted: Object.keys(ACCEPTED_MEDIA) }),
        proof: 'rejected',
      };
    case CODES.mediaTooLarge:
      return { error: new MediaTooLargeError({ ...facts, limitBytes: MAX_UPLOAD_BYTES }), proof: 'rejected' };
    case CODES.clientIdMissing:
      if (refusal.operation === 'token')
        return { error: new ClientIdRequiredError(facts), proof: 'rejected' };
      return { error: new ApiError(facts), proof: 'rejected' };
    case CODES.exportNotAllowed:
      return { error: new ExportNotAllowedError({ ...facts, anonymous }), proof: 'rejected' };
    case CODES.rateLimited:
      return { error: new RateLimitError(facts), proof: 'rate' };
    default:
      return {
        error: new ApiError(facts),
        proof: isPassing(refusal.status) || isPassing(given) ? 'unknown' : 'rejected',
      };
  }
}

/** Whether a status means trouble that passes, after which nobody knows what was done. */
function isPassing(status: number | undefined): boolean {
  return status !== undefined && (status === 408 || (status >= 500 && status < 600));
}

function registerUrl({ identity, webUrl }: Refusal): URL | undefined {
  if (!identity.anonymous || identity.userId === undefined) return undefined;
  const url = new URL(webUrl);
  url.searchParams.set('bind', identity.userId);
  return url;
}
