import { describe, expect, it } from 'vitest';
import { checkFields } from '../../src/errors/index.js';

const known = {
  baseUrl: 'any',
  token: 'any',
  onRetry: 'function',
  retry: 'object',
  signal: 'signal',
  allowInsecure: 'boolean',
  language: 'string',
} as const;
const check = (given: unknown, within?: string) => () => checkFields(given, known, within);

describe('fields', () => {
  it('that are known pass, and so do those that are left undefined', () => {
    expect(check({ token: 5, retry: {}, onRetry() {}, signal: new AbortController().signal })).not.toThrow();
    expect(check({ allowInsecure: false, language: 'en' })).not.toThrow();
    expect(
      check({ token: undefined, retry: undefined, onRetry: undefined, signal: undefined }),
    ).not.toThrow();
  });

  it.each([
    ['baseURL', 'baseUrl'],
    ['tokn', 'token'],
    ['toekn', 'token'],
    ['onretry', 'onRetry'],
  ])('that are misspelt are refused with what was meant: %s', (field, meant) => {
    const hint = `Did you mean \`${meant}\`?`;
    expect(check({ [field]: 1 })).toThrow(expect.objectContaining({ name: 'OptionError', field, hint }));
  });

  it('that are unlike all others are refused with the list of them', () => {
    expect(check({ colour: 'red' })).toThrow(
      'colour must be one of the options baseUrl, token, onRetry, retry, signal, allowInsecure, language',
    );
    const hint = 'Leave it out: nothing reads it.';
    expect(check({ colour: 'red' })).toThrow(expect.objectContaining({ hint }));
  });

  it('that every object inherits are unknown too', () => {
    expect(check({ toString: 1 })).toThrow(expect.objectContaining({ field: 'toString' }));
  });

  it.each([
    ['onRetry', 'later', 'a function'],
    ['onRetry', null, 'a function'],
    ['retry', 3, 'an object'],
    ['retry', [], 'an object'],
    ['signal', new AbortController(), 'an AbortSignal'],
    ['signal', null, 'an AbortSignal'],
    ['allowInsecure', 'false', 'true or false'],
    ['allowInsecure', 0, 'true or false'],
    ['allowInsecure', null, 'true or false'],
    ['language', '', 'a string that is not empty'],
    ['language', ' ', 'a string that is not empty'],
    ['language', 5, 'a string that is not empty'],
  ])('of the wrong kind are refused: %s is %o', (field, value, accepted) => {
    expect(check({ [field]: value })).toThrow(expect.objectContaining({ field, accepted }));
  });

  it('of options within options are named with both', () => {
    expect(check({ tokn: 1 }, 'auth')).toThrow(expect.objectContaining({ field: 'auth.tokn' }));
  });

  it.each([null, undefined, 5, 'fast', [], () => {}])('cannot be had of %o', (given) => {
    expect(check(given)).toThrow('options must be an object');
    expect(check(given, 'timeouts')).toThrow('timeouts must be an object');
  });
});
