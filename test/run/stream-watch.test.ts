import { expect, test } from 'vitest';
import { StreamWatch } from '../../src/run/stream-watch.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { SETTINGS } from './harness.js';

const MINUTE = 60_000;

function watching() {
  const clock = new VirtualClock();
  const begun = clock.now();
  const told: string[] = [];
  const after = (): string => `${(clock.now() - begun) / 1_000} s`;
  const watch = new StreamWatch(clock, SETTINGS, {
    onStillWorking: () => told.push(`still working after ${after()}`),
    onLimit: (limit, limitMs) => told.push(`${limit} ${limitMs} after ${after()}`),
  });
  watch.start();
  return { clock, watch, told };
}

test('without any byte for 240 s the connection is taken for dead', async () => {
  const { clock, told } = watching();
  await clock.advance(10 * MINUTE);
  expect(told).toEqual(['still working after 120 s', 'streamIdle 240000 after 240 s']);
  expect(clock.pending).toBe(0);
});

test('any byte begins the 240 s anew, but heartbeats alone last 10 minutes', async () => {
  const { clock, watch, told } = watching();
  for (let minute = 0; minute < 12; minute += 1) {
    await clock.advance(MINUTE);
    watch.bytes();
  }
  expect(told.at(-1)).toBe('contentIdle 600000 after 600 s');
});

test('content begins the 10 minutes anew, but 15 minutes are the whole limit', async () => {
  const { clock, watch, told } = watching();
  for (let minute = 0; minute < 16; minute += 1) {
    await clock.advance(MINUTE);
    watch.bytes();
    watch.content();
  }
  expect(told.at(-1)).toBe('run 900000 after 900 s');
  expect(told.filter((line) => line.startsWith('still'))).toEqual(
    [120, 240, 360, 480, 600, 720, 840].map((seconds) => `still working after ${seconds} s`),
  );
  expect(clock.pending).toBe(0);
});

test('while no byte is awaited, nothing runs out, and afterwards the clocks continue', async () => {
  const { clock, watch, told } = watching();
  await clock.advance(MINUTE);
  watch.bytes();
  watch.pause();
  await clock.advance(60 * MINUTE);
  expect(told).toEqual([]);
  watch.resume();
  await clock.advance(4 * MINUTE - 1);
  expect(told).toEqual(['still working after 3720 s', 'still working after 3840 s']);
  await clock.advance(1);
  expect(told.at(-1)).toBe('streamIdle 240000 after 3900 s');
});

test('a watch that is stopped reports nothing and leaves no sleeper', async () => {
  const { clock, watch, told } = watching();
  await clock.advance(MINUTE);
  watch.stop();
  expect(clock.pending).toBe(0);
  await clock.advance(60 * MINUTE);
  expect(told).toEqual([]);
});

test('a message that leaves again begins all clocks again', async () => {
  const { clock, watch, told } = watching();
  await clock.advance(3 * MINUTE);
  watch.stop();
  await clock.advance(30 * MINUTE);
  watch.start();
  await clock.advance(3 * MINUTE);
  expect(told).toEqual(['still working after 120 s', 'still working after 2100 s']);
  watch.stop();
});
