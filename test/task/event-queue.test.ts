import { expect, test } from 'vitest';
import { EventQueue, MOST_UNREAD } from '../../src/task/event-queue.js';

const OVER = { done: true, value: undefined };
const value = (it: string) => ({ done: false, value: it });

test('events come in order, whether they are awaited before or read later', async () => {
  const queue = new EventQueue<string>();
  const loop = queue.join();
  const first = loop.next();
  for (const event of ['a', 'b', 'c']) queue.push(event);
  queue.end();
  const all = [await first, await loop.next(), await loop.next(), await loop.next()];
  expect(all).toEqual([value('a'), value('b'), value('c'), OVER]);
});

test('a loop sees the events from when it joins, and each loop sees all of them', async () => {
  const queue = new EventQueue<string>();
  const early = queue.join();
  queue.push('a');
  const late = queue.join();
  queue.push('b');
  queue.end();
  expect(await Promise.all([early.next(), early.next(), early.next()])).toEqual([
    value('a'),
    value('b'),
    OVER,
  ]);
  expect(await Promise.all([late.next(), late.next()])).toEqual([value('b'), OVER]);
});

test('a queue that replays the latest event shows it to a late loop, also after the end', async () => {
  const queue = new EventQueue<string>(true);
  for (const event of ['a', 'b']) queue.push(event);
  const late = queue.join();
  queue.end();
  const last = queue.join();
  expect(await Promise.all([late.next(), late.next()])).toEqual([value('b'), OVER]);
  expect(await Promise.all([last.next(), last.next()])).toEqual([value('b'), OVER]);
});

test('a failure comes after the events, in every loop once', async () => {
  const queue = new EventQueue<string>();
  const loops = [queue.join(), queue.join()];
  queue.push('a');
  queue.fail(new Error('broken'));
  for (const loop of loops) {
    expect(await loop.next()).toEqual(value('a'));
    await expect(loop.next()).rejects.toThrow('broken');
    expect(await loop.next()).toEqual(OVER);
  }
});

test('an abort comes at once, in place of the events that were not read', async () => {
  const queue = new EventQueue<string>();
  const loop = queue.join();
  queue.push('a');
  queue.abort(new Error('given up'));
  await expect(loop.next()).rejects.toThrow('given up');
});

test('nothing is pushed after the end', async () => {
  const queue = new EventQueue<string>();
  const loop = queue.join();
  queue.end();
  queue.push('late');
  queue.fail(new Error('late'));
  expect(await loop.next()).toEqual(OVER);
});

test('more is wanted while every loop waits; the slowest sets the pace', async () => {
  const queue = new EventQueue<string>();
  expect(queue.wanted).toBe(true);
  const [quick, slow] = [queue.join(), queue.join()];
  expect(queue.wanted).toBe(false);
  const waiting = quick.next();
  expect(queue.wanted).toBe(false);
  const demand = queue.demand();
  const slowly = slow.next();
  await demand;
  expect(queue.wanted).toBe(true);
  queue.push('a');
  await Promise.all([waiting, slowly]);
  expect(queue.wanted).toBe(false);
});

test('a loop that leaves no longer holds the work back, and gets nothing more', async () => {
  const queue = new EventQueue<string>();
  const loop = queue.join();
  queue.push('a');
  const demand = queue.demand();
  await loop.return?.();
  await demand;
  queue.push('b');
  expect(queue.wanted).toBe(true);
  expect(await loop.next()).toEqual(OVER);
});

test('a loop can be left while it waits', async () => {
  const queue = new EventQueue<string>();
  const loop = queue.join();
  const waiting = loop.next();
  await loop.return?.();
  expect(await waiting).toEqual(OVER);
});

test('an unpaced loop never holds the work back', () => {
  const queue = new EventQueue<string>();
  queue.join(false);
  queue.push('a');
  expect(queue.wanted).toBe(true);
});

test('work that hurries waits for no loop', async () => {
  const queue = new EventQueue<string>();
  queue.join();
  const demand = queue.demand();
  queue.hurry();
  await demand;
  expect(queue.wanted).toBe(true);
});

test('an abort wakes work that waits for a loop', async () => {
  const queue = new EventQueue<string>();
  queue.join();
  const demand = queue.demand();
  queue.wake();
  await demand;
  expect(queue.wanted).toBe(false);
});

test('a loop that stopped reading beside hurried work keeps a bounded number of events, and continues with the newest', async () => {
  const queue = new EventQueue<number>();
  const loop = queue.join();
  queue.hurry();
  for (let event = 0; event <= MOST_UNREAD; event += 1) queue.push(event);
  expect(await loop.next()).toEqual({ done: false, value: MOST_UNREAD });
});

test('the work is called once when the last loop is left, and not after the end', async () => {
  let left = 0;
  const queue = new EventQueue<string>(false, () => {
    left += 1;
  });
  const [one, two] = [queue.join(), queue.join(false, 'now')];
  expect(await two.next()).toEqual(value('now'));
  await one.return?.();
  expect(left).toBe(0);
  await two.return?.();
  await two.return?.();
  expect(left).toBe(1);
  const last = queue.join();
  queue.end();
  await last.return?.();
  expect(left).toBe(1);
});
