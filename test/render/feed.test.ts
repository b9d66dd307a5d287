import { describe, expect, it } from 'vitest';
import { Feed } from '../../src/render/feed.js';

describe('a feed', () => {
  it('gives values in order, then ends, and says once that it was left', async () => {
    let left = 0;
    const feed = new Feed<number>(() => {
      left += 1;
    });
    feed.push(1);
    feed.push(2);
    feed.close();
    const seen: number[] = [];
    for await (const value of feed) seen.push(value);
    expect(seen).toEqual([1, 2]);
    expect(left).toBe(1);
  });

  it('gives what was pushed before an error, then the error once', async () => {
    const feed = new Feed<number>(() => {});
    feed.push(1);
    feed.fail(new Error('broken'));
    expect(await feed.next()).toEqual({ done: false, value: 1 });
    await expect(feed.next()).rejects.toThrow('broken');
    expect(await feed.next()).toEqual({ done: true, value: undefined });
  });

  it('lets go of whoever waits when it is returned from elsewhere', async () => {
    let left = 0;
    const feed = new Feed<number>(() => {
      left += 1;
    });
    const waiting = feed.next();
    await feed.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(left).toBe(1);
  });
});
