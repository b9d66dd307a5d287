import { afterEach, describe, expect, it, vi } from 'vitest';
import { resolveOptions } from '../src/resolve-options.js';

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

  it('take a client id that is no UUID, as other tools may have made one, without what stands around it', () => {
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

  it('that is empty is none', () => {
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
