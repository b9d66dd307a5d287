import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OptionError, RunFailedError, type RunSnapshot } from '../../src/errors/index.js';
import { settle, VirtualClock } from '../support/virtual-clock.js';
import { adkText, baselineWith, collect, data, Service } from './harness.js';

const HELLO = [data({ text: 'Hel' }), data({ text: 'lo' })];
const FAILS = [data({ text: 'Hel' }), data({ error: 'it broke' })];

const unheard: unknown[] = [];
const hear = (error: unknown): void => void unheard.push(error);
beforeEach(() => void process.on('unhandledRejection', hear));
afterEach(async () => {
  await settle();
  process.off('unhandledRejection', hear);
  expect(unheard.splice(0)).toEqual([]);
});

describe('a run', () => {
  test('sends nothing until it is used', async () => {
    const service = new Service({ run: [HELLO] });
    const run = service.run();
    await settle();
    expect(service.requests).toEqual([]);
    expect(run.status).toBe('idle');
  });

  test('gives its events with the text so far, and then its result', async () => {
    const service = new Service({ run: [HELLO] });
    const { events, result } = await collect(service.run());
    expect(events).toEqual([
      { type: 'text', delta: 'Hel', text: 'Hel', displayDelta: '', displayText: '', raw: { text: 'Hel' } },
      { type: 'text', delta: 'lo', text: 'Hello', displayDelta: '', displayText: '', raw: { text: 'lo' } },
    ]);
    expect(result).toMatchObject({
      text: 'Hello',
      displayText: 'Hello',
      actions: [],
      changes: [],
      silent: false,
    });
    expect(result).toMatchObject({
      summary: [],
      generated: [],
      recovered: false,
      toolCalls: [],
      elapsedMs: 0,
    });
    expect(service.messages).toEqual([
      {
        app_name: 'nemo_agent',
        user_id: 'me',
        session_id: 's1',
        new_message: { parts: [{ text: 'make it shine' }] },
      },
    ]);
  });

  test('can be iterated any number of times, each from when the loop begins', async () => {
    const run = new Service({ run: [HELLO] }).run();
    const [first, second] = await Promise.all([collect(run), collect(run)]);
    expect(first.events).toHaveLength(2);
    expect(second.events).toEqual(first.events);
    expect(second.result).toBe(first.result);
    expect(await collect(run)).toEqual({ events: [], result: first.result });
  });

  test('returns its result before, during and after iterating, any number of times, and sends once', async () => {
    const service = new Service({ run: [HELLO] });
    const run = service.run();
    const before = run.result();
    const texts: string[] = [];
    for await (const event of run) {
      if (event.type === 'text') texts.push(event.delta);
      expect((await run.result()).text).toBe('Hello');
    }
    expect(texts).toEqual(['Hel', 'lo', '']);
    expect(await before).toBe(await run.result());
    expect(service.posts).toBe(1);
  });

  test('is a promise of its result', async () => {
    expect(await new Service({ run: [HELLO] }).run()).toMatchObject({ text: 'Hello' });
    await expect(new Service({ run: [FAILS] }).run()).rejects.toBeInstanceOf(RunFailedError);
  });

  test('that fails gives its events, and throws the same error from the loop and from the result', async () => {
    const run = new Service({ run: [FAILS] }).run();
    const { events, error } = await collect(run);
    expect(events).toMatchObject([{ type: 'text', text: 'Hel' }]);
    expect(error).toBeInstanceOf(RunFailedError);
    await expect(run.result()).rejects.toBe(error);
  });

  test('that fails is reported to each way in which it is used, and nowhere else', async () => {
    const alone = new Service({ run: [FAILS] }).run();
    await expect(alone.result()).rejects.toBeInstanceOf(RunFailedError);
    const dropped = new Service({ run: [FAILS] }).run();
    dropped.result();
    expect((await collect(dropped)).error).toBeInstanceOf(RunFailedError);
  });

  test('holds the stream back while its consumer takes his time', async () => {
    const service = new Service({ run: [[...HELLO, data({ text: ' there' }), data({ text: '!' })]] });
    const iterator = service.run()[Symbol.asyncIterator]();
    await iterator.next();
    await settle();
    expect(service.bodies).toEqual([{ cancelled: false, ended: false }]);
    await service.clock.advance(60 * 60_000);
    expect(await iterator.next()).toMatchObject({ value: { text: 'Hello' } });
    expect(await iterator.next()).toMatchObject({ value: { text: 'Hello there' } });
    expect(await iterator.next()).toMatchObject({ value: { text: 'Hello there!', displayText: '' } });
    expect(await iterator.next()).toMatchObject({ value: { delta: '', displayDelta: 'Hello there!' } });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(service.clock.pending).toBe(0);
  });

  test('of an empty message is refused before anything else', () => {
    expect(() => new Service({ run: [] }).run({ message: ' \n' })).toThrow(OptionError);
  });
});

