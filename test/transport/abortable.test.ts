import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { AbortError } from '../../src/errors/index.js';
import { abortable } from '../../src/transport/index.js';
import { failure } from './harness.js';

const never = new Promise<never>(() => {});

describe('abortable', () => {
  it('settles with the promise, and leaves no listener', async () => {
    const { signal } = new AbortController();
    expect(await abortable(Promise.resolve(5), signal, { operation: 'export' })).toBe(5);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('rejects with an AbortError that tells what was under way, also when the promise never settles', async () => {
    const stop = new AbortController();
    const waiting = failure(abortable(never, stop.signal, { operation: 'export', sessionId: 's1' }));
    const reason = new Error('enough');
    stop.abort(reason);
    const error = await waiting;
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ message: 'export was aborted', sessionId: 's1', cause: reason });
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
  });

  it('leaves a failure of the promise as it is', async () => {
    const wrong = new Error('wrong');
    const { signal } = new AbortController();
    expect(await failure(abortable(Promise.reject(wrong), signal, { operation: 'export' }))).toBe(wrong);
  });
});
