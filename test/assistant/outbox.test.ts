import { describe, expect, it } from 'vitest';
import { outbox } from '../../src/assistant/outbox.js';
import { collect } from './support/conversation.js';

describe('outbox', () => {
  it('yields what the work reports, in order, then ends', async () => {
    const items = outbox<number>(async (tell) => {
      tell(1);
      await Promise.resolve();
      tell(2);
    }, undefined);
    expect(await collect(items)).toEqual([1, 2]);
    expect(await items.next()).toEqual({ done: true, value: undefined });
  });

  it('yields everything that was reported before a failure, then throws it once', async () => {
    const items = outbox<number>(async (tell) => {
      tell(1);
      throw new Error('broken');
    }, undefined);
    expect(await items.next()).toEqual({ done: false, value: 1 });
    await expect(items.next()).rejects.toThrow('broken');
    expect(await items.next()).toEqual({ done: true, value: undefined });
  });

  it('waits for the work when it is left, and leaves nothing on the outer signal', async () => {
    const outer = new AbortController();
    let ended = false;
    const items = outbox<number>(async (tell, signal) => {
      tell(1);
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      ended = true;
    }, outer.signal);
    for await (const _ of items) break;
    expect(ended).toBe(true);
    expect(await items.next()).toEqual({ done: true, value: undefined });
  });

  it('answers as many `next()` at once as there are, in order', async () => {
    const items = outbox<number>(async (tell) => {
      await Promise.resolve();
      tell(1);
      await Promise.resolve();
      tell(2);
    }, undefined);
    const asked = [items.next(), items.next(), items.next(), items.next()];
    expect((await Promise.all(asked)).map(({ value }) => value)).toEqual([1, 2, undefined, undefined]);
  });

  it('never begins when it is left before it was used', async () => {
    let begun = false;
    const items = outbox<number>(async () => {
      begun = true;
    }, undefined);
    await items.return?.();
    expect((await items.next()).done).toBe(true);
    expect(begun).toBe(false);
  });
});
