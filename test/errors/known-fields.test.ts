import { describe, expect, it } from 'vitest';
import { refuseUnknownFields } from '../../src/errors/index.js';

const known = { baseUrl: true, token: true, onRetry: true } as const;
const refuse = (given: object) => () => refuseUnknownFields(given, known);

describe('fields', () => {
  it('that are known pass', () => {
    expect(refuse({ token: undefined, onRetry: () => {} })).not.toThrow();
  });

  it.each([
    ['baseURL', 'baseUrl'],
    ['tokn', 'token'],
    ['toekn', 'token'],
    ['onretry', 'onRetry'],
  ])('that are misspelt are refused with what was meant: %s', (field, meant) => {
    const hint = `Did you mean \`${meant}\`?`;
    expect(refuse({ [field]: 1 })).toThrow(expect.objectContaining({ name: 'OptionError', field, hint }));
  });

  it('that are unlike all others are refused with the list of them', () => {
    expect(refuse({ colour: 'red' })).toThrow('colour must be one of the options baseUrl, token, onRetry');
  });

  it('that every object inherits are unknown too', () => {
    expect(refuse({ toString: 1 })).toThrow(expect.objectContaining({ field: 'toString' }));
  });
});
