import { describe, expect, it } from 'vitest';
import { type Answer, ApiPromise } from '../../src/transport/index.js';
import { failure } from './harness.js';

const headers = new Headers({ 'x-request-id': 'r-1' });
const answer: Answer<number> = { data: 20, status: 200, headers, requestId: 'r-1', attempts: 1 };

/** What rejects unheard while `work` runs. */
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

  it('leaves nothing unheard to whoever uses only one of them', async () => {
    const make = () => ApiPromise.of(Promise.reject<Answer<number>>(new Error('wrong')), (data) => data);
    expect(await unheard(() => failure(make()))).toEqual([]);
    expect(await unheard(() => failure(make().withResponse()))).toEqual([]);
  });
});
