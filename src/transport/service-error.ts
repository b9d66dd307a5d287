import {
  ApiError,
  AuthenticationError,
  ClientIdRequiredError,
  ExportNotAllowedError,
  InsufficientCreditsError,
  MediaTooLargeError,
  type NemoVideoError,
  RateLimitError,
  SessionBusyError,
  SessionNotFoundError,
  UnsupportedMediaError,
} from '../errors/index.js';
import { ACCEPTED_MEDIA, CODES, fieldsOf, MAX_UPLOAD_BYTES, SYNONYMS } from '../wire/index.js';
import type { Proof } from './attempts.js';
import type { CallSubject, Identity, Operation } from './contract.js';

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
  /** The answer itself, in which a link to register may be. */
  readonly answer?: unknown;
  /** The address that was tried. */
  readonly address?: string | undefined;
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
    case 409:
      return operation === 'run' ? CODES.sessionBusy : undefined;
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

/** An error, and what it proves about the request. */
export interface Refused {
  readonly error: NemoVideoError;
  readonly proof: Proof;
}

/** The error that a refusal is, and what it proves about the request. */
export function errorOfRefusal(refusal: Refusal): Refused {
  const code = refusal.code === CODES.ok ? undefined : refusal.code;
  return (
    documentedError(refusal) ?? {
      error: new ApiError({ ...factsOf(refusal), code }),
      proof: isPassing(refusal.status) || isPassing(code) ? 'unknown' : 'rejected',
    }
  );
}

function factsOf({ about, identity: _, answer: __, message: serviceMessage, ...rest }: Refusal) {
  return { ...rest, ...about, serviceMessage };
}

/** "…already has a turn running: nothing was accepted and there is no turn to poll" (wire document, "Ends and writes"). */
const BUSY = /already has a (?:turn|run)\b|\b(?:turn|run) (?:is )?already (?:running|in progress)/i;

/** The error of a documented code or status; undefined when no document knows it. */
export function documentedError(refusal: Refusal): Refused | undefined {
  const { identity } = refusal;
  const given = refusal.code === CODES.ok ? undefined : refusal.code;
  const number = given ?? refusal.status;
  const isBusy = refusal.operation === 'run' && BUSY.test(refusal.message ?? '');
  const meaning = isBusy
    ? CODES.sessionBusy
    : (SYNONYMS.get(number) ?? codeOfStatus(number, refusal) ?? given);
  const facts = { ...factsOf(refusal), code: given ?? meaning };
  const { anonymous } = identity;
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
      if (refusal.operation !== 'token') return undefined;
      return { error: new ClientIdRequiredError(facts), proof: 'rejected' };
    case CODES.exportNotAllowed:
      return { error: new ExportNotAllowedError({ ...facts, anonymous }), proof: 'rejected' };
    case CODES.rateLimited:
      return { error: new RateLimitError(facts), proof: 'rate' };
    case CODES.sessionBusy:
      if (refusal.operation !== 'run') return undefined;
      return {
        error: new SessionBusyError({ ...facts, sessionId: refusal.about.sessionId }),
        proof: 'rejected',
      };
    default:
      return undefined;
  }
}

/** Whether a status means trouble that passes, after which it is unknown what was done. */
function isPassing(status: number | undefined): boolean {
  return status !== undefined && (status === 408 || (status >= 500 && status < 600));
}

/** Where to register: the address in the answer, else the one that the documents describe for an anonymous user. */
function registerUrl({ identity, webUrl, answer }: Refusal): URL | undefined {
  const found = linkIn(answer);
  if (found !== undefined) return found;
  if (!identity.anonymous || identity.userId === undefined) return undefined;
  const url = new URL(`${webUrl}/register`);
  url.searchParams.set('bind', identity.userId);
  return url;
}

/** The first web address in an answer: one to register at, else any. */
function linkIn(answer: unknown): URL | undefined {
  const links = [...addressesIn(answer, 0)].filter((text) => URL.canParse(text)).map((text) => new URL(text));
  return links.find(({ href }) => /register|sign-?up|[?&]bind=/i.test(href)) ?? links[0];
}

function* addressesIn(value: unknown, depth: number): Generator<string> {
  if (typeof value === 'string') {
    // Up to the end of a sentence, which may follow it, also in Chinese.
    for (const [match] of value.slice(0, 10_000).matchAll(/https?:\/\/[^\s"'<>，。；）]+/g)) {
      yield match.replace(/[.,;:!?)\]]+$/, '');
    }
  } else if (depth < 5) {
    for (const part of Array.isArray(value) ? value : Object.values(fieldsOf(value))) {
      yield* addressesIn(part, depth + 1);
    }
  }
}
