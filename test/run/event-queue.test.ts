import { expect, test } from 'vitest';
import { EventQueue } from '../../src/run/event-queue.js';
import type { RunEvent } from '../../src/run/events.js';

const beat = (raw: string): RunEvent => ({ type: 'heartbeat', raw });
const OVER = { done: true, value: undefined };

test('events come out in order, whether they were waited for or not', async () => {
  const queue = new EventQueue(true);
  const first = queue.next();
  for (const raw of ['a', 'b', 'c']) queue.push(beat(raw));
  queue.end();
  const all = [await first, await queue.next(), await queue.next(), await queue.next()];
  expect(all).toEqual([
    { done: false, value: beat('a') },
    { done: false, value: beat('b') },
    { done: false, value: beat('c') },
    OVER,
  ]);
});

test('a failure comes after the events, once', async () => {
  const queue = new EventQueue(true);
  queue.push(beat('a'));
  queue.fail(new Error('broken'));
  expect(await queue.next()).toMatchObject({ value: { raw: 'a' } });
  await expect(queue.next()).rejects.toThrow('broken');
  expect(await queue.next()).toEqual(OVER);
});

test('the reader is wanted while somebody waits, and always once it shall hurry', async () => {
  const queue = new EventQueue(true);
  expect(queue.wanted).toBe(false);
  const demand = queue.demand();
  const next = queue.next();
  await demand;
  expect(queue.wanted).toBe(true);
  queue.push(beat('a'));
  await next;
  expect(queue.wanted).toBe(false);
  const hurry = queue.demand();
  queue.hurry();
  await hurry;
  expect(queue.wanted).toBe(true);
});

test('who leaves gets nothing more, and nothing is kept', async () => {
  const queue = new EventQueue(true);
  queue.push(beat('a'));
  queue.leave();
  queue.push(beat('b'));
  expect(await queue.next()).toEqual(OVER);
});

test('a queue that nobody will read keeps nothing', async () => {
  const queue = new EventQueue(false);
  queue.push(beat('a'));
  queue.end();
  expect(await queue.next()).toEqual(OVER);
});
