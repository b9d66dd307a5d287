import { describe, expect, it } from 'vitest';
import { measurePolling } from '../../bench/poll.js';
import { estimateRest, guidedSchedule } from '../../src/render/schedule.js';

const middle = { random: () => 0.5, failures: 0 };

describe('the guided schedule', () => {
  it('looks after two seconds first, to learn how fast a short render is', () => {
    expect(guidedSchedule({ ...middle, elapsedMs: 0, observations: [] })).toBe(2_000);
  });

  it('expects the end where a steady progress points', () => {
    expect(estimateRest([{ elapsedMs: 10_000, percent: 25 }])).toBe(30_000);
    expect(
      estimateRest([
        { elapsedMs: 10_000, percent: 25 },
        { elapsedMs: 20_000, percent: 50 },
      ]),
    ).toBe(20_000);
  });

  it('takes the earlier of two guesses when the render speeds up', () => {
    const observations = [
      { elapsedMs: 10_000, percent: 10 },
      { elapsedMs: 12_000, percent: 50 },
    ];
    expect(estimateRest(observations)).toBe(2_500);
  });

  it.each([
    ['absent', undefined],
    ['nothing yet', 0],
    ['stuck at the end', 99],
  ])('does not guess from a progress that is %s', (_, percent) => {
    expect(estimateRest([{ elapsedMs: 40_000, percent }])).toBeUndefined();
  });

  it('looks again soon after a slow beginning, which makes the end look minutes away', () => {
    const pause = guidedSchedule({
      ...middle,
      elapsedMs: 2_000,
      observations: [{ elapsedMs: 2_000, percent: 1 }],
    });
    expect(pause).toBe(6_000);
  });

  it('waits longer after each failure', () => {
    const observations = [{ elapsedMs: 40_000, percent: undefined }];
    const pauses = [1, 2, 3].map((failures) =>
      guidedSchedule({ ...middle, failures, elapsedMs: 40_000, observations }),
    );
    expect(pauses[1]).toBeGreaterThan(pauses[0] ?? 0);
    expect(pauses[2]).toBeGreaterThan(pauses[1] ?? 0);
  });

  it('ends within the promised seconds and requests, by simulation of 2,000 renders of each kind', () => {
    for (const row of measurePolling(2_000).filter(({ schedule }) => schedule === 'guided')) {
      if (row.progress === 'true') {
        expect(row.meanLateS).toBeLessThanOrEqual(2.5);
        expect(row.maxRequests).toBeLessThanOrEqual(12);
      } else {
        expect(row.meanLateS, `${row.durations}, ${row.progress}`).toBeLessThanOrEqual(4);
      }
    }
  });
});
