import { expect, test } from 'vitest';
import { OptionError } from '../../src/errors/index.js';
import { withTimeouts } from '../../src/run/settings.js';
import { SETTINGS } from './harness.js';

test('a limit of one run replaces that of the client, the others stay', () => {
  expect(withTimeouts(SETTINGS, { run: 1_000 })).toEqual({ ...SETTINGS, runMs: 1_000 });
  expect(withTimeouts(SETTINGS, undefined)).toBe(SETTINGS);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('%d is no limit', (ms) => {
  expect(() => withTimeouts(SETTINGS, { contentIdle: ms })).toThrow(OptionError);
});

test('more idle time than fetch itself waits for is refused, with what to do', () => {
  const settings = { ...SETTINGS, streamIdleMaxMs: 290_000 };
  expect(withTimeouts(settings, { streamIdle: 290_000 }).streamIdleMs).toBe(290_000);
  expect(() => withTimeouts(settings, { streamIdle: 290_001 })).toThrow(
    expect.objectContaining({ field: 'timeouts.streamIdle', hint: expect.stringContaining('bodyTimeout') }),
  );
});
