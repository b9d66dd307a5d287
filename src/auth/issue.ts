import { rememberSecret } from '../errors/index.js';
import type { Transport } from '../transport/index.js';
import { anonymousTokenAnswer, HEADERS, paths } from '../wire/index.js';
import type { IssuedToken } from './provider.js';

/** 7 days, in ms. One client gets one token in this time, and a token lives as long (wire document, "Endpoints"). */
export const TOKEN_LIFETIME_MS = 604_800_000;

/** The last moment that a `Date` can hold, in ms since the Unix epoch. */
const LAST_MOMENT_MS = 8_640_000_000_000_000;

/**
 * Asks the service for an anonymous token in the name of `clientId`.
 * @param transport one without `Authorize`: this call is how a token is had.
 * @throws {RateLimitError} when this client, or this address, has had one within 7 days.
 * @throws {ClientIdRequiredError} when the service does not accept the client id.
 */
export async function issueAnonymousToken(
  transport: Transport,
  clientId: string,
  signal?: AbortSignal,
): Promise<IssuedToken> {
  const { data } = await transport.json(
    {
      operation: 'token',
      method: 'POST',
      path: paths.anonymousToken,
      // A second request in the name of the same client is given nothing, so it can cost nothing.
      safety: 'safe',
      authorize: false,
      headers: { [HEADERS.clientId]: clientId },
      signal,
    },
    anonymousTokenAnswer,
  );
  rememberSecret(data.token);
  const now = transport.clock.now();
  const expiresAt = readMoment(data.expires_at);
  return {
    token: data.token,
    userId: data.user_id ?? undefined,
    // A token that was just issued is good: a date that says otherwise comes from a wrong clock, here or there.
    expiresAt:
      expiresAt !== undefined && expiresAt > now
        ? Math.min(expiresAt, LAST_MOMENT_MS)
        : now + TOKEN_LIFETIME_MS,
  };
}

/** A moment in ms: from ISO text (UTC where it names no zone), or seconds or ms since the epoch, also in quotes. */
export function readMoment(value: string | number | null | undefined): number | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const number = Number(value);
  // In seconds, 10^11 is the year 5138; in ms it is 1973.
  if (Number.isFinite(number)) return number < 1e11 ? number * 1000 : number;
  const text = String(value).trim();
  const zoned = /(?:z|[+-]\d\d:?\d\d)$/i.test(text) || !/\d[t ]\d/i.test(text) ? text : `${text}Z`;
  const moment = Date.parse(zoned);
  return Number.isNaN(moment) ? undefined : moment;
}
