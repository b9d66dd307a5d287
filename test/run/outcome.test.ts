import { expect, test } from 'vitest';
import { AbortError, NetworkError } from '../../src/errors/index.js';
import { type RecoveryPlan, recover } from '../../src/run/outcome.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { SETTINGS } from './harness.js';

const down = () => new NetworkError({ operation: 'state', sent: 'unknown' });

/** Recovery over states that are told as words; `down` cannot be read, `new` decides. */
function recovering(states: readonly string[], plan: Partial<RecoveryPlan> = {}) {
  const clock = new VirtualClock();
  const begun = clock.now();
  const log: string[] = [];
  const rest = [...states];
  const outcome = recover({
    clock,
    signal: new AbortController().signal,
    delaysMs: SETTINGS.recoveryDelaysMs,
    onCheck: (attempt, nextCheckMs) => log.push(`${attempt} in ${nextCheckMs / 1_000} s`),
    async read() {
      log.push(`read after ${(clock.now() - begun) / 1_000} s`);
      const word = rest.shift() ?? 'old';
      if (word === 'down') throw down();
      return { word };
    },
    decides: ({ word }) => word === 'new',
    ...plan,
  });
  outcome.catch(() => {});
  return { clock, log, outcome };
}

test('the state is read after 30 s and then every 60 s, five times', async () => {
  const { clock, log, outcome } = recovering([]);
  expect(await clock.run(outcome)).toEqual({ found: 'undecided', state: { word: 'old' } });
  expect(log).toEqual([
    '1 in 30 s',
    'read after 30 s',
    '2 in 60 s',
    'read after 90 s',
    '3 in 60 s',
    'read after 150 s',
    '4 in 60 s',
    'read after 210 s',
    '5 in 60 s',
    'read after 270 s',
  ]);
  expect(clock.pending).toBe(0);
});

test('the first state that decides ends it', async () => {
  const { clock, log, outcome } = recovering(['old', 'down', 'new']);
  expect(await clock.run(outcome)).toEqual({ found: 'decided', state: { word: 'new' } });
  expect(log.at(-1)).toBe('read after 150 s');
});

test('a read that fails uses up its turn; one that succeeds is enough to know that nothing changed', async () => {
  const { clock, outcome } = recovering(['down', 'down', 'old', 'down', 'down']);
  expect(await clock.run(outcome)).toMatchObject({ found: 'undecided' });
});

test('when no read succeeds, the last failure is the cause', async () => {
  const { clock, outcome } = recovering(['down', 'down', 'down', 'down', 'down']);
  expect(await clock.run(outcome)).toMatchObject({ found: 'unreadable', cause: { name: 'NetworkError' } });
});

test('an error that is not one of the family is a mistake of the program, and is thrown', async () => {
  const { clock, outcome } = recovering([], {
    read: async () => {
      throw new RangeError('oops');
    },
  });
  await expect(clock.run(outcome)).rejects.toThrow(RangeError);
});

test('an abort ends a pause at once and a read as well', async () => {
  const stop = new AbortController();
  const { clock, outcome } = recovering([], { signal: stop.signal });
  await clock.advance(10_000);
  stop.abort();
  await expect(outcome).rejects.toBe(stop.signal.reason);
  expect(clock.pending).toBe(0);

  const second = new AbortController();
  const reading = recovering([], {
    signal: second.signal,
    read: () =>
      new Promise((_, reject) => {
        second.signal.addEventListener('abort', () => reject(down()));
      }),
  });
  await reading.clock.advance(30_000);
  second.abort();
  await expect(reading.outcome).rejects.toThrow(AbortError);
});