describe('before the message leaves', () => {
  test('the state before is known, and onSend has been awaited with all that a crash would need', async () => {
    const clock = new VirtualClock();
    const service = new Service({ run: [HELLO], clock });
    const log: unknown[] = [];
    const run = service.run({
      taskId: 't1',
      clientId: 'c1',
      async baseline() {
        await clock.sleep(1_000);
        log.push('baseline');
        return baselineWith({ t: [] });
      },
      async onSend(snapshot) {
        await clock.sleep(500);
        log.push(structuredClone(snapshot), `${service.posts} posts`);
      },
    });
    await clock.run(run.result());
    const snapshot: RunSnapshot = {
      version: 1,
      sessionId: 's1',
      taskId: 't1',
      clientId: 'c1',
      message: 'make it shine',
      sentAt: Date.UTC(2026, 0, 1) + 1_000,
      before: { draft: { t: [] }, media: [], generated: [] },
    };
    expect(log).toEqual(['baseline', snapshot, '0 posts']);
    expect(JSON.parse(JSON.stringify(run))).toEqual(snapshot);
  });

  test.each(['baseline', 'onSend', 'onStart'])(
    'an error of %s fails the run, and nothing is sent',
    async (hook) => {
      const service = new Service({ run: [HELLO] });
      const fail = (): never => {
        throw new Error('disk full');
      };
      const ends: boolean[] = [];
      const run = service.run({ [hook]: fail, onEnd: (end) => void ends.push(end) });
      await expect(run.result()).rejects.toThrow('disk full');
      expect(service.requests).toEqual([]);
      expect(ends).toEqual(hook === 'onStart' ? [] : [false]);
    },
  );

  test('an aborted signal is enough', async () => {
    const service = new Service({ run: [HELLO] });
    const run = service.run({ signal: AbortSignal.abort() });
    await expect(run.result()).rejects.toMatchObject({ name: 'AbortError', snapshot: undefined });
    expect(service.requests).toEqual([]);
  });
});

test('many runs of one signal listen to it once, and not at all when they are over', async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error): void => void warnings.push(warning);
  process.on('warning', warn);
  const { signal } = new AbortController();
  const services = Array.from({ length: 30 }, () => new Service({ run: [HELLO] }));
  const results = services.map((service) => service.run({ signal }).result());
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  await Promise.all(results);
  await settle();
  process.off('warning', warn);
  expect(warnings).toEqual([]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('its session is left when the run is over, before the result is there', async () => {
  const service = new Service({ run: [[]], states: [{ draft: { t: [], d: 5 } }] });
  const order: string[] = [];
  const run = service.run({
    onStart: () => void order.push('start'),
    onEnd: (sent) => void order.push(`end ${sent}`),
  });
  await run.result().then(() => order.push('result'));
  expect(order).toEqual(['start', 'end true', 'result']);
});

test('a whole answer is not said twice', async () => {
  const run = new Service({
    run: [[data(adkText('Hel', true)), data(adkText('lo', true)), data(adkText('Hello.', false))]],
  }).run();
  const { events, result } = await collect(run);
  expect(events.map((event) => event.type === 'text' && event.delta)).toEqual(['Hel', 'lo', '.']);
  expect(result?.text).toBe('Hello.');
});
