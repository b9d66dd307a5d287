import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RedisCheckpointStore, redisCheckpoints } from '../../src/bullmq/index.js';
import type { VideoSnapshot } from '../../src/index.js';
import { hasRedis, type RedisServer, startRedis } from './support/redis-server.js';

const SNAPSHOT: VideoSnapshot = {
  version: 1,
  prompt: 'A promo',
  output: { format: 'mp4', quality: 'high' },
  uploaded: false,
};

describe.skipIf(!hasRedis)('checkpoints in Redis', () => {
  let server: RedisServer;
  let store: RedisCheckpointStore;
  beforeAll(async () => {
    server = await startRedis();
    store = redisCheckpoints({ host: '127.0.0.1', port: server.port });
  });
  afterAll(async () => {
    await store?.close();
    await server?.stop();
  });

  it('are loaded as they were saved, with the version that the next save must name', async () => {
    expect(await store.load('a')).toBeUndefined();
    const first = await store.save('a', SNAPSHOT, undefined);
    expect(await store.load('a')).toEqual({ snapshot: SNAPSHOT, version: first });
    const second = await store.save('a', { ...SNAPSHOT, uploaded: true }, first);
    expect(second).not.toBe(first);
    expect(await store.load('a')).toMatchObject({ snapshot: { uploaded: true }, version: second });
    await store.delete('a');
    expect(await store.load('a')).toBeUndefined();
  });

  it('reject a save that follows another version than the kept one, and keep that', async () => {
    const first = await store.save('b', SNAPSHOT, undefined);
    for (const expected of [undefined, 'another']) {
      await expect(store.save('b', { ...SNAPSHOT, prompt: 'late' }, expected)).rejects.toMatchObject({
        name: 'CheckpointConflictError',
      });
    }
    expect(await store.load('b')).toEqual({ snapshot: SNAPSHOT, version: first });
  });

  it('let one of fifty stores save that follow the same version at the same moment', async () => {
    const first = await store.save('c', SNAPSHOT, undefined);
    const saves = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        store.save('c', { ...SNAPSHOT, prompt: String(index) }, first),
      ),
    );
    expect(saves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('leave the caller’s own connection open', async () => {
    const redis = new Redis({ host: '127.0.0.1', port: server.port });
    const borrowed = redisCheckpoints(redis, { prefix: 'mine:' });
    await borrowed.save('d', SNAPSHOT, undefined);
    await borrowed.close();
    expect(await redis.hget('mine:d', 'version')).toEqual(expect.any(String));
    await redis.quit();
  });

  it('name what a connection must be', () => {
    // @ts-expect-error for callers in JavaScript
    expect(() => redisCheckpoints('redis://localhost')).toThrow(
      expect.objectContaining({ name: 'OptionError', field: 'connection' }),
    );
  });
});
