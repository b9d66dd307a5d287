import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEFAULTS } from '../../src/options/client-options.js';
import { resolveOptions } from '../../src/options/resolve-options.js';

afterEach(() => void vi.unstubAllEnvs());

describe('options', () => {
  it.each([
    ['clientId', { clientId: '名' }],
    ['clientId', { clientId: 'a\nb' }],
    ['clientId', { clientId: ' ' }],
    ['clientId', { clientId: 5 }],
    ['recovery.delaysMs', { recovery: { delaysMs: [Number.POSITIVE_INFINITY] } }],
    ['recovery.delaysMs', { recovery: { delaysMs: [Number.NaN] } }],
    ['recovery.delaysMs', { recovery: { delaysMs: ['5'] } }],
  ])('are refused by the name of what is wrong: %s, %o', (field, options) => {
    expect(() => Reflect.apply(resolveOptions, undefined, [options])).toThrow(
      expect.objectContaining({ name: 'OptionError', field }),
    );
  });

  it.each<[string, object, RegExp]>([
    ['apiKey', { apiKey: 'x' }, /`token`/],
    ['api_key', { api_key: 'x' }, /`token`/],
    ['url', { url: 'https://x.test' }, /`baseUrl`/],
    ['baseURL', { baseURL: 'https://x.test' }, /`baseUrl`/],
    ['model', { model: 'x' }, /one agent/],
    ['maxRetries', { maxRetries: 2 }, /`retry: \{ attempts \}`/],
    ['timeout', { timeout: 2 }, /`timeouts`/],
    ['signal', { signal: new AbortController().signal }, /each call/],
    ['timeouts.streamIdel', { timeouts: { streamIdel: 2 } }, /`streamIdle`/],
    ['baseUrl', { baseUrl: 'localhost:8787' }, /`http:\/\/localhost:8787`/],
    ['baseUrl', { baseUrl: '127.0.0.1:8787/v1' }, /`http:\/\/127\.0\.0\.1:8787\/v1`/],
    ['webUrl', { webUrl: 'localhost' }, /`http:\/\/localhost`/],
  ])('are refused with what was meant: %s, %o', (field, options, hint) => {
    expect(() => resolveOptions(options)).toThrow(
      expect.objectContaining({ name: 'OptionError', field, hint: expect.stringMatching(hint) }),
    );
  });

  it.each([
    ['settle.intervalMs', { settle: { intervalMs: 0 } }],
    ['settle.timeoutMs', { settle: { timeoutMs: Number.NaN } }],
    ['retry.attempts', { retry: { attempts: 1.5 } }],
    ['poll.schedule', { poll: { schedule: 5 } }],
    ['attribution.source', { attribution: { source: '名' } }],
    ['clock', { clock: { now() {} } }],
    ['logger', { logger: {} }],
    ['middleware', { middleware: [5] }],
    ['fetch', { fetch: null }],
    ['timeouts', { timeouts: 5 }],
    ['maxLineLength', { maxLineLength: '5' }],
  ])('are checked field by field: %s', (field, options) => {
    expect(() => Reflect.apply(resolveOptions, undefined, [options])).toThrow(
      expect.objectContaining({ name: 'OptionError', field }),
    );
  });

  it('are the defaults where they are left out or undefined', () => {
    const { recoveryDelaysMs, ...groups } = DEFAULTS;
    const left = {
      timeouts: { run: undefined },
      settle: undefined,
      poll: {},
      retry: undefined,
      token: undefined,
    };
    const resolved = resolveOptions(left);
    expect(resolved).toMatchObject({
      ...{ timeouts: groups.timeouts, poll: groups.poll, settle: groups.settle, retry: groups.retry },
      ...{ language: 'en', maxLineLength: groups.maxLineLength, recoveryDelaysMs },
    });
    expect(resolveOptions({ settle: { intervalMs: 10 } }).settle).toEqual({
      intervalMs: 10,
      timeoutMs: 300_000,
    });
  });

  it('take a client id that is no UUID, as other tools may have made one, without white space around it', () => {
    expect(resolveOptions({ clientId: ' made by hand\n' }).clientId).toBe('made by hand');
  });
});

describe('a variable of the environment', () => {
  it.each([
    ['NEMO_TOKEN', 'Bearer nmv_usr_canary'],
    ['NEMO_TOKEN', '  '],
    ['NEMO_API_URL', 'garbage'],
    ['NEMO_API_URL', 'http://example.com'],
    ['NEMO_WEB_URL', 'garbage'],
    ['NEMO_CLIENT_ID', '名'],
    ['NEMO_CLIENT_ID', ' '],
  ])('that is wrong is named, and so is what to change: %s=%j', (name, value) => {
    vi.stubEnv(name, value);
    expect(() => resolveOptions({})).toThrow(
      expect.objectContaining({
        name: 'OptionError',
        field: name,
        message: expect.not.stringContaining('canary'),
        hint: `Change the environment variable ${name}, or unset it.`,
      }),
    );
  });

  it('without a scheme is named with the one to write', () => {
    vi.stubEnv('NEMO_API_URL', 'localhost:8787');
    const hint =
      'Write it with its scheme: `http://localhost:8787`. Change the environment variable NEMO_API_URL, or unset it.';
    expect(() => resolveOptions({})).toThrow(expect.objectContaining({ field: 'NEMO_API_URL', hint }));
  });

  it('that is empty counts as unset', () => {
    for (const name of ['NEMO_TOKEN', 'NEMO_API_URL', 'NEMO_WEB_URL', 'NEMO_CLIENT_ID']) vi.stubEnv(name, '');
    expect(resolveOptions({})).toMatchObject({
      envToken: undefined,
      clientId: undefined,
      baseUrl: 'https://mega-api-prod.nemovideo.ai',
      webUrl: 'https://nemovideo.com',
    });
  });

  it('is not looked at where the option is given', () => {
    vi.stubEnv('NEMO_TOKEN', 'two words');
    vi.stubEnv('NEMO_API_URL', 'garbage');
    vi.stubEnv('NEMO_WEB_URL', 'garbage');
    vi.stubEnv('NEMO_CLIENT_ID', '名');
    const options = {
      token: 'nmv_usr_x',
      baseUrl: 'https://a.test',
      webUrl: 'https://b.test/',
      clientId: 'c',
    };
    expect(resolveOptions(options)).toMatchObject({ ...options, webUrl: 'https://b.test' });
  });
});
