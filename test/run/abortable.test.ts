import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { abortable } from '../../src/run/abortable.js';

test('work that ends first is told, and no listener is left', async () => {
  const { signal } = new AbortController();
  await expect(abortable(Promise.resolve(7), signal)).resolves.toBe(7);
  await expect(abortable(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('work that ignores the signal is not waited for, and its late value is handed on', async () => {
  const stop = new AbortController();
  let finish = (_: string): void => {};
  const late: string[] = [];
  const work = new Promise<string>((resolve) => {
    finish = resolve;
  });
  const waiting = abortable(work, stop.signal, (value) => late.push(value));
  stop.abort('enough');
  await expect(waiting).rejects.toBe('enough');
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  finish('a response');
  await work;
  await Promise.resolve();
  expect(late).toEqual(['a response']);
});

test('a signal that is aborted already is enough', async () => {
  await expect(abortable(new Promise(() => {}), AbortSignal.abort('before'))).rejects.toBe('before');
});
