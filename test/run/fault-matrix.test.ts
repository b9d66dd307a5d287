import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { meet, type Outcome, POINTS, STRIKES, WHOLE } from './fault-matrix.js';

// Every fault at every point of an answer, through the public client, against the local backend. The tables of
// docs/when-it-breaks.md are made here: UPDATE_DOCS=1 writes them.

const DOCS = new URL('../../docs/when-it-breaks.md', import.meta.url);

/** How many seconds after it struck a fault may take until the outcome: its limit, and five reads of the state. */
const LIMITS: Readonly<Record<keyof typeof STRIKES, number>> = {
  'the connection is reset': 270,
  'not a single byte more': 240 + 270,
  'the answer just ends': 270,
  'garbage, then the end': 270,
  // The backend's beat every 10 s; an event that was cut in two ends with the first of them.
  'heartbeats forever': 610 + 270,
  'the agent says that it failed': 270,
};
/** Errors of a service that refused the message. */
const REFUSALS = new Set([
  'SessionNotFoundError',
  'InsufficientCreditsError',
  'RateLimitError',
  // A redirect, which is not followed.
  'ResponseFormatError',
]);
/** How long a whole answer takes, in seconds. */
const ANSWER = 120;

/** What holds of every outcome, whatever went wrong. */
function expectSound({ outcome, posts, charges, result, error, left }: Outcome, postsAtMost = 1): void {
  expect(left).toEqual({ sleepers: 0, listeners: 0, answers: 0 });
  expect(posts).toBeLessThanOrEqual(postsAtMost);
  expect(charges).toBeLessThanOrEqual(1);
  if (result === undefined) expect(outcome).toMatch(/^[A-Z]\w+Error$/);
  // A refusal is an answer, and leaves nothing to ask for.
  if (result !== undefined || REFUSALS.has(outcome)) return;
  expect(error).toMatchObject({
    snapshot: { version: 1, message: expect.any(String) },
    partialText: expect.any(String),
    elapsedMs: expect.any(Number),
  });
}

const cells = new Map<string, string>();

describe.each(Object.keys(STRIKES) as (keyof typeof STRIKES)[])('%s', (fault) => {
  test.each(Object.keys(POINTS) as (keyof typeof POINTS)[])('%s', async (point) => {
    const told: string[] = [];
    for (const work of ['done', 'undone'] as const) {
      const met = await meet({ ...STRIKES[fault], after: POINTS[point], work });
      expectSound(met);
      expect(met.posts).toBe(1);
      expect(met.seconds).toBeLessThanOrEqual(ANSWER + LIMITS[fault]);
      // Work that was done is never told as undone. A body that ends between two events cannot be told from a whole one.
      const failed = fault === 'the agent says that it failed' && point !== 'inside an event';
      if (work === 'done') expect(met.outcome).toMatch(failed ? /^RunFailedError$/ : /^(result|recovered)$/);
      told.push(tell(met));
    }
    cells.set(`${fault}|${point}`, [...new Set(told)].join(' · '));
  });
});

// What a closed stream does to the work is unknown. Where it ends the work, a success must still be one.
describe.each(Object.keys(STRIKES) as (keyof typeof STRIKES)[])(
  'where a closed stream ends the work: %s',
  (fault) => {
    test.each(Object.keys(POINTS) as (keyof typeof POINTS)[])('%s', async (point) => {
      for (const work of ['done', 'undone'] as const) {
        const met = await meet({ ...STRIKES[fault], after: POINTS[point], work }, 'abort');
        expectSound(met);
        expect(met.posts).toBe(1);
        if (met.result?.recovered) expect(met.result.changes).not.toEqual([]);
      }
    });
  },
);

function tell({ outcome, result }: Outcome): string {
  if (result === undefined) return `\`${outcome}\``;
  const { recovered, complete, silent } = result;
  const words = [
    recovered ? 'result, `recovered`' : 'result',
    ...(silent && !recovered ? ['`silent`'] : []),
    ...(complete || recovered ? [] : ['not `complete`']),
  ];
  return words.join(', ');
}

const rows: string[] = [];

test.each(Object.entries(WHOLE))('%s', async (fault, arm) => {
  const met = await meet(arm);
  // Only what proves that the service refused the message lets it be sent again.
  expectSound(met, /1001|429/.test(fault) ? 2 : 1);
  rows.push(`| ${[fault, tell(met), met.posts, met.charges].join(' | ')} |`);
});

test('the tables in docs/when-it-breaks.md are these', () => {
  const points = Object.keys(POINTS);
  const strikes = Object.keys(STRIKES).map(
    (fault) => `| ${[fault, ...points.map((point) => cells.get(`${fault}|${point}`))].join(' | ')} |`,
  );
  const tables = {
    'at-a-point': [`| | ${points.join(' | ')} |`, `|---|${points.map(() => '---|').join('')}`, ...strikes],
    whole: ['| what the message meets | outcome | POSTs | charges |', '|---|---|---|---|', ...rows],
  };
  const docs = readFileSync(DOCS, 'utf8');
  let made = docs;
  for (const [name, lines] of Object.entries(tables)) {
    const place = new RegExp(
      `(<!-- ${name}: made by test/run/fault-matrix.test.ts -->\n)[^]*?(<!-- end -->)`,
    );
    expect(docs).toMatch(place);
    made = made.replace(place, (_, head: string, tail: string) => `${head}${lines.join('\n')}\n${tail}`);
  }
  if (process.env.UPDATE_DOCS === '1') writeFileSync(DOCS, made);
  else expect(docs).toBe(made);
});
