/** One answered poll. */
export interface PollObservation {
  /** Since the job was submitted, in ms. */
  readonly elapsedMs: number;
  /** 0 to 100, never falling; undefined when the service reported none. */
  readonly percent: number | undefined;
}

/** What a schedule may look at. */
export interface PollHistory {
  /** Since the job was submitted, in ms. */
  readonly elapsedMs: number;
  /** The first answered poll and the latest ones, oldest first. */
  readonly observations: readonly PollObservation[];
  /** Failed polls since the last answered one. */
  readonly failures: number;
  /** 0 ≤ x < 1, for jitter. */
  random(): number;
}

/**
 * Decides how long to wait before the next poll, in ms; the result is clamped to `poll.minMs` and `poll.maxMs`.
 * It is called after every poll and must not keep state: one schedule serves all jobs.
 */
export type PollSchedule = (history: PollHistory) => number;

/** The first look: early enough to learn how fast a short render is. */
const FIRST_MS = 2_000;
/** Of the time that seems to be left, how much to let pass before looking again: the estimate gets better on the way. */
const PART_OF_REST = 0.55;
/** How far ahead progress is believed, in times of what has passed: a render that begins slowly looks as if it took minutes. */
const FURTHEST = 3;
/** Without a usable progress: the pause as a part of the time elapsed, so that lateness stays a part of the duration. */
const PART_OF_ELAPSED = 0.09;
/** Nothing ends before this without reporting progress (wire document: usually 30 to 90 s). */
const QUIET_MS = 25_000;

/**
 * The default. Where progress shows when the end will be, it polls rarely at first and often near the end; where it
 * does not (absent, standing still, stuck near the end), the pause grows with the time elapsed.
 */
export const guidedSchedule: PollSchedule = (history) => {
  const { observations, elapsedMs, failures } = history;
  const jitter = 0.95 + history.random() * 0.1;
  const restMs = failures === 0 ? estimateRest(observations) : undefined;
  if (restMs !== undefined) {
    // A look just after the expected end is worth more than one just before it.
    if (restMs < 4_000) return restMs + 250;
    return Math.min(restMs * PART_OF_REST, Math.max(FIRST_MS, elapsedMs * FURTHEST)) * jitter;
  }
  if (observations.length === 0 && failures === 0) return FIRST_MS * jitter;
  if (elapsedMs < QUIET_MS && observations.every((seen) => seen.percent === undefined)) {
    return Math.max(FIRST_MS, Math.min(elapsedMs * 0.8, QUIET_MS - elapsedMs)) * jitter;
  }
  return Math.max(FIRST_MS, elapsedMs * PART_OF_ELAPSED) * 2 ** Math.min(failures, 4) * jitter;
};

/** How long the render seems to need from now, in ms; undefined when the progress does not show it. */
export function estimateRest(observations: readonly PollObservation[]): number | undefined {
  const last = observations.at(-1);
  if (last?.percent === undefined || last.percent <= 0 || last.percent >= 99) return undefined;
  const before = observations.at(-2);
  // Standing still: the progress moves in steps or is stuck, and the time since the last step says nothing.
  if (before?.percent === last.percent) return undefined;
  const left = 100 - last.percent;
  const overall = (last.elapsedMs / last.percent) * left;
  if (before?.percent === undefined) return overall;
  const recent = ((last.elapsedMs - before.elapsedMs) / (last.percent - before.percent)) * left;
  // The earlier of the two: looking too early costs a request, too late costs the person's time.
  return Math.min(overall, recent);
}
