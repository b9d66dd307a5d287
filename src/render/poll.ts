import {
  AbortError,
  ApiError,
  NetworkError,
  type PollCounts,
  RateLimitError,
  RenderTimeoutError,
  ResponseFormatError,
  TimeoutError,
} from '../errors/index.js';
import { pause, type Transport } from '../transport/index.js';
import { RATE_LIMIT_WAIT_MS } from '../wire/index.js';
import { askFor, isUnknownRender } from './ask.js';
import type { PollHistory, PollObservation } from './schedule.js';
import type { RenderSettings } from './settings.js';
import { isFinal, type RenderObservation } from './status.js';

/** How often in a row the service may say that it does not know a render that it has taken. */
const UNKNOWN_TOLERATED = 3;
/** How many observations a schedule gets. */
const KEPT_OBSERVATIONS = 6;

/** A render to wait for. */
export interface PollRequest {
  readonly transport: Transport;
  readonly settings: RenderSettings;
  readonly id: string;
  /** When it was submitted, in ms since the epoch. */
  readonly startedAt: number;
  /** Takes every answer; returns the percent that it stands for. */
  readonly onObservation: (observation: RenderObservation) => number | undefined;
  readonly first: RenderObservation | undefined;
  readonly signal: AbortSignal;
}

/**
 * Asks about a render until it ends: at once when nothing is known of it, as after it was found again. Failures of
 * single polls are not failures of the render: they are counted and survived until `timeouts.render` runs out, which
 * counts from here: what went by while nobody waited is not time that was waited.
 * @throws {@link RenderTimeoutError}, {@link AuthenticationError}; {@link ApiError} when the service no longer knows it.
 */
export async function pollUntilFinal(request: PollRequest): Promise<RenderObservation> {
  const { transport, settings, id, startedAt, signal } = request;
  const { clock } = transport;
  const seen = { requests: 0, statuses: new Map<string, number>(), failures: new Map<string, number>() };
  const observations: PollObservation[] = [];
  const record = (observation: RenderObservation): void => {
    const percent = request.onObservation(observation);
    remember(observations, { elapsedMs: clock.now() - startedAt, percent });
    count(seen.statuses, observation.rawStatus || '(none)');
  };
  const begun = clock.now();
  let failures = 0;
  let unknown = 0;
  let askedMs: number | undefined;
  if (request.first !== undefined) {
    record(request.first);
    if (isFinal(request.first.status)) return request.first;
  }
  for (;;) {
    const leftMs = begun + settings.timeoutMs - clock.now();
    if (leftMs <= 0) {
      throw new RenderTimeoutError({ renderId: id, limitMs: settings.timeoutMs, seen: countsOf(seen) });
    }
    if (seen.requests > 0 || observations.length > 0) {
      const elapsedMs = clock.now() - startedAt;
      const wishedMs = nextPause(settings, { elapsedMs, observations, failures, random: Math.random });
      await pause(clock, Math.min(askedMs ?? wishedMs, leftMs), signal, 'render');
    }
    askedMs = undefined;
    seen.requests += 1;
    try {
      const observation = await settings.pacer.run(signal, () =>
        askFor(transport, id, { signal, retry: false }),
      );
      failures = 0;
      unknown = 0;
      record(observation);
      if (isFinal(observation.status)) return observation;
    } catch (error) {
      if (signal.aborted) throw new AbortError({ operation: 'render', renderId: id, cause: signal.reason });
      failures += 1;
      count(seen.failures, error instanceof Error ? error.name : 'unknown');
      if (error instanceof RateLimitError) askedMs = error.retryAfterMs ?? RATE_LIMIT_WAIT_MS;
      else if (isUnknownRender(error)) {
        // A copy of the service may not have heard of the job yet.
        unknown += 1;
        if (unknown > UNKNOWN_TOLERATED) throw error;
      } else if (!isBlip(error)) throw error;
    }
  }
}

/** What the schedule wishes, held between the bounds. */
export function nextPause(
  settings: Pick<RenderSettings, 'schedule' | 'minMs' | 'maxMs'>,
  history: PollHistory,
): number {
  const wished = settings.schedule(history);
  return Math.min(
    settings.maxMs,
    Math.max(settings.minMs, Number.isFinite(wished) ? wished : settings.maxMs),
  );
}

/** Adds an observation, and forgets those between the first and the latest: a job must stay small in memory. */
export function remember(observations: PollObservation[], observation: PollObservation): void {
  observations.push(observation);
  if (observations.length > KEPT_OBSERVATIONS) observations.splice(1, 1);
}

/** Trouble between here and the service, which says nothing about the render. */
function isBlip(error: unknown): boolean {
  return (
    error instanceof NetworkError ||
    error instanceof TimeoutError ||
    error instanceof ResponseFormatError ||
    (error instanceof ApiError && error.retryable)
  );
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function countsOf(seen: {
  requests: number;
  statuses: Map<string, number>;
  failures: Map<string, number>;
}): PollCounts {
  return {
    requests: seen.requests,
    statuses: Object.fromEntries(seen.statuses),
    failures: Object.fromEntries(seen.failures),
  };
}
