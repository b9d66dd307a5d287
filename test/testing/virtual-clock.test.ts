import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { VirtualClock } from '../../src/testing/index.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('a virtual clock', () => {
  it('moves from sleeper to sleeper as soon as the program has nothing else to do', async () => {
    const clock = new VirtualClock({ startMs: 0 });
    const woken: [string, number][] = [];
    const sleeper = async (name: string, ms: number): Promise<void> => {
      await clock.sleep(ms);
      woken.push([name, clock.now()]);
    };
    await Promise.all([sleeper('c', 3_600_000), sleeper('a', 5), sleeper('b', 5), sleeper('none', 0)]);
    expect(woken).toEqual([
      ['none', 0],
      ['a', 5],
      ['b', 5],
      ['c', 3_600_000],
    ]);
    expect(clock.pending).toBe(0);
  });

  it('lets each sleeper act before the next wakes', async () => {
    const clock = new VirtualClock({ startMs: 0 });
    const watchdog = new AbortController();
    let fired = false;
    const guard = clock.sleep(1_000, watchdog.signal).then(
      () => {
        fired = true;
      },
      () => {},
    );
    for (let step = 0; step < 50; step += 1) await clock.sleep(10);
    watchdog.abort();
    await guard;
    expect([fired, clock.now()]).toEqual([false, 500]);
  });

  it('stands still while files are written and read, and during other work', async () => {
    const clock = new VirtualClock({ startMs: 0 });
    const folder = await mkdtemp(join(tmpdir(), 'clock-'));
    const asleep = clock.sleep(60_000);
    const path = join(folder, 'file');
    for (let round = 0; round < 20; round += 1) {
      await writeFile(path, new Uint8Array(200_000));
      await readFile(path);
    }
    await rm(folder, { recursive: true });
    expect(clock.now()).toBe(0);
    let end = (): void => {};
    const work = clock.during(new Promise<string>((resolve) => (end = () => resolve('done'))));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(clock.now()).toBe(0);
    end();
    expect(await work).toBe('done');
    await asleep;
    expect(clock.now()).toBe(60_000);
  });

  it('wakes a sleeper in the background when it is its time, but does not move for it', async () => {
    const clock = new VirtualClock({ startMs: 0 });
    let awake = false;
    void clock.sleep(1_000, undefined, true).then(() => {
      awake = true;
    });
    await clock.advance(0);
    expect([clock.now(), awake, clock.pending]).toEqual([0, false, 0]);
    await clock.sleep(1_000);
    await clock.advance(0);
    expect([clock.now(), awake]).toEqual([1_000, true]);
  });

  it('rejects with the reason of a signal, and forgets the sleeper', async () => {
    const clock = new VirtualClock();
    const signal = AbortSignal.abort('gone');
    await expect(clock.sleep(5, signal)).rejects.toBe('gone');
    const later = new AbortController();
    const asleep = clock.sleep(5, later.signal);
    later.abort('enough');
    await expect(asleep).rejects.toBe('enough');
    expect(clock.pending).toBe(0);
  });

  it('moves by hand, too, and only so where that is asked for', async () => {
    const clock = new VirtualClock({ startMs: 0, auto: false });
    let awake = false;
    const asleep = clock.sleep(10).then(() => {
      awake = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([awake, clock.now(), clock.nextInMs]).toEqual([false, 0, 10]);
    await clock.advance(10);
    expect([awake, clock.now(), clock.nextInMs]).toEqual([true, 10, undefined]);
    await asleep;
    await clock.run(clock.sleep(90));
    expect(clock.now()).toBe(100);
    await expect(clock.run(clock.sleep(90), 50)).rejects.toThrow('50 ms');
    await expect(clock.advance(-1)).rejects.toMatchObject({ name: 'OptionError', field: 'ms' });
  });

  it('is not stopped by fake timers', async () => {
    vi.useFakeTimers();
    const clock = new VirtualClock({ startMs: 0 });
    await clock.sleep(1_000);
    expect(clock.now()).toBe(1_000);
  });

  it.each([
    [{ startMs: 'now' }, 'startMs'],
    [{ auto: 1 }, 'auto'],
    [{ start: 1 }, 'start'],
  ])('refuses %j', (options, field) => {
    expect(() => new VirtualClock(options as never)).toThrow(
      expect.objectContaining({ name: 'OptionError', field }),
    );
  });
});
