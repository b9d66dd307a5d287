import { describe, expect, it } from 'vitest';
import { checkBaseUrl } from '../../src/options/addresses.js';

describe('checkBaseUrl', () => {
  it.each([
    ['https://mega-api-prod.nemovideo.ai', 'https://mega-api-prod.nemovideo.ai'],
    ['https://api.test/', 'https://api.test'],
    ['https://api.test/v1/', 'https://api.test/v1'],
    // As copied from the address bar of a browser: paths would go behind the mark, and every call to the root.
    ['https://api.test/?', 'https://api.test'],
    ['https://api.test/v1/#', 'https://api.test/v1'],
    ['http://localhost:8787', 'http://localhost:8787'],
    ['http://api.localhost', 'http://api.localhost'],
    ['http://127.0.0.1:1', 'http://127.0.0.1:1'],
    ['http://127.8.8.8', 'http://127.8.8.8'],
    ['http://[::1]:80/', 'http://[::1]'],
    // The parser writes other forms of the same address in one way.
    ['http://2130706433', 'http://127.0.0.1'],
  ])('lets %s through', (value, url) => {
    expect(checkBaseUrl(value)).toBe(url);
    expect(checkBaseUrl(new URL(value))).toBe(url);
  });

  it.each([
    'http://api.test',
    'http://10.0.0.1',
    'http://127.0.0.1.evil.test',
    'http://localhost.evil.test',
    'http://notlocalhost',
    'http://0.0.0.0',
  ])('refuses %s, over which everybody could read the token, unless allowed', (value) => {
    expect(() => checkBaseUrl(value)).toThrow(
      expect.objectContaining({ name: 'OptionError', hint: expect.stringContaining('allowInsecure') }),
    );
    expect(checkBaseUrl(value, true)).toBe(value);
  });

  it.each([
    '',
    'api.test',
    'ftp://api.test',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://user:pass@api.test',
    'https://api.test/?token=nmv_usr_1',
    'https://api.test/#x',
  ])('refuses %j without quoting it', (value) => {
    try {
      checkBaseUrl(value, true);
    } catch (error) {
      expect(error).toMatchObject({ name: 'OptionError', field: 'baseUrl' });
      if (value !== '') expect(String(error)).not.toContain(value);
      return;
    }
    throw new Error('not refused');
  });
});
