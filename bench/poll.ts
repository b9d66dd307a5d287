/**
 * How late, and with how many requests, each way of polling learns that a render has ended.
 * `tsx bench/poll.ts`: 10,000 simulated renders for each kind of progress, two distributions of duration.
 * Deterministic (seeded); no clock runs. The library's own `nextPause` and schedule decide.
 */
import { pathToFileURL } from 'node:url';
import { nextPause, remember } from '../src/render/poll.js';
import { guidedSchedule, type PollObservation, type PollSchedule } from '../src/render/schedule.js';
import { seeded } from './inputs.js';

const RENDERS = 10_000;
const BOUNDS = { minMs: 2_000, maxMs: 30_000 };

/** Durations of renders, in ms. The service's documents say: usually 30 to 90 s. */
export const DURATIONS: Readonly<Record<string, (random: () => number) => number>> = {
  'uniform 30–90 s': (random) => 30_000 + random() * 60_000,
  'log-normal, median 50 s': (random) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.min(240_000, Math.max(10_000, 50_000 * Math.exp(normal * 0.35)));
  },
};

/** What the service says of a render that is done to `part` (0 to 1), in percent. */
export const PROGRESS: Readonly<Record<string, (part: number) => number | undefined>> = {
  true: (part) => Math.floor(part * 100),
  stepwise: (part) => Math.floor(part * 5) * 20,
  absent: () => undefined,
  'stuck at 99 %': (part) => Math.min(99, Math.floor(part * 125)),
};

const fixed =
  (ms: number): PollSchedule =>
  () =>
    ms;

/** The ways of polling that are compared. */
export const SCHEDULES: Readonly<Record<string, PollSchedule>> = {
  guided: guidedSchedule,
  'fixed 30 s': fixed(30_000),
  'fixed 10 s': fixed(10_000),
  'exponential 2 s ×1.5': ({ observations }) => 2_000 * 1.5 ** observations.length,
};

/** One render: how late its end was seen, and with how many requests. */
function simulate(
  durationMs: number,
  progress: (part: number) => number | undefined,
  schedule: PollSchedule,
  random: () => number,
): { lateMs: number; requests: number } {
  const observations: PollObservation[] = [];
  let elapsedMs = 0;
  let count = 0;
  for (let requests = 1; ; requests += 1) {
    // The exponential one counts its requests, of which the history keeps only some.
    const history = { elapsedMs, observations, failures: 0, random };
    elapsedMs += nextPause(
      {
        ...BOUNDS,
        schedule: schedule === SCHEDULES['exponential 2 s ×1.5'] ? fixed(2_000 * 1.5 ** count) : schedule,
      },
      history,
    );
    count += 1;
    if (elapsedMs >= durationMs) return { lateMs: elapsedMs - durationMs, requests };
    remember(observations, { elapsedMs, percent: progress(elapsedMs / durationMs) });
  }
}

/** A row of the table. */
export interface PollRow {
  readonly durations: string;
  readonly progress: string;
  readonly schedule: string;
  readonly meanLateS: number;
  readonly p95LateS: number;
  readonly meanRequests: number;
  readonly maxRequests: number;
}

/** Simulates everything. */
export function measurePolling(renders = RENDERS): PollRow[] {
  return Object.entries(DURATIONS).flatMap(([durations, duration]) =>
    Object.entries(PROGRESS).flatMap(([progress, tell]) =>
      Object.entries(SCHEDULES).map(([schedule, next]) => {
        const random = seeded(1);
        const seen = Array.from({ length: renders }, () => simulate(duration(random), tell, next, random));
        const late = seen.map(({ lateMs }) => lateMs / 1000).sort((a, b) => a - b);
        const mean = (values: readonly number[]): number =>
          values.reduce((sum, value) => sum + value, 0) / values.length;
        return {
          durations,
          progress,
          schedule,
          meanLateS: mean(late),
          p95LateS: late[Math.floor(late.length * 0.95)] ?? 0,
          meanRequests: mean(seen.map(({ requests }) => requests)),
          maxRequests: Math.max(...seen.map(({ requests }) => requests)),
        };
      }),
    ),
  );
}

/** The table, as Markdown. */
export function pollTable(rows: readonly PollRow[]): string {
  const head =
    '| durations | progress | polling | late, mean (s) | late, p95 (s) | requests, mean | requests, most |\n|---|---|---|---|---|---|---|';
  const lines = rows.map(
    (row) =>
      `| ${row.durations} | ${row.progress} | ${row.schedule} | ${row.meanLateS.toFixed(1)} | ${row.p95LateS.toFixed(1)} | ${row.meanRequests.toFixed(1)} | ${row.maxRequests} |`,
  );
  return [head, ...lines].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(pollTable(measurePolling()));
