import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Pacer } from '../../src/render/pacer.js';
import { settle, VirtualClock } from '../support/virtual-clock.js';

const never = (): AbortSignal => new AbortController().signal;

describe('the pacer', () => {
  it('lets so many requests a second begin, first come first served', async () => {
    const clock = new VirtualClock();
    const begun = clock.now();
    const pacer = new Pacer({ requestsPerSecond: 10, concurrency: 100 }, clock);
    const starts: [number, number][] = [];
    const jobs = Array.from({ length: 31 }, (_, job) =>
      pacer.run(never(), async () => {
        starts.push([job, clock.now() - begun]);
      }),
    );
    await clock.run(Promise.all(jobs));
    expect(starts.map(([job]) => job)).toEqual(Array.from({ length: 31 }, (_, job) => job));
    expect(starts.at(-1)?.[1]).toBe(3_000);
    expect(clock.pending).toBe(0);
  });

  it('lets so many run at once, and the next when one has ended, whichever way', async () => {
    const clock = new VirtualClock();
    const pacer = new Pacer({ requestsPerSecond: 1_000_000, concurrency: 2 }, clock);
    let running = 0;
    let most = 0;
    const jobs = Array.from({ length: 9 }, (_, job) =>
      pacer.run(never(), async () => {
        running += 1;
        most = Math.max(most, running);
        await clock.sleep(100);
        running -= 1;
        if (job % 2 === 0) throw new Error('this one fails');
      }),
    );
    const outcomes = await clock.run(Promise.allSettled(jobs));
    expect(most).toBe(2);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(5);
  });

  it('delays no one else for polls that hang', async () => {
    const clock = new VirtualClock();
    const begun = clock.now();
    const pacer = new Pacer({ requestsPerSecond: 20, concurrency: 8 }, clock);
    const leaving = new AbortController();
    const hanging = Array.from({ length: 8 }, () => pacer.run(never(), () => clock.sleep(30_000)));
    const other = pacer.run(never(), async () => clock.now() - begun);
    const left = pacer.run(leaving.signal, async () => 'late');
    expect(await clock.run(other)).toBeLessThanOrEqual(3_000);
    leaving.abort(new Error('no longer wanted'));
    await left.catch(() => {});
    await clock.run(Promise.all(hanging));
    expect(clock.pending).toBe(0);
  });

  it('lets a waiting job leave without disturbing the others', async () => {
    const clock = new VirtualClock();
    const pacer = new Pacer({ requestsPerSecond: 1, concurrency: 1 }, clock);
    const leaving = new AbortController();
    const first = pacer.run(never(), async () => 'first');
    const second = pacer.run(leaving.signal, async () => 'second');
    const third = pacer.run(never(), async () => 'third');
    await settle();
    leaving.abort(new Error('no longer wanted'));
    await expect(second).rejects.toThrow('no longer wanted');
    await expect(clock.run(Promise.all([first, third]))).resolves.toEqual(['first', 'third']);
  });

  it('leaves no timer behind when every waiter has left, and serves those who come later', async () => {
    const clock = new VirtualClock();
    const pacer = new Pacer({ requestsPerSecond: 0.1, concurrency: 5 }, clock);
    const leaving = new AbortController();
    await pacer.run(never(), async () => 'first');
    const waiting = [1, 2].map(() => pacer.run(leaving.signal, async () => 'late'));
    await settle();
    expect(clock.pending).toBe(1);
    leaving.abort(new Error('no longer wanted'));
    for (const job of waiting) await expect(job).rejects.toThrow('no longer wanted');
    expect(clock.pending).toBe(0);
    await expect(clock.run(pacer.run(never(), async () => 'third'))).resolves.toBe('third');
  });

  it('has one listener on a signal that many share, and none when they have ended', async () => {
    const clock = new VirtualClock();
    const pacer = new Pacer({ requestsPerSecond: 1_000, concurrency: 1 }, clock);
    const signal = never();
    const jobs = Array.from({ length: 12 }, () => pacer.run(signal, async () => {}));
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await clock.run(Promise.all(jobs));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
