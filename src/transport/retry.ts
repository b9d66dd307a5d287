import { RATE_LIMIT_WAIT_MS } from '../wire/index.js';

/** How calls are repeated. */
export interface RetrySettings {
  /** How often a call is sent at most, not to count once more under a new token. */
  readonly attempts: number;
  /** The shortest pause, in ms. */
  readonly minMs: number;
  /** The longest pause that is not asked for by the service, in ms. */
  readonly maxMs: number;
  /**
   * How long a call may be repeated, in ms from its first attempt: no pause begins that would end later, and no
   * repeated attempt lasts longer. A longer wait that the service asks for is not begun: its error says how long.
   */
  readonly budgetMs: number;
}

/**
 * The pause before attempt `next` (2 for the second): anywhere between `minMs` and a ceiling that doubles each time
 * up to `maxMs`. The whole span is drawn from ("full jitter"), because clients that failed together must not come back
 * together.
 */
export function backoffMs(settings: RetrySettings, next: number, random: () => number = Math.random): number {
  const { minMs, maxMs } = settings;
  const ceiling = Math.min(maxMs, minMs * 2 ** (next - 1));
  return minMs + random() * Math.max(0, ceiling - minMs);
}

/**
 * The wait that a response asks for, in ms: `retry-after-ms`, or `retry-after` as seconds or as a date (RFC 9110,
 * 10.2.3); undefined when it asks for none.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const exact = readNumber(headers.get('retry-after-ms'));
  if (exact !== undefined) return exact;
  const value = headers.get('retry-after');
  const seconds = readNumber(value);
  if (seconds !== undefined) return seconds * 1000;
  // All forms of an HTTP date begin with the name of a day; `Date.parse` alone would take "-5" for the year 2001.
  if (value === null || !/^[a-z]{3,9},? /i.test(value.trim())) return undefined;
  // The oldest form names no zone and means UTC, where `Date.parse` would take the machine's.
  const date = Date.parse(/ \d{4}$/.test(value.trim()) ? `${value} GMT` : value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/** How long to wait after a 429: as told, else as documented. */
export function rateLimitWaitMs(askedMs: number | undefined): number {
  return askedMs ?? RATE_LIMIT_WAIT_MS;
}

function readNumber(value: string | null): number | undefined {
  return value !== null && /^\d+(?:\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;
}
