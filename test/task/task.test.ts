import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import { describe, expect, it, test, vi } from 'vitest';
import { AbortError } from '../../src/errors/index.js';
import { type EventQueue, Task, type TaskFacts } from '../../src/task/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

type Facts = Partial<TaskFacts<{ step: number; raw?: unknown }, string>>;
type Work = TaskFacts<{ step: number; raw?: unknown }, string>['work'];

class Sample extends Task<{ step: number; raw?: unknown }, string> {
  constructor(work: Work, facts: Facts = {}) {
    super({
      name: 'Sample',
      clock: new VirtualClock(),
      work,
      aborted: (cause) => new AbortError({ operation: 'sample', cause }),
      ...facts,
    });
  }
}

/** Work whose end the test decides. */
function byHand(facts: Facts = {}) {
  let events: EventQueue<{ step: number; raw?: unknown }> | undefined;
  let finish: (result: string) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  let signal: AbortSignal | undefined;
  let starts = 0;
  const task = new Sample((queue, stop) => {
    starts += 1;
    events = queue;
    signal = stop;
    return new Promise<string>((resolve, reject) => {
      finish = resolve;
      fail = reject;
      stop.addEventListener('abort', () => reject(stop.reason), { once: true });
    });
  }, facts);
  return {
    task,
    push: (step: number) => events?.push({ step, raw: 'as sent' }),
    finish: (result: string) => finish(result),
    fail: (error: unknown) => fail(error),
    get starts() {
      return starts;
    },
    get signal() {
      return signal;
    },
  };
}

const steps = async (task: AsyncIterable<{ step: number }>): Promise<number[]> => {
  const seen: number[] = [];
  for await (const { step } of task) seen.push(step);
  return seen;
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('starting', () => {
  it('does nothing until the task is used, and prints that', () => {
    const { task, ...work } = byHand();
    expect(work.starts).toBe(0);
    expect(task.status).toBe('idle');
    expect(inspect(task)).toBe('Sample { not started: await it or iterate it }');
  });

  it.each<[string, (task: Sample) => unknown]>([
    ['await', (task) => Promise.resolve(task)],
    ['result()', (task) => task.result()],
    ['catch()', (task) => task.catch(() => {})],
    ['finally()', (task) => task.finally(() => {})],
    ['a loop', (task) => steps(task)],
    ['reading the event stream', (task) => task.toEventStream().text()],
  ])('is done once by %s', async (_, use) => {
    const work = byHand();
    const used = use(work.task);
    await turn();
    void work.task.result();
    expect(work.starts).toBe(1);
    expect(work.task.status).toBe('running');
    expect(inspect(work.task)).toBe('Sample { running }');
    work.finish('done');
    await used;
    expect(work.task.status).toBe('completed');
  });

  it('is not done by an event stream that is not read', async () => {
    const work = byHand();
    work.task.toEventStream();
    await turn();
    expect(work.starts).toBe(0);
  });
});

describe('the result', () => {
  it('is what await, result(), then() and finally() give', async () => {
    const work = byHand();
    const all = Promise.all([work.task, work.task.result(), work.task.then((it) => it), work.task.finally()]);
    await turn();
    work.finish('done');
    expect(await all).toEqual(['done', 'done', 'done', 'done']);
    expect(await work.task).toBe('done');
  });

  it('rejects with what the loops throw', async () => {
    const work = byHand();
    const loop = steps(work.task);
    const result = work.task.result();
    work.fail(new Error('broken'));
    await expect(loop).rejects.toThrow('broken');
    await expect(result).rejects.toThrow('broken');
    expect(await work.task.catch(() => 'caught')).toBe('caught');
    expect(work.task.status).toBe('failed');
  });

  it('that is never read causes no unhandled rejection', async () => {
    const unhandled: unknown[] = [];
    const listener = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listener);
    const work = byHand();
    const loop = steps(work.task);
    work.fail(new Error('broken'));
    await expect(loop).rejects.toThrow('broken');
    await turn();
    process.off('unhandledRejection', listener);
    expect(unhandled).toEqual([]);
  });
});

