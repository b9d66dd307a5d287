import { RATE_LIMIT_WAIT_MS } from '../wire/index.js';

/** How calls are repeated. */
export interface RetrySettings {
  /** How often a call is sent at most. */
  readonly attempts: number;
  /** The shortest first pause, in ms. */
  readonly minMs: number;
  /** The longest pause, in ms. */
  readonly maxMs: number;
  /** No pause begins that would end later than this after the first attempt, in ms. */
  readonly budgetMs: number;
}

/** A pause before attempt `next` (2 for the second): exponential with full jitter, never below `minMs`. */
export function backoffMs(settings: RetrySettings, next: number, random: () => number = Math.random): number {
  const ceiling = Math.min(settings.maxMs, settings.minMs * 2 ** (next - 1));
  return settings.minMs + random() * Math.max(0, ceiling - settings.minMs);
}

/** The wait that a response asks for: `retry-after-ms`, seconds or a date; undefined when it asks for none. */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const exact = headers.get('retry-after-ms');
  if (exact !== null && exact.trim() !== '' && Number(exact) >= 0) return Number(exact);
  const value = headers.get('retry-after');
  if (value === null || value.trim() === '') return undefined;
  if (Number(value) >= 0) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/** How long to wait after a 429: as told, else as documented. */
export function rateLimitWaitMs(askedMs: number | undefined): number {
  return askedMs ?? RATE_LIMIT_WAIT_MS;
}
