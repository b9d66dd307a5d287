import { expect, test } from 'vitest';
import { NemoVideo } from '../../src/client.js';
import { OptionError } from '../../src/errors/index.js';
import { withTimeouts } from '../../src/run/run-options.js';
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

test('the bound is that of the fetch in use: Node has one, another fetch has none', () => {
  const common = { token: 'nmv_usr_test', credentialStore: false } as const;
  const timeouts = { streamIdle: 295_000 };
  const session = (options: object) =>
    new NemoVideo({ ...common, ...options }).sessions.open({ sessionId: 's1' });
  expect(() => session({}).run('hi', { timeouts })).toThrow(OptionError);
  expect(() => session({ fetch: async () => new Response() }).run('hi', { timeouts })).not.toThrow();
});
