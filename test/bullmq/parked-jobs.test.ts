import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, edit, type LocalBackend, say } from '../../src/local/index.js';
import { batch, messages, until, untilStatus } from './support/batch.js';
import { hasRedis, type RedisServer, startRedis } from './support/redis-server.js';

const REQUEST = { prompt: 'A 5-second video of the sea' };

/** Lets the agent ask once about every video. */
function asks({ agent }: LocalBackend): void {
  const options = [{ id: 'calm', label: 'Calm' }];
  agent.on(/sea/, ask({ questions: [{ id: 'style', prompt: 'Which style?', options }] }));
  agent.on(/Which style/, [
    edit(() => ({ t: [{ tt: 0, sg: [{ d: 5_000, m: { name: 'sea' } }] }], d: 5_000 })),
    say('Done.'),
  ]);
}

/** The connection of a process that is stopped so many commands after a question was stored, and continued by `thaw`. */
class Frozen extends Redis {
  readonly #held: (() => unknown)[] = [];
  #left = Number.NaN;
  readonly #commands: number;

  constructor(port: number, commands: number) {
    super({ port, host: '127.0.0.1', maxRetriesPerRequest: null });
    this.#commands = commands;
  }

  get isFrozen(): boolean {
    return this.#held.length > 0;
  }

  thaw(): void {
    this.#left = Number.POSITIVE_INFINITY;
    for (const send of this.#held.splice(0)) send();
  }

  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    if (this.#left === 0) {
      this.#held.push(() => super.sendCommand(command, stream));
      return command.promise;
    }
    this.#left -= 1;
    if (Number.isNaN(this.#left) && command.args.some((text) => String(text).includes('"questions"')))
      this.#left = this.#commands;
    return super.sendCommand(command, stream);
  }
}

describe.skipIf(!hasRedis)('a job that waits for a person', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.stop());

  it.each([0, 1, 2, 3, 4, 5])(
    'can be answered as soon as it is listed, if its worker stops %i commands after the question was stored',
    async (commands) => {
      await using work = await batch(server.port);
      asks(work.backend);
      const connection = new Frozen(server.port, commands);
      const frozen = work.worker({ connection, stalledMs: 200 });
      await work.queue.add('a', REQUEST, { backoff: 10 });
      await until(async () => connection.isFrozen);
      // So that its other connection fetches no jobs.
      const closed = frozen.close({ timeoutMs: 0 });
      work.worker({ stalledMs: 200 });
      await until(async () => !(await work.queue.parked().next()).done);
      await work.queue.answer('a', { style: 'calm' });
      await untilStatus(work.queue, 'a', 'completed');
      connection.thaw();
      await closed;
      connection.disconnect();
      expect(messages(work.backend)).toBe(2);
      expect(await work.queue.counts()).toMatchObject({ parked: 0, waiting: 0, active: 0, completed: 1 });
    },
  );

  it('can be answered while a worker that was killed still counts as active', async () => {
    await using work = await batch(server.port);
    const connection = { host: '127.0.0.1', port: server.port };
    const killed = new Worker(work.jobs.name, undefined, { connection, lockDuration: 100 });
    await work.queue.add('a', REQUEST);
    const job = await killed.getNextJob('token');
    const question = {
      questions: [{ id: 'style', prompt: 'Which style?', options: [], allowMultiple: false }],
    };
    await job?.updateData({ ...job.data, parked: { kind: 'question', question } });
    await work.queue.answer('a', { style: 'calm' });
    expect((await work.jobs.getJob('video-a'))?.data.answered.answers).toEqual({ style: 'calm' });
    await killed.close();
  });

  it('can be answered as soon as the question was reported', async () => {
    await using work = await batch(server.port);
    asks(work.backend);
    const answers: Promise<void>[] = [];
    work.worker({
      onProgress(id, { question }) {
        // The worker that continues it reports it again.
        if (question !== undefined && answers.length === 0)
          answers.push(work.queue.answer(id, { style: 'calm' }));
      },
    });
    await work.queue.add('a', REQUEST);
    await untilStatus(work.queue, 'a', 'completed');
    await Promise.all(answers);
    expect(messages(work.backend)).toBe(2);
  });

  it('is continued with the first of two answers; the second is refused, at the same moment and later', async () => {
    await using work = await batch(server.port);
    asks(work.backend);
    const first = work.worker();
    await work.queue.add('a', REQUEST);
    await untilStatus(work.queue, 'a', 'parked');
    await first.close();
    const answers = [work.queue.answer('a', { style: 'calm' }), work.queue.answer('a', { style: 'wild' })];
    const [one, two] = await Promise.allSettled(answers);
    expect([one?.status, two?.status].sort()).toEqual(['fulfilled', 'rejected']);
    const refused = expect.objectContaining({ name: 'OptionError', field: 'id' });
    expect(one?.status === 'rejected' ? one.reason : two?.status === 'rejected' && two.reason).toEqual(
      refused,
    );
    await expect(work.queue.answer('a', { style: 'late' })).rejects.toEqual(refused);
    work.worker();
    await untilStatus(work.queue, 'a', 'completed');
    await expect(work.queue.answer('a', { style: 'late' })).rejects.toEqual(refused);
    expect(messages(work.backend)).toBe(2);
  });

  it('is not continued with an answer to another question', async () => {
    await using work = await batch(server.port);
    asks(work.backend);
    work.worker();
    await work.queue.add('a', REQUEST);
    await untilStatus(work.queue, 'a', 'parked');
    await expect(work.queue.answer('a', { pace: 'slow' })).rejects.toMatchObject({ field: 'answers.pace' });
    expect(await work.queue.get('a')).toMatchObject({ status: 'parked' });
  });

  it('is continued by a budget that is raised while its worker parks it', async () => {
    await using work = await batch(server.port, { budget: 0 });
    const connection = new Redis({ port: server.port, host: '127.0.0.1', maxRetriesPerRequest: null });
    const send = connection.sendCommand.bind(connection);
    connection.sendCommand = (command, stream) => {
      if (!command.args.some((text) => String(text).includes('"kind":"budget"')))
        return send(command, stream);
      // The last moment before the job is listed.
      void work.queue.setBudget(150).then(() => send(command, stream));
      return command.promise;
    };
    const worker = work.worker({ connection });
    await work.queue.add('a', REQUEST);
    await untilStatus(work.queue, 'a', 'completed');
    await worker.close();
    connection.disconnect();
  });
});
