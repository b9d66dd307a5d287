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
export const SYNONYMS: ReadonlyMap<number, number> = /* @__PURE__ */ new Map([
  [1010, CODES.tokenInvalid],
  [1011, CODES.tokenInvalid],
]);

/** How long to wait after a 429 that names no time (wire document). */
export const RATE_LIMIT_WAIT_MS = 30_000;