describe('loops', () => {
  it('see the same events, and one that leaves stops watching without ending the work', async () => {
    const work = byHand();
    const all = steps(work.task);
    const first = (async () => {
      for await (const { step } of work.task) return step;
      return undefined;
    })();
    await turn();
    work.push(1);
    expect(await first).toBe(1);
    work.push(2);
    await turn();
    expect(work.signal?.aborted).toBe(false);
    work.finish('done');
    expect(await all).toEqual([1, 2]);
    expect(await work.task).toBe('done');
  });

  it('that throw leave the work running', async () => {
    const work = byHand();
    const loop = (async () => {
      for await (const _ of work.task) throw new Error('of the caller');
    })();
    await turn();
    work.push(1);
    await expect(loop).rejects.toThrow('of the caller');
    expect(work.task.status).toBe('running');
    work.finish('done');
    expect(await work.task).toBe('done');
  });

  it('that begin after the end get the end, or the failure', async () => {
    const done = byHand();
    const result = done.task.result();
    done.finish('done');
    await result;
    expect(await steps(done.task)).toEqual([]);
    const broken = byHand();
    const failure = broken.task.catch(() => {});
    broken.fail(new Error('broken'));
    await failure;
    await expect(steps(broken.task)).rejects.toThrow('broken');
  });

  it('begin with the latest event where the task replays it', async () => {
    const work = byHand({ replaysLatest: true });
    void work.task.result();
    work.push(1);
    work.push(2);
    const loop = steps(work.task);
    work.finish('done');
    expect(await loop).toEqual([2]);
  });
});

