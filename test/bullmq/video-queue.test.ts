import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, edit, type LocalBackend, say } from '../../src/local/index.js';
import { fastClock } from '../support/fast-clock.js';
import { png } from '../support/pictures.js';
import { batch, messages, until, untilStatus } from './support/batch.js';
import { hasRedis, type RedisServer, startRedis } from './support/redis-server.js';

const REQUEST = { prompt: 'A 5-second video of the sea' };

/** Lets the agent ask once about every video. */
function asks({ agent }: LocalBackend): void {
  const options = [{ id: 'calm', label: 'Calm' }];
  const questions = [{ id: 'style', prompt: 'Which style?', options }];
  agent.on(/sea/, ask({ title: 'One thing first', questions }));
  agent.on(/Which style/, [
    edit(() => ({ t: [{ tt: 0, sg: [{ d: 5_000, m: { name: 'sea' } }] }], d: 5_000 })),
    say('Done.'),
  ]);
}

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
    const state = await untilStatus(work.queue, 'a', 'parked');
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
    asks(work.backend);
    work.worker();
    await work.queue.add('a', REQUEST);
    const state = await untilStatus(work.queue, 'a', 'parked');
    expect(state.parked).toMatchObject({ kind: 'question', question: { questions: [{ id: 'style' }] } });
    expect(work.backend.charges).toHaveLength(0);
    await expect(work.queue.sendAgain('a')).rejects.toMatchObject({ field: 'id' });
    await work.queue.answer('a', { style: 'calm' });
    await until(async () => (await work.queue.counts()).completed === 1);
    expect(messages(work.backend)).toBe(2);
  });

  it('forgets a video that ended, with all that Redis kept of it', async () => {
    await using work = await batch(server.port);
    await work.queue.add('a', REQUEST);
    await expect(work.queue.forget('a')).rejects.toMatchObject({ name: 'OptionError', field: 'id' });
    work.worker();
    await untilStatus(work.queue, 'a', 'completed');
    await work.queue.forget('a');
    expect(await work.queue.get('a')).toBeUndefined();
    await work.queue.add('a', REQUEST);
    await untilStatus(work.queue, 'a', 'completed');
    expect(messages(work.backend)).toBe(2);
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
    const state = await untilStatus(work.queue, 'made', 'failed');
    expect(state.reason).toBe('cancelled');
    // Cancelled once, not for good.
    work.backend.faults.clear();
    await work.queue.retry('made');
    await until(async () => (await work.queue.get('made'))?.status !== 'failed');
    await until(async () => (await work.queue.get('made'))?.status !== 'active');
    expect(await work.queue.get('made')).not.toMatchObject({ reason: 'cancelled' });
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

  it('continues a failed video where it is, once what failed it was mended', async () => {
    await using work = await batch(server.port);
    const media = join(work.folder, 'photo.png');
    work.worker();
    await work.queue.add('a', { prompt: 'A promo', media });
    await untilStatus(work.queue, 'a', 'failed');
    await writeFile(media, png(32, 24, [200, 60, 40]));
    const retries = await Promise.allSettled([work.queue.retry('a'), work.queue.retry('a')]);
    expect(retries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const retry of retries)
      if (retry.status === 'rejected')
        expect(retry.reason).toMatchObject({ name: 'OptionError', field: 'id' });
    await untilStatus(work.queue, 'a', 'completed');
    expect(messages(work.backend)).toBe(1);
    await expect(work.queue.retry('a')).rejects.toMatchObject({ name: 'OptionError', field: 'id' });
  });

  it('looks again for an unclear outcome without sending', async () => {
    await using work = await batch(server.port);
    work.backend.faults.add({ on: 'run', do: 'reset', work: 'undone' });
    work.worker();
    await work.queue.add('a', REQUEST);
    await untilStatus(work.queue, 'a', 'parked');
    const reads = work.backend.requests.length;
    await work.queue.retry('a');
    await until(async () => work.backend.requests.length > reads);
    await untilStatus(work.queue, 'a', 'parked');
    expect(messages(work.backend)).toBe(1);
  });

  it('allows one message by one `sendAgain`, even if the worker ends while that is at work', async () => {
    await using work = await batch(server.port);
    work.backend.faults.add({ on: 'run', do: 'reset', work: 'undone' });
    work.backend.faults.add({ on: 'run', do: 'stall', work: 'undone' });
    const first = work.worker({ client: work.client({ clock: fastClock(500) }) });
    await work.queue.add('a', REQUEST);
    await untilStatus(work.queue, 'a', 'parked');
    await work.queue.sendAgain('a');
    await until(async () => messages(work.backend) === 2);
    await first.close({ timeoutMs: 0 });
    work.worker();
    await untilStatus(work.queue, 'a', 'parked');
    expect(messages(work.backend)).toBe(2);
  });

  it('accepts an answer while the worker is still parking the video', async () => {
    await using work = await batch(server.port);
    const connection = { host: '127.0.0.1', port: server.port };
    const parking = new Worker(work.jobs.name, undefined, { connection });
    await work.queue.add('a', REQUEST);
    const job = await parking.getNextJob('token');
    const question = {
      questions: [{ id: 'style', prompt: 'Which style?', options: [], allowMultiple: false }],
    };
    await job?.updateData({ ...job.data, parked: { kind: 'question', question } });
    const answered = work.queue.answer('a', { style: 'calm' });
    await setTimeout(50);
    await job?.moveToDelayed(Date.now() + 1e9, 'token');
    await answered;
    expect(await work.queue.get('a')).toEqual({ status: 'waiting' });
    expect((await work.jobs.getJob('video-a'))?.data.answered.answers).toEqual({ style: 'calm' });
    await parking.close();
  });

  it('leaves the budget of a video that failed or was cancelled before its message to the others', async () => {
    await using work = await batch(server.port, { budget: 150 });
    const worker = work.worker();
    await work.queue.add('fails', { prompt: 'A promo', media: '/nowhere/photo.jpg' });
    await untilStatus(work.queue, 'fails', 'failed');
    work.backend.faults.add({ on: 'session', do: 'status', times: 3 });
    await work.queue.add('waits', REQUEST, { backoff: 1e9 });
    await until(async () => work.backend.requests.filter(({ path }) => path.includes('session')).length >= 3);
    await untilStatus(work.queue, 'waits', 'waiting');
    await work.queue.cancel('waits');
    await work.queue.add('made', REQUEST);
    await untilStatus(work.queue, 'made', 'completed');
    await worker.close();
  });
});
