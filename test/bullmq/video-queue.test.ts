import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redisCheckpoints } from '../../src/bullmq/index.js';
import type { Middleware } from '../../src/index.js';
import { ask, edit, say } from '../../src/local/index.js';
import { fastClock } from '../support/fast-clock.js';
import { batch, messages, until } from './support/batch.js';
import { hasRedis, type RedisServer, startRedis } from './support/redis-server.js';

const REQUEST = { prompt: 'A 5-second video of the sea' };

describe.skipIf(!hasRedis)('a queue of videos', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.stop());

  it('makes each video once, saves it in the folder, and counts', async () => {
    await using work = await batch(server.port);
    const results: string[] = [];
    work.worker({ folder: work.folder, onResult: (id) => void results.push(id) });
    const ids = ['a', 'b', 'c', 'd', 'e'];
    expect(await work.queue.addBulk(ids.map((id) => ({ id, request: REQUEST })))).toBe(5);
    await work.queue.add('a', REQUEST);
    await until(async () => (await work.queue.counts()).completed === 5);
    expect(await work.queue.counts()).toEqual({ waiting: 0, active: 0, parked: 0, completed: 5, failed: 0 });
    expect(results.sort()).toEqual(ids);
    expect(messages(work.backend)).toBe(5);
    const state = await work.queue.get('a');
    expect(state).toMatchObject({ status: 'completed', result: { path: `${work.folder}/a.mp4` } });
    expect(existsSync(`${work.folder}/a.mp4`)).toBe(true);
    expect(await work.queue.steps()).toMatchObject({ run: { count: 5, ms: expect.any(Number) } });
  });

  it('parks a video whose message may have arrived, and sends it again only on request', async () => {
    await using work = await batch(server.port);
    work.backend.faults.add({ on: 'run', do: 'reset', work: 'undone' });
    work.worker();
    await work.queue.add('a', REQUEST);
    const state = await until(async () => {
      const now = await work.queue.get('a');
      return now?.status === 'parked' && now;
    });
    expect(state.parked).toMatchObject({ kind: 'unclear', reason: expect.any(String) });
    expect(await work.queue.counts()).toMatchObject({ parked: 1, waiting: 0 });
    expect(messages(work.backend)).toBe(1);
    await work.queue.sendAgain('a');
    await until(async () => (await work.queue.counts()).completed === 1);
    expect(messages(work.backend)).toBe(2);
    expect(await work.queue.counts()).toMatchObject({ parked: 0 });
  });

  it('parks a video whose agent asks, charges nothing, and continues it with the answer', async () => {
    await using work = await batch(server.port);
    const question = {
      title: 'One thing first',
      questions: [{ id: 'style', prompt: 'Which style?', options: [{ id: 'calm', label: 'Calm' }] }],
    };
    work.backend.agent.on(/sea/, ask(question));
    work.backend.agent.on(/Which style/, [
      edit(() => ({ t: [{ tt: 0, sg: [{ d: 5_000, m: { name: 'sea' } }] }], d: 5_000 })),
      say('Done.'),
    ]);
    work.worker();
    await work.queue.add('a', REQUEST);
    const state = await until(async () => {
      const now = await work.queue.get('a');
      return now?.status === 'parked' && now;
    });
    expect(state.parked).toMatchObject({ kind: 'question', question: { questions: [{ id: 'style' }] } });
    expect(work.backend.charges).toHaveLength(0);
    await expect(work.queue.sendAgain('a')).rejects.toMatchObject({ field: 'id' });
    await work.queue.answer('a', { style: 'calm' });
    await until(async () => (await work.queue.counts()).completed === 1);
    expect(messages(work.backend)).toBe(2);
  });

  it('retries what failed before the message, and after it without another message', async () => {
    await using work = await batch(server.port);
    work.backend.faults.add({ on: 'session', do: 'status', times: 3 });
    work.backend.faults.add({ on: 'download', do: 'status', times: 20 });
    work.worker({ folder: work.folder });
    await work.queue.add('a', REQUEST, { backoff: 10 });
    const state = await until(async () => {
      const now = await work.queue.get('a');
      return now?.status === 'completed' && now;
    });
    expect(state.result?.path).toBe(`${work.folder}/a.mp4`);
    expect(messages(work.backend)).toBe(1);
  });

  it('fails at once what cannot succeed, with the reason and what to do', async () => {
    await using work = await batch(server.port);
    work.worker();
    await work.queue.add('a', { prompt: 'A promo', media: '/nowhere/photo.jpg' });
    const state = await until(async () => {
      const now = await work.queue.get('a');
      return now?.status === 'failed' && now;
    });
    expect(state.reason).toContain('/nowhere/photo.jpg');
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

  it('parks what its budget does not cover, and continues when it is raised', async () => {
    await using work = await batch(server.port, { budget: 300 });
    work.worker({ concurrency: 1 });
    await work.queue.addBulk(['a', 'b', 'c', 'd'].map((id) => ({ id, request: REQUEST })));
    await until(
      async () => (await work.queue.counts()).completed === 2 && (await work.queue.counts()).parked === 2,
    );
    for await (const { parked } of work.queue.parked()) expect(parked).toEqual({ kind: 'budget' });
    expect(messages(work.backend)).toBe(2);
    await work.queue.setBudget(600);
    await until(async () => (await work.queue.counts()).completed === 4);
    expect(messages(work.backend)).toBe(4);
  });

  it('cancels a video that waits, and one that is being made', async () => {
    await using work = await batch(server.port);
    await work.queue.add('waits', REQUEST);
    await work.queue.cancel('waits');
    expect(await work.queue.get('waits')).toBeUndefined();
    work.backend.faults.add({ on: 'run', do: 'stall', after: 'event:1' });
    work.worker({ client: work.client({ clock: fastClock(20) }) });
    await work.queue.add('made', REQUEST);
    await until(async () => messages(work.backend) === 1);
    await work.queue.cancel('made');
    const state = await until(async () => {
      const now = await work.queue.get('made');
      return now?.status === 'failed' && now;
    });
    expect(state.reason).toBe('cancelled');
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
    await Promise.all(Array.from({ length: 100 }, (_, index) => twice(`job-${index}`)));
    expect(messages(work.backend)).toBe(100);
    await store.close();
  });

  it.each(['12', 'a:b', 'active', '商品/1'])('takes any text as an id: %j', async (id) => {
    await using work = await batch(server.port);
    work.worker();
    await work.queue.add(id, REQUEST);
    await until(async () => (await work.queue.get(id))?.status === 'completed');
  });

  it('names what a request must be, and what waits for nothing', async () => {
    await using work = await batch(server.port);
    await expect(work.queue.add('', REQUEST)).rejects.toMatchObject({ name: 'OptionError', field: 'id' });
    await expect(work.queue.add('a', { prompt: '' })).rejects.toMatchObject({ field: 'request.prompt' });
    // @ts-expect-error a misspelt field, as from JavaScript
    await expect(work.queue.add('a', { ...REQUEST, aspect: '9:16' })).rejects.toMatchObject({
      field: 'request.aspect',
    });
    await expect(work.queue.sendAgain('a')).rejects.toMatchObject({ name: 'OptionError', field: 'id' });
    await expect(work.queue.answer('a', {})).rejects.toMatchObject({ name: 'OptionError', field: 'id' });
  });
});
