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

/** The code that a bare HTTP status stands for (wire document: "in `code`, or as the HTTP status"). */
function codeOfStatus(refusal: Refusal): number | undefined {
  switch (refusal.status) {
    case 400:
      return refusal.operation === 'token' ? CODES.clientIdMissing : undefined;
    case 401:
      return CODES.tokenInvalid;
    case 402:
      return CODES.exportNotAllowed;
    case 403:
      return refusal.operation === 'render.submit' ? CODES.exportNotAllowed : undefined;
    case 404:
      return isSessionPath(refusal) ? CODES.sessionNotFound : undefined;
    case 413:
      return refusal.operation === 'upload' ? CODES.mediaTooLarge : undefined;
    case 415:
      return refusal.operation === 'upload' ? CODES.unsupportedMedia : undefined;
    case 429:
      return CODES.rateLimited;
    default:
      return undefined;
  }
}

/** A 404 means "no such session" only where the path or body names a session. */
function isSessionPath(refusal: Refusal): boolean {
  return refusal.operation === 'state' || refusal.operation === 'upload' || refusal.operation === 'run';
}

/** The error that a refusal is, and what it proves about the request. */
export function errorOfRefusal(refusal: Refusal): { readonly error: NemoVideoError; readonly proof: Proof } {
  const { about, identity, ...rest } = refusal;
  const code = refusal.code !== undefined && refusal.code !== CODES.ok ? refusal.code : codeOfStatus(refusal);
  const facts = { ...rest, ...about, code, serviceMessage: refusal.message };
  const anonymous = identity.anonymous;
  switch (code) {
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
        proof: refusal.status >= 500 || refusal.status === 408 ? 'unknown' : 'rejected',
      };
  }
}

function registerUrl({ identity, webUrl }: Refusal): URL | undefined {
  if (!identity.anonymous || identity.userId === undefined) return undefined;
  const url = new URL(webUrl);
  url.searchParams.set('bind', identity.userId);
  return url;
}
