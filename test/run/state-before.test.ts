import { describe, expect, it } from 'vitest';
import { SessionBusyError } from '../../src/errors/index.js';
import { StateBefore } from '../../src/run/state-before.js';
import { settle, VirtualClock } from '../support/virtual-clock.js';

const RAW = { draft: { t: [], d: 5 }, video_infos: ['a.png'] };
const BASELINE = { draft: { t: [], d: 5 }, media: ['a.png'], generated: [] };
const SETTLE_MS = 3_000;

/** The state before of a session whose reads are counted; each read shows what `now` says. */
function session() {
  const clock = new VirtualClock();
  const reads: number[] = [];
  const service = { now: RAW as Record<string, unknown>, fails: false };
  const known = new StateBefore({
    sessionId: 's1',
    clock,
    settleMs: SETTLE_MS,
    async read() {
      reads.push(clock.now());
      if (service.fails) throw new Error('the service is away');
      return service.now;
    },
  });
  const { signal } = new AbortController();
  return { clock, known, reads, service, get: () => known.get(signal) };
}

describe('the state before a message', () => {
  it('is read, also of a session that is new', async () => {
    const { get, reads } = session();
    expect(await get()).toEqual(BASELINE);
    expect(reads).toHaveLength(1);
  });

  it('is what was read last, where nothing can have changed since', async () => {
    const { get, known, reads } = session();
    known.reading()(RAW);
    expect(known.known).toEqual(BASELINE);
    expect(await get()).toEqual(BASELINE);
    expect(reads).toHaveLength(0);
  });

  it.each<[string, (known: StateBefore) => unknown]>([
    ['an upload', (known) => known.changed()],
    ['a message that leaves', (known) => known.get(new AbortController().signal)],
    ['a message that ends', (known) => known.begin()(true, true)],
  ])('is not what a read shows that %s overtook', async (_, change) => {
    const { known } = session();
    const learn = known.reading();
    await change(known);
    const after = known.known;
    learn({ draft: { t: [], d: 9 } });
    expect(known.known).toEqual(after);
  });

  it('stays what it was when a message begins, and when it proves not to have been sent', async () => {
    const { known } = session();
    known.reading()(RAW);
    const end = known.begin();
    expect(known.known).toEqual(BASELINE);
    end(false, false);
    expect(known.known).toEqual(BASELINE);
  });
});

describe('reading ahead', () => {
  it('happens when a run has ended, but not before its last write can have landed', async () => {
    const { clock, get, known, reads } = session();
    const begun = clock.now();
    known.begin()(true, true);
    await clock.advance(SETTLE_MS - 1);
    expect(reads).toEqual([]);
    await clock.advance(1);
    expect(reads).toEqual([begun + SETTLE_MS]);
    expect(await get()).toEqual(BASELINE);
    expect(reads).toHaveLength(1);
  });

  it('is not awaited while it sleeps: its timer would keep no process alive', async () => {
    const { clock, get, known, reads } = session();
    // A timer that is late: a program that computes for seconds holds all of them back.
    clock.sleep = () => new Promise(() => {});
    known.begin()(true, true);
    await clock.advance(SETTLE_MS + 1);
    expect(await get()).toEqual(BASELINE);
    expect(reads).toHaveLength(1);
  });

  it('happens at once after an upload', async () => {
    const { get, known, reads } = session();
    known.changed();
    known.readAhead();
    await settle();
    expect(reads).toHaveLength(1);
    expect(await get()).toEqual(BASELINE);
    expect(reads).toHaveLength(1);
  });

  it('is waited for by a message that comes meanwhile', async () => {
    const { get, known, reads } = session();
    known.readAhead();
    expect(await get()).toEqual(BASELINE);
    expect(reads).toHaveLength(1);
  });

  it('does not hold up a message that comes too early: that one reads for itself', async () => {
    const { clock, get, known, reads } = session();
    known.begin()(true, true);
    await clock.advance(1_000);
    expect(await get()).toEqual(BASELINE);
    expect(reads).toHaveLength(1);
    await clock.advance(60_000);
    expect(reads).toHaveLength(1);
  });

  it('does not happen after a run that was given up', async () => {
    const { clock, known, reads } = session();
    known.begin()(true, false);
    await clock.advance(60_000);
    expect(reads).toEqual([]);
  });

  it('is dropped after any other change', async () => {
    const { clock, get, known, reads, service } = session();
    known.begin()(true, true);
    known.changed();
    await clock.advance(60_000);
    expect(reads).toEqual([]);
    service.now = {};
    expect(await get()).toEqual({ draft: null, media: [], generated: [] });
  });

  it('may fail: the message reads the state itself', async () => {
    const { get, known, reads, service } = session();
    service.fails = true;
    known.readAhead();
    await settle();
    service.fails = false;
    expect(await get()).toEqual(BASELINE);
    expect(reads).toHaveLength(2);
  });

  it('keeps no sleeper that a process would wait for', async () => {
    const { clock, known } = session();
    known.begin()(true, true);
    expect(clock.pending).toBe(0);
  });
});

it('a state that was read before the last write of a run can have landed is not relied on', () => {
  const { clock, known } = session();
  known.begin()(true, true);
  known.reading()(RAW);
  expect(known.known).toBeUndefined();
  return clock.advance(SETTLE_MS).then(() => {
    known.reading()(RAW);
    expect(known.known).toEqual(BASELINE);
  });
});

it('only one run is under way at a time', () => {
  const { known } = session();
  const end = known.begin();
  expect(() => known.begin()).toThrow(SessionBusyError);
  end(false, false);
  const second = known.begin();
  // The first run is long over: its end frees nothing.
  end(true, true);
  expect(() => known.begin()).toThrow(SessionBusyError);
  second(false, false);
});
