import { expect, test } from 'vitest';
import { decodeMessage } from '../../src/run/decode.js';
import { RecentEvents } from '../../src/run/recent-events.js';
import { adkText } from './harness.js';

const event = (json: unknown) => decodeMessage(undefined, JSON.stringify(json));

test('a whole event that comes again is known by its id and content', () => {
  const recent = new RecentEvents();
  expect(recent.repeats(event(adkText('Done.', false, 'e1')))).toBe(false);
  expect(recent.repeats(event(adkText('Next', true, 'e2')))).toBe(false);
  expect(recent.repeats(event(adkText('Done.', false, 'e1')))).toBe(true);
});

test('the same words under another id, or other words under the same id, are new', () => {
  const recent = new RecentEvents();
  recent.repeats(event(adkText('Done.', false, 'e1')));
  expect(recent.repeats(event(adkText('Done.', false, 'e2')))).toBe(false);
  expect(recent.repeats(event(adkText('Done, too.', false, 'e1')))).toBe(false);
});

test('without ids, an event that follows itself is a repetition, unless something came between', () => {
  const recent = new RecentEvents();
  const done = adkText('Done.', false);
  expect(recent.repeats(event(done))).toBe(false);
  expect(recent.repeats(event(done))).toBe(true);
  recent.repeats(event(adkText('Then', true)));
  expect(recent.repeats(event(done))).toBe(false);
});

test('deltas may repeat themselves', () => {
  const recent = new RecentEvents();
  expect(recent.repeats(event({ text: 'ha' }))).toBe(false);
  expect(recent.repeats(event({ text: 'ha' }))).toBe(false);
});