describe('ending early', () => {
  it('by cancel() rejects with the reason as the cause, and stops the work', async () => {
    const work = byHand();
    const loop = steps(work.task);
    const result = work.task.result();
    work.push(1);
    await work.task.cancel('enough');
    await expect(result).rejects.toMatchObject({ name: 'AbortError', cause: 'enough' });
    await expect(loop).rejects.toMatchObject({ name: 'AbortError' });
    expect(work.signal?.reason).toBe('enough');
    expect(work.task.status).toBe('cancelled');
  });

  it('by the signal does the same, and leaves no listener on it', async () => {
    const controller = new AbortController();
    const work = byHand({ signal: controller.signal });
    const result = work.task.result();
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort('gone');
    await expect(result).rejects.toMatchObject({ name: 'AbortError', cause: 'gone' });
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  it('takes no longer when the work does not stop', async () => {
    const task = new Sample(() => new Promise(() => {}));
    const result = task.result();
    void task.cancel();
    await expect(result).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('by cancel() ends the loops and the result after what it has to send', async () => {
    const seen: string[] = [];
    let answer = (): void => {};
    const withdraw = () => () => {
      seen.push('sent');
      return new Promise<void>((resolve) => {
        answer = resolve;
      });
    };
    const clock = new VirtualClock();
    const work = byHand({ withdraw, clock });
    const { task } = work;
    const loop = steps(task).catch(() => seen.push('loop'));
    const result = task.result().catch(() => seen.push('result'));
    void task.cancel();
    expect(task.status).toBe('cancelled');
    expect(work.signal?.aborted).toBe(true);
    await turn();
    expect(seen).toEqual(['sent']);
    answer();
    await Promise.all([loop, result]);
    expect(seen.sort()).toEqual(['loop', 'result', 'sent']);
    expect(clock.pending).toBe(0);
  });

  it('by cancel() ends within 50 ms though the answer to that is missing', async () => {
    const clock = new VirtualClock();
    const { task } = byHand({ withdraw: () => () => new Promise(() => {}), clock });
    let hasEnded = false;
    const result = task.result().catch(() => {
      hasEnded = true;
    });
    void task.cancel();
    await clock.advance(39);
    expect(hasEnded).toBe(false);
    await clock.advance(1);
    await result;
    expect(clock.pending).toBe(0);
  });

  it('by the signal sends nothing', async () => {
    const controller = new AbortController();
    const withdraw = vi.fn(async () => {});
    const work = byHand({ signal: controller.signal, withdraw: () => withdraw });
    const result = work.task.result();
    controller.abort('gone');
    await expect(result).rejects.toMatchObject({ cause: 'gone' });
    await turn();
    expect(withdraw).not.toHaveBeenCalled();
  });

  it('before the start means that the work never starts', async () => {
    const cancelled = byHand();
    await cancelled.task.cancel();
    await expect(cancelled.task).rejects.toMatchObject({ name: 'AbortError' });
    const aborted = byHand({ signal: AbortSignal.abort('before') });
    await expect(steps(aborted.task)).rejects.toMatchObject({ cause: 'before' });
    expect([cancelled.starts, aborted.starts]).toEqual([0, 0]);
  });

  it('after the end changes nothing', async () => {
    const controller = new AbortController();
    const work = byHand({ signal: controller.signal });
    const result = work.task.result();
    work.finish('done');
    await result;
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    await work.task.cancel();
    controller.abort();
    expect(work.task.status).toBe('completed');
    expect(await work.task).toBe('done');
  });

  it('happens at the end of an `await using` block', async () => {
    const work = byHand();
    {
      await using task = work.task;
      void task.result();
    }
    expect(work.task.status).toBe('cancelled');
    expect(work.signal?.aborted).toBe(true);
  });
});

describe('the event stream', () => {
  it('sends each event as JSON without raw, then the result', async () => {
    const work = byHand();
    const response = work.task.toEventStream();
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const text = response.text();
    await turn();
    work.push(1);
    work.push(2);
    work.finish('done');
    expect(await text).toBe('data: {"step":1}\n\ndata: {"step":2}\n\nevent: result\ndata: "done"\n\n');
  });

  it('ends with the failure, without what a page must not see', async () => {
    const work = byHand();
    const text = work.task.toEventStream().text();
    await turn();
    work.fail(new AbortError({ operation: 'sample', cause: new Error('internal') }));
    const [name, data] = (await text).split('\n');
    expect(name).toBe('event: failure');
    expect(JSON.parse(data?.slice('data: '.length) ?? '')).toEqual({
      name: 'AbortError',
      message: 'sample was aborted',
      hint: expect.any(String),
      retryable: false,
    });
  });

  test('only names the class of a foreign error', async () => {
    const work = byHand();
    const text = work.task.toEventStream().text();
    await turn();
    work.fail(new TypeError('of the caller: secret'));
    expect(await text).toBe('event: failure\ndata: {"name":"TypeError"}\n\n');
  });

  it('sends a comment after 15 s of silence, and leaves no timer', async () => {
    const clock = new VirtualClock();
    const work = byHand({ clock });
    const reader = work.task.toEventStream().body?.pipeThrough(new TextDecoderStream()).getReader();
    const comment = reader?.read();
    await clock.advance(15_000);
    expect((await comment)?.value).toBe(': still working\n\n');
    const event = reader?.read();
    await turn();
    work.push(1);
    expect((await event)?.value).toBe('data: {"step":1}\n\n');
    await reader?.cancel();
    await turn();
    expect(clock.pending).toBe(0);
  });

  it('that is closed stops watching and leaves the work running', async () => {
    const clock = new VirtualClock();
    const work = byHand({ clock });
    const reader = work.task.toEventStream().body?.getReader();
    const waiting = reader?.read();
    await turn();
    await reader?.cancel();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await turn();
    expect(clock.pending).toBe(0);
    expect(work.task.status).toBe('running');
    work.finish('done');
    expect(await work.task).toBe('done');
  });

  it('never slows the work, however slowly it is read', async () => {
    let wanted: boolean | undefined;
    const task = new Sample(async (events) => {
      events.push({ step: 1 });
      wanted = events.wanted;
      return 'done';
    });
    const reader = task.toEventStream().body?.getReader();
    await reader?.read();
    expect(wanted).toBe(true);
    await reader?.cancel();
  });
});
