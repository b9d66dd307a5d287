import { expect, test } from 'vitest';
import { UsageCount } from '../../src/run/usage.js';

test('whole events are added up; a partial one does not count beside them', () => {
  const usage = new UsageCount();
  usage.add({ totalTokenCount: 3 }, true);
  usage.add({ totalTokenCount: 10, model: 'a' }, false);
  usage.add({ totalTokenCount: 5, promptTokenCount: 2, model: 'b' }, false);
  expect(usage.total).toEqual({ totalTokenCount: 15, promptTokenCount: 2, model: 'b' });
});

test('without a whole event the last partial one is believed; without any, nothing is said', () => {
  const usage = new UsageCount();
  expect(usage.total).toBeUndefined();
  usage.add({ totalTokenCount: 3 }, true);
  usage.add({ totalTokenCount: 8 }, true);
  expect(usage.total).toEqual({ totalTokenCount: 8 });
});
