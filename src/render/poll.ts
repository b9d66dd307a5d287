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
import type { Pacer } from './pacer.js';
import { askForRender, isUnknownRender } from './render-calls.js';
import { isFinal, type RenderObservation, type RenderState } from './render-state.js';
import type { PollHistory, PollObservation, PollSchedule } from './schedule.js';

/** How renders are waited for, complete. */
export interface RenderSettings {
  /** Polls of one job are never closer than this, in ms. Default 2,000. */
  readonly minMs: number;
  /** Polls of one job are never further apart than this, in ms. Default 30,000 (wire document). */
  readonly maxMs: number;
  /** When to ask next. Default `guidedSchedule`. */
  readonly schedule: PollSchedule;
  /** Shared by all jobs of a client. */
  readonly pacer: Pacer;
  /** The longest a render is waited for, in ms. Default 900,000. */
  readonly timeoutMs: number;
  /** No byte of a download for this long, in ms: the connection counts as dead. Default 60,000. */
  readonly downloadIdleMs: number;
}

/** What every job of a client shares. */
export interface RenderContext {
  readonly transport: Transport;
  readonly settings: RenderSettings;
}

/** How often in a row the service may say that it does not know a render that it has accepted. */
const UNKNOWN_TOLERATED = 3;
/** How many observations a schedule gets. */
const KEPT_OBSERVATIONS = 6;

/**
 * Asks about a render until it ends: at once when nothing is known of it, as after it was found again. Failures of
 * single polls are not failures of the render: they are counted and tolerated until `timeouts.render` runs out. That
 * counts from here: time in which the render was not waited for does not count.
 * @param first the latest answer about it, if there was one
 * @param observe records an answer and returns the state after it
 * @throws {@link RenderTimeoutError}, {@link AuthenticationError}; {@link ApiError} when the service no longer knows it.
 */
export async function pollUntilFinal(
  { transport, settings }: RenderContext,
  { id, startedAt }: Pick<RenderState, 'id' | 'startedAt'>,
  first: RenderObservation | undefined,
  observe: (observation: RenderObservation) => RenderState,
  signal: AbortSignal,
): Promise<RenderObservation> {
  const { clock } = transport;
  const counts = new PollTally();
  const observations: PollObservation[] = [];
  const record = (observation: RenderObservation): void => {
    const { progress: percent } = observe(observation);
    remember(observations, { elapsedMs: clock.now() - startedAt, percent });
    counts.answered(observation);
  };
  const begun = clock.now();
  let failures = 0;
  let unknown = 0;
  let askedMs: number | undefined;
  if (first !== undefined) {
    record(first);
    if (isFinal(first.status)) return first;
  }
  for (;;) {
    const leftMs = begun + settings.timeoutMs - clock.now();
    if (leftMs <= 0) {
      throw new RenderTimeoutError({ renderId: id, limitMs: settings.timeoutMs, seen: counts.seen });
    }
    if (counts.requests > 0 || first !== undefined) {
      const elapsedMs = clock.now() - startedAt;
      const wishedMs = nextPause(settings, { elapsedMs, observations, failures, random: Math.random });
      await pause(clock, Math.min(askedMs ?? wishedMs, leftMs), signal, 'render');
    }
    askedMs = undefined;
    counts.requests += 1;
    try {
      const observation = await settings.pacer.run(signal, () =>
        askForRender(transport, id, { signal, retry: false }),
      );
      failures = 0;
      unknown = 0;
      record(observation);
      if (isFinal(observation.status)) return observation;
    } catch (error) {
      if (signal.aborted) throw new AbortError({ operation: 'render', renderId: id, cause: signal.reason });
      failures += 1;
      counts.failed(error);
      if (error instanceof RateLimitError) askedMs = error.retryAfterMs ?? RATE_LIMIT_WAIT_MS;
      else if (isUnknownRender(error)) {
        // A replica of the service may not know the job yet.
        unknown += 1;
        if (unknown > UNKNOWN_TOLERATED) throw error;
      } else if (!isBlip(error)) throw error;
    }
  }
}

/** What the schedule wishes, within the bounds. */
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

/** Trouble on the way to the service, which says nothing about the render. */
function isBlip(error: unknown): boolean {
  return (
    error instanceof NetworkError ||
    error instanceof TimeoutError ||
    error instanceof ResponseFormatError ||
    (error instanceof ApiError && error.retryable)
  );
}

/** What polling saw, for the error when time runs out. */
class PollTally {
  requests = 0;
  readonly #statuses: Record<string, number> = {};
  readonly #failures: Record<string, number> = {};

  answered({ rawStatus }: RenderObservation): void {
    const status = rawStatus || '(none)';
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
  }

  failed(error: unknown): void {
    const name = error instanceof Error ? error.name : 'unknown';
    this.#failures[name] = (this.#failures[name] ?? 0) + 1;
  }

  get seen(): PollCounts {
    const { requests } = this;
    return { requests, statuses: this.#statuses, failures: this.#failures };
  }
}
