import { describe, expect, it } from 'vitest';
import { videoQueue, videoWorker } from '../../src/bullmq/index.js';
import { NemoVideo, OptionError } from '../../src/index.js';
import { batch, until } from './support/batch.js';
import { freePort, hasRedis, startRedis } from './support/redis-server.js';

const REQUEST = { prompt: 'A 5-second video of the sea' };

describe('without a Redis server', () => {
  it('every call of a queue says where none answers and how to start one, and the queue can be closed', async () => {
    const port = await freePort();
    const queue = videoQueue({ connection: { host: '127.0.0.1', port, connectTimeout: 50 }, budget: 100 });
    const calls = [
      queue.add('a', REQUEST),
      queue.addBulk([{ id: 'a', request: REQUEST }]),
      queue.answer('a', {}),
      queue.cancel('a'),
      queue.get('a'),
      queue.counts(),
      queue.steps(),
      queue.setBudget(5),
    ];
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({
        status: 'rejected',
        reason: expect.objectContaining({
          name: 'OptionError',
          message: expect.stringContaining(`No Redis server answers at 127.0.0.1:${port}`),
          hint: expect.stringContaining('apt-get install redis-server'),
        }),
      });
    }
    await queue.close();
  });

  it('a worker warns that it waits for one, and can be closed', async () => {
    const port = await freePort();
    const warnings: string[] = [];
    const listen = (warning: Error): void => void warnings.push(warning.message);
    process.on('warning', listen);
    try {
      const client = new NemoVideo({ baseUrl: 'http://127.0.0.1:1', token: 'nmv_usr_x' });
      const worker = videoWorker({ connection: { host: '127.0.0.1', port, connectTimeout: 50 }, client });
      await until(async () => warnings.some((text) => text.includes(`127.0.0.1:${port}`)));
      await worker.close();
    } finally {
      process.off('warning', listen);
    }
  });

  it.skipIf(!hasRedis)('a queue and a worker that came too early work as soon as there is one', async () => {
    const [other, port] = [await startRedis(), await freePort()];
    const connection = { host: '127.0.0.1', port, connectTimeout: 50 };
    const queue = videoQueue({ connection, budget: 500 });
    await expect(queue.add('a', REQUEST)).rejects.toThrow(OptionError);
    const work = await batch(other.port);
    const worker = videoWorker({ connection, client: work.client() });
    await expect(queue.add('a', REQUEST)).rejects.toThrow(OptionError);
    const server = await startRedis({ port });
    try {
      await until(async () =>
        queue.add('a', REQUEST).then(
          () => true,
          () => false,
        ),
      );
      await until(async () => {
        const { active, completed } = await queue.counts();
        return active + completed === 1;
      });
      await worker.close();
      expect(await queue.counts()).toMatchObject({ completed: 1 });
    } finally {
      await queue.close();
      await work[Symbol.asyncDispose]();
      await Promise.all([server.stop(), other.stop()]);
    }
  });
});
