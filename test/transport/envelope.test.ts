import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEnvelope, readMessage } from '../../src/transport/index.js';

describe('openEnvelope', () => {
  it.each([
    ['{code, data}', { code: 0, data: { a: 1 } }, { ok: true, code: 0, data: { a: 1 } }],
    ['a code in quotes', { code: '0', data: { a: 1 } }, { ok: true, code: 0, data: { a: 1 } }],
    ['{success, data}', { success: true, data: { a: 1 } }, { ok: true, code: undefined, data: { a: 1 } }],
    ['no envelope', { a: 1 }, { ok: true, code: undefined, data: { a: 1 } }],
    ['a flat answer with a code', { code: 0, a: 1 }, { ok: true, code: 0, data: { code: 0, a: 1 } }],
    ['a failure', { code: 2001, message: 'no' }, { ok: false, code: 2001 }],
    ['a failure without a code', { success: false, error: 'no' }, { ok: false, code: undefined }],
    ['data that is empty', { code: 0, data: null }, { ok: true, data: null }],
    ['a list', [1], { ok: true, code: undefined, data: [1] }],
  ])('opens %s', (_, json, envelope) => {
    expect(openEnvelope(json)).toMatchObject(envelope);
  });

  it('opens any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const { ok, code } = openEnvelope(json);
        expect(ok).toBe(
          !(code !== undefined && code !== 0) && Reflect.get(Object(json), 'success') !== false,
        );
      }),
    );
  });
});

describe('the words of the service', () => {
  it.each([
    ['beside a code', { code: 2001, message: 'no' }],
    ['as the error', { success: false, error: 'no' }],
    ['in an object', { success: false, error: { message: 'no' } }],
    ['in data', { code: 5, data: { error_message: 'no' } }],
  ])('are found %s', (_, json) => {
    expect(readMessage(json)).toBe('no');
  });

  it.each([[{ code: 5 }], [{ message: '' }], [['no']], [null]])('are missing in %j', (json) => {
    expect(readMessage(json)).toBeUndefined();
  });

  it('repeats no more of the words of the service than a person reads, and cuts no credential in half', () => {
    const message = `${'x'.repeat(490)} nmv_usr_0123456789 and more`;
    expect(readMessage({ code: 5, message })).toBe(`${'x'.repeat(490)} [redacted…`);
  });
});
