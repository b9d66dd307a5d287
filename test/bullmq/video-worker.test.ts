import { EventEmitter, once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisCheckpoints } from '../../src/bullmq/index.js';
import type { Middleware } from '../../src/index.js';
import { fastClock } from '../support/fast-clock.js';
import { batch, messages, until, untilStatus } from './support/batch.js';
import { hasRedis, type RedisServer, startRedis } from './support/redis-server.js';

const HOUR = 3_600_000;
const REQUEST = { prompt: 'A 5-second video of the sea' };

describe.skipIf(!hasRedis)('a worker of videos', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.stop());

  it('retries what failed before the message, and after it without another message', async () => {
    await using work = await batch(server.port);
    work.backend.faults.add({ on: 'session', do: 'status', times: 3 });
    work.backend.faults.add({ on: 'download', do: 'status', times: 20 });
    work.worker({ folder: work.folder });
    await work.queue.add('a', REQUEST, { backoff: 10 });
    const state = await untilStatus(work.queue, 'a', 'completed');
    expect(state.result?.path).toBe(`${work.folder}/a.mp4`);
    expect(messages(work.backend)).toBe(1);
  });

  it('makes a video once, though answers before and after its message were cut off', async () => {
    await using work = await batch(server.port);
    work.backend.faults.add({ on: 'session', do: 'truncate', after: 20 });
    work.backend.faults.add({ on: 'state', do: 'garbage', skip: 1 });
    work.worker();
    await work.queue.add('a', REQUEST, { backoff: 10 });
    await untilStatus(work.queue, 'a', 'completed');
    expect(messages(work.backend)).toBe(1);
    expect(work.backend.faults.armed).toEqual([]);
  });

  it('fails at once what cannot succeed, with the reason and what to do', async () => {
    await using work = await batch(server.port);
    work.worker();
    await work.queue.add('a', { prompt: 'A promo', media: '/nowhere/photo.jpg' });
    const state = await untilStatus(work.queue, 'a', 'failed');
    expect(state.reason).toContain('/nowhere/photo.jpg');
    const failed = [];
    for await (const video of work.queue.failed()) failed.push(video);
    expect(failed).toEqual([{ id: 'a', reason: state.reason }]);
    expect(messages(work.backend)).toBe(0);
  });

  it('begins no video that the balance does not cover, and continues after a top-up', async () => {
    await using work = await batch(server.port);
    let available = 100;
    const balance: Middleware = async (request, next) =>
      request.url.endsWith('/balance/simple')
        ? Response.json({ code: 0, data: { available, frozen: 0, total: available } })
        : next(request);
    work.worker({ client: work.client({ middleware: [balance] }), creditsIntervalMs: 50 });
    await work.queue.add('a', REQUEST);
    await until(async () => (await work.queue.get('a'))?.status === 'waiting');
    expect(messages(work.backend)).toBe(0);
    available = 10_000;
    await until(async () => (await work.queue.counts()).completed === 1);
    expect(messages(work.backend)).toBe(1);
  });

  it('hands a video back when its worker closes, and the next one continues it without another message', async () => {
    await using work = await batch(server.port);
    work.backend.faults.add({ on: 'render', do: 'stall', times: Number.POSITIVE_INFINITY });
    const first = work.worker({ client: work.client({ clock: fastClock(20) }) });
    await work.queue.add('a', REQUEST);
    await until(async () => work.backend.requests.some(({ path }) => path === '/api/render/proxy/lambda'));
    await first.close({ timeoutMs: 0 });
    expect(await work.queue.get('a')).toMatchObject({ status: 'waiting' });
    work.backend.faults.clear();
    work.worker();
    await until(async () => (await work.queue.counts()).completed === 1);
    expect(messages(work.backend)).toBe(1);
  });

  it('sends one message for a job that two workers have at the same moment', async () => {
    await using work = await batch(server.port);
    const store = redisCheckpoints(
      { host: '127.0.0.1', port: server.port },
      { prefix: `twice-${process.pid}:` },
    );
    const twice = async (id: string): Promise<void> => {
      const make = () => work.client().createVideo({ ...REQUEST, checkpoint: { store, id } });
      await Promise.allSettled([make(), make()]);
      await make();
    };
    for (let number = 0; number < 100; number += 10) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => twice(`job-${number + index}`)));
    }
    expect(messages(work.backend)).toBe(100);
    await store.close();
  });

  it.each(['/with-session/', '/run_sse', '/state', '/api/render'])(
    'sends one message for each of 25 jobs that another worker continues while a slow one waits to ask for %s',
    async (path) => {
      await using work = await batch(server.port);
      const gate = new EventEmitter();
      const opened = once(gate, 'open');
      let held = 0;
      const hold: Middleware = async (request, next) => {
        if (new URL(request.url).pathname.includes(path)) {
          held += 1;
          await opened;
        }
        return next(request);
      };
      work.worker({ client: work.client({ middleware: [hold] }), stalledMs: 200, concurrency: 25 });
      const ids = Array.from({ length: 25 }, (_, index) => `job-${index}`);
      await work.queue.addBulk(ids.map((id) => ({ id, request: REQUEST })));
      await until(async () => held >= 25);
      const redis = new Redis(server.port);
      await redis.del(ids.map((id) => work.jobs.toKey(`video-${id}:lock`)));
      redis.disconnect();
      const taken = new Set<string>();
      work.worker({ stalledMs: 200, concurrency: 25, onProgress: (id) => void taken.add(id) });
      await until(async () => taken.size === 25);
      gate.emit('open');
      await until(async () => {
        for await (const { id } of work.queue.parked()) await work.queue.retry(id).catch(() => {});
        return (await work.queue.counts()).completed === 25;
      });
      expect(messages(work.backend)).toBe(25);
      expect(work.backend.charges).toHaveLength(25);
    },
  );

  it('stops all workers of the queue while the balance does not suffice', async () => {
    await using work = await batch(server.port);
    let looks = 0;
    const balance: Middleware = async (request, next) => {
      if (!request.url.endsWith('/balance/simple')) return next(request);
      looks += 1;
      return Response.json({ code: 0, data: { available: 100, frozen: 0, total: 100 } });
    };
    const client = work.client({ middleware: [balance] });
    work.worker({ client, concurrency: 1 });
    await work.queue.addBulk(['a', 'b', 'c'].map((id) => ({ id, request: REQUEST })));
    await until(async () => looks > 0);
    work.worker({ client });
    // Nothing comes to an end that could be waited for: the workers only must not look again.
    await setTimeout(500);
    expect(looks).toBe(1);
  });

  it('begins at once no more videos than the balance covers', async () => {
    await using work = await batch(server.port);
    const balance: Middleware = async (request, next) => {
      if (!request.url.endsWith('/balance/simple')) return next(request);
      const available = 300 - 150 * messages(work.backend);
      return Response.json({ code: 0, data: { available, frozen: 0, total: available } });
    };
    work.worker({ client: work.client({ middleware: [balance] }) });
    await work.queue.addBulk(['a', 'b', 'c', 'd'].map((id) => ({ id, request: REQUEST })));
    await until(async () => (await work.queue.counts()).completed === 2);
    expect(await work.queue.counts()).toMatchObject({ waiting: 2, active: 0, failed: 0 });
    expect(messages(work.backend)).toBe(2);
  });

  it('makes the video with the higher priority first, and none before its time', async () => {
    await using work = await batch(server.port);
    const made: string[] = [];
    await work.queue.addBulk([
      { id: 'next month', request: REQUEST, options: { delay: 30 * 24 * HOUR } },
      { id: 'second', request: REQUEST, options: { priority: 2 } },
      { id: 'first', request: REQUEST, options: { priority: 1 } },
    ]);
    work.worker({ concurrency: 1, onResult: (id) => void made.push(id) });
    await until(async () => (await work.queue.counts()).completed === 2);
    expect(made).toEqual(['first', 'second']);
    expect(await work.queue.get('next month')).toEqual({ status: 'waiting' });
  });

  it('begins no more videos in a time than its limit', async () => {
    await using work = await batch(server.port);
    work.worker({ limit: { videos: 2, perMs: 600_000 } });
    work.worker({ limit: { videos: 2, perMs: 600_000 } });
    await work.queue.addBulk(['a', 'b', 'c', 'd'].map((id) => ({ id, request: REQUEST })));
    await until(async () => (await work.queue.counts()).completed === 2);
    await setTimeout(100);
    expect(await work.queue.counts()).toMatchObject({ completed: 2, waiting: 2, active: 0 });
    expect(messages(work.backend)).toBe(2);
  });

  it('reports the steps of a video, and calls back again if the callback fails, without a request', async () => {
    await using work = await batch(server.port);
    const phases: string[] = [];
    const requests: number[] = [];
    work.worker({
      onProgress: (_, { phase }) => void phases.push(phase),
      onResult: (_, { url }) => {
        expect(url).toMatch(/^http/);
        requests.push(work.backend.requests.length);
        if (requests.length === 1) throw new Error('the storage is away');
      },
    });
    await work.queue.add('a', REQUEST, { backoff: 10 });
    await untilStatus(work.queue, 'a', 'completed');
    expect([...new Set(phases)]).toEqual(['session', 'run', 'settle', 'render', 'done']);
    expect(requests).toHaveLength(2);
    expect(requests[1]).toBe(requests[0]);
    const job = await work.jobs.getJob('video-a');
    expect(job?.progress).toMatchObject({ phase: 'done', percent: 100, message: expect.any(String) });
  });

  it('makes the folder where it is missing', async () => {
    await using work = await batch(server.port);
    const folder = join(work.folder, 'videos/new');
    work.worker({ folder });
    await work.queue.add('a', REQUEST);
    await untilStatus(work.queue, 'a', 'completed');
    expect(await readdir(folder)).toEqual(['a.mp4']);
  });

  it.each(['a/b', '..', '.hidden', 'CON: 1*'])('saves the video %j inside the folder', async (id) => {
    await using work = await batch(server.port);
    work.worker({ folder: work.folder });
    await work.queue.add(id, REQUEST);
    const { result } = await untilStatus(work.queue, id, 'completed');
    expect(dirname(result?.path ?? '')).toBe(work.folder);
    expect(await readdir(work.folder)).toEqual([basename(result?.path ?? '')]);
  });

  it('names what an option of a worker must be', async () => {
    await using work = await batch(server.port);
    for (const [field, options] of [
      ['concurrency', { concurrency: 0 }],
      ['limit.videos', { limit: { videos: 0, perMs: 1 } }],
      ['stalledMs', { stalledMs: 0.5 }],
      ['creditsPerVideo', { creditsPerVideo: Number.NaN }],
    ] as const) {
      expect(() => work.worker(options)).toThrow(expect.objectContaining({ name: 'OptionError', field }));
    }
  });
});
