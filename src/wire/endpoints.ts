import { OptionError } from '../errors/option.js';

/** The service's own address (wire document). */
export const DEFAULT_BASE_URL = 'https://mega-api-prod.nemovideo.ai';
/** The website, where people register and claim their work. */
export const DEFAULT_WEB_URL = 'https://nemovideo.com';
/** Under this name a `fetch` that answers itself, as the local backend's, has the origin that it answers for. */
export const ANSWERS_AS = /* @__PURE__ */ Symbol.for('nemovideo-sdk.answers-as');
/** The agent that every path and request names. */
export const AGENT = 'nemo_agent';

/** Every path of the service (wire document, "Endpoints"). Ids are escaped; one that cannot be is an {@link OptionError}. */
export const paths = {
  anonymousToken: '/api/auth/anonymous-token',
  claimToken: '/api/auth/claim-token',
  // Not put together of AGENT: a bundler would then keep all paths, also where none is used.
  createSession: '/api/tasks/me/with-session/nemo_agent',
  run: '/run_sse',
  upload: (sessionId: string): string => `/api/upload-video/${AGENT}/me/${segment(sessionId)}`,
  credits: '/api/credits/balance/simple',
  tokens: '/api/tokens',
  revokeToken: (tokenId: string): string => `/api/tokens/${segment(tokenId)}/revoke`,
  state: (sessionId: string): string => `/api/state/${AGENT}/me/${segment(sessionId)}/latest`,
  submitRender: '/api/render/proxy/lambda',
  render: (renderId: string): string => `/api/render/proxy/lambda/${segment(renderId)}`,
  cancelRender: (renderId: string): string => `/api/render/proxy/lambda/${segment(renderId)}/cancel`,
  downloadRender: (renderId: string): string => `/api/render/proxy/${segment(renderId)}/download`,
} as const;

/**
 * Whether a value can be an id. Nothing escapes `.` and `..`: in a path they lead to another one, with the token; and
 * half of a surrogate pair cannot be escaped at all.
 */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && !/^(?:\s*|\.\.?)$|\p{Surrogate}/u.test(value);
}

/** An id as one part of a path. It may come from a service that means no good. */
function segment(id: string): string {
  if (!isId(id)) throw new OptionError({ field: 'id', accepted: 'an id of the service' });
  return encodeURIComponent(id);
}

/** Names of the headers that the service reads or answers with. */
export const HEADERS = {
  authorization: 'authorization',
  source: 'x-skill-source',
  version: 'x-skill-version',
  platform: 'x-skill-platform',
  clientId: 'x-client-id',
  requestId: 'x-request-id',
  retryAfter: 'retry-after',
} as const;

/** The service's own codes, in `code` of an answer (wire document, "Error codes"). */
export const CODES = {
  ok: 0,
  tokenInvalid: 1001,
  sessionNotFound: 1002,
  outOfCredits: 2001,
  unsupportedMedia: 4001,
  mediaTooLarge: 4002,
  clientIdMissing: 400,
  exportNotAllowed: 402,
  rateLimited: 429,
  sessionBusy: 409,
} as const;

/** Codes of the service's second gateway, and what they mean (wire document, "Found since"). */
export const SYNONYMS: ReadonlyMap<number, number> = /* @__PURE__ */ (() =>
  new Map([
    [1010, CODES.tokenInvalid],
    [1011, CODES.tokenInvalid],
  ]))();

/** How long to wait after a 429 that names no time (wire document). */
export const RATE_LIMIT_WAIT_MS = 30_000;
