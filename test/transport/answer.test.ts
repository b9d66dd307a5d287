import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiPromise, openEnvelope, readMessage } from '../../src/transport/answer.js';
import type { Answer } from '../../src/transport/contract.js';
import { failure } from './harness.js';

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

const headers = new Headers({ 'x-request-id': 'r-1' });
const answer: Answer<number> = { data: 20, status: 200, headers, requestId: 'r-1', attempts: 1 };

/** What rejects unhandled while `work` runs. */
async function unheard(work: () => Promise<unknown>): Promise<unknown[]> {
  const seen: unknown[] = [];
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => seen.push(reason));
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  process.removeAllListeners('unhandledRejection');
  for (const listener of listeners) process.on('unhandledRejection', listener);
  return seen;
}

describe('ApiPromise', () => {
  const make = () => ApiPromise.of(Promise.resolve(answer), (data) => data + 1);

  it('is a promise of the data', async () => {
    expect(await make()).toBe(21);
    expect(make()).toBeInstanceOf(Promise);
  });

  it('gives the facts of the answer on request, without asking twice', async () => {
    let reads = 0;
    const call = ApiPromise.of(Promise.resolve(answer), (data) => {
      reads += 1;
      return data;
    });
    expect(await call.withResponse()).toEqual({ ...answer, data: 20 });
    expect(await call).toBe(20);
    expect(await call.withResponse()).toMatchObject({ status: 200, requestId: 'r-1' });
    expect(reads).toBe(1);
  });

  it('fails both ways with the same error', async () => {
    const wrong = new Error('wrong');
    const call = ApiPromise.of(Promise.reject<Answer<number>>(wrong), (data) => data);
    expect(await failure(call)).toBe(wrong);
    expect(await failure(call.withResponse())).toBe(wrong);
  });

  it('leaves no unhandled rejection to a caller that uses only one of them', async () => {
    const make = () => ApiPromise.of(Promise.reject<Answer<number>>(new Error('wrong')), (data) => data);
    expect(await unheard(() => failure(make()))).toEqual([]);
    expect(await unheard(() => failure(make().withResponse()))).toEqual([]);
  });
});
