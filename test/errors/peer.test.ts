import { describe, expect, it } from 'vitest';
import { loadPeer } from '../../src/errors/index.js';

const PEER = { name: 'msw', install: '--save-dev msw@2', entry: 'nemovideo-sdk/testing' };

describe('an optional peer', () => {
  it('is named where it is missing, with the command that installs it', async () => {
    const missing = Object.assign(new Error("Cannot find package 'msw'"), { code: 'ERR_MODULE_NOT_FOUND' });
    await expect(loadPeer(() => Promise.reject(missing), PEER)).rejects.toMatchObject({
      name: 'OptionError',
      field: 'msw',
      message: 'nemovideo-sdk/testing needs the package msw, which is not installed',
      hint: 'Run: npm install --save-dev msw@2',
      cause: missing,
    });
  });

  it('that fails itself fails with its own error', async () => {
    const broken = new Error('something else');
    await expect(loadPeer(() => Promise.reject(broken), PEER)).rejects.toBe(broken);
  });
});
