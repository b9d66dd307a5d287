import { getEventListeners } from 'node:events';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { AbortError } from '../../src/errors/index.js';
import type { RunEvent } from '../../src/run/index.js';
import { settle } from '../support/virtual-clock.js';
import { data, Service } from './harness.js';

const HELLO = [data({ text: 'Hel' }), data({ text: 'lo' })];

describe('leaving a loop only stops watching', () => {
  const left = async (leave: (event: RunEvent) => void) => {
    const service = new Service({ run: [HELLO] });
    const caller = new AbortController();
    const run = service.run({ signal: caller.signal });
    let thrown: unknown;
    try {
      for await (const event of run) {
        leave(event);
        break;
      }
    } catch (error) {
      thrown = error;
    }
    await settle();
    // The answer was read to its end, although no loop and no result asked for it.
    expect(service.bodies).toEqual([{ cancelled: false, ended: true }]);
    expect(run.status).toBe('completed');
    expect(await run).toMatchObject({ text: 'Hello' });
    expect(service.clock.pending).toBe(0);
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
    expect(service.requests).toEqual(['POST /run_sse']);
    return thrown;
  };

  test('by break', async () => {
    expect(await left(() => {})).toBeUndefined();
  });

  test('by an error, which goes to the one who made it', async () => {
    const mine = new Error('mine');
    const thrown = await left(() => {
      throw mine;
    });
    expect(thrown).toBe(mine);
  });

  test('while another loop reads on', async () => {
    const run = new Service({ run: [HELLO] }).run();
    const texts: string[] = [];
    const reading = (async () => {
      for await (const event of run) if (event.type === 'text') texts.push(event.text);
    })();
    for await (const _ of run) break;
    await reading;
    expect(texts).toEqual(['Hel', 'Hello', 'Hello']);
  });

  test('after the end too', async () => {
    const run = new Service({ run: [HELLO] }).run();
    await run.result();
    for await (const _ of run) break;
    await expect(run.result()).resolves.toMatchObject({ text: 'Hello' });
  });
});

describe('cancelling a run', () => {
  const begun = async () => {
    const service = new Service({ run: [[...HELLO, 'hang']] });
    const caller = new AbortController();
    const run = service.run({ signal: caller.signal });
    const failed = run.result().catch((error: unknown) => error);
    await settle();
    expect(run.status).toBe('running');
    return { service, caller, run, failed };
  };

  test('ends the request at once, with the snapshot, and nothing is left or sent', async () => {
    const { service, caller, run, failed } = await begun();
    const reason = new Error('the person left');
    await run.cancel(reason);
    expect(service.bodies[0]?.cancelled).toBe(true);
    expect(service.clock.pending).toBe(0);
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
    const error = await failed;
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({
      cause: reason,
      partialText: 'Hello',
      snapshot: { sessionId: 's1', message: 'make it shine' },
    });
    expect(run.status).toBe('cancelled');
    await service.clock.advance(60 * 60_000);
    expect(service.requests).toEqual(['POST /run_sse']);
  });

  test('happens at the end of an `await using` block', async () => {
    const { service, run, failed } = await begun();
    {
      await using using = run;
      expect(using.status).toBe('running');
    }
    expect(service.bodies[0]?.cancelled).toBe(true);
    expect(await failed).toBeInstanceOf(AbortError);
  });

  test('before it began sends nothing, now or later', async () => {
    const service = new Service({ run: [HELLO] });
    const run = service.run();
    await run.cancel();
    await expect(run).rejects.toMatchObject({ name: 'AbortError', snapshot: undefined });
    expect(service.requests).toEqual([]);
  });

  test('leaves the session free for the next message at once', async () => {
    const { run, failed } = await begun();
    void run.cancel();
    await failed;
    const service = new Service({ run: [HELLO] });
    const session = service.session();
    const first = service.run({ session });
    const second = service.run({ session });
    const gone = first.result().catch((error: unknown) => error);
    void first.cancel();
    expect(await second).toMatchObject({ text: 'Hello' });
    expect(await gone).toBeInstanceOf(AbortError);
  });

  test('after the end changes nothing', async () => {
    const run = new Service({ run: [HELLO] }).run();
    await run;
    await run.cancel();
    await expect(run.result()).resolves.toMatchObject({ text: 'Hello' });
  });
});

test('printed before it began, a run says how it begins', () => {
  const run = new Service({ run: [HELLO] }).run();
  expect(inspect(run)).toBe('Run { not started: await it or iterate it }');
});

test('the JSON of an event has no raw, which the event itself keeps', async () => {
  const run = new Service({ run: [[data({ type: 'applause' }), ...HELLO]] }).run();
  const seen: RunEvent[] = [];
  for await (const event of run) seen.push(event);
  expect(JSON.parse(JSON.stringify(seen))).toMatchObject([
    { type: 'unknown' },
    { type: 'text', delta: 'Hel' },
    {},
    {},
  ]);
  expect(JSON.stringify(seen)).not.toContain('raw');
  expect(seen[0]?.raw).toEqual({ type: 'applause' });
});

test('an event stream carries the events without raw, and the result', async () => {
  const body = await new Service({ run: [HELLO] }).run().toEventStream().text();
  const blocks = body.trim().split('\n\n');
  expect(blocks).toHaveLength(4);
  expect(blocks[0]).toContain('"delta":"Hel"');
  expect(blocks[3]).toMatch(/^event: result\ndata: \{"text":"Hello"/);
  expect(body).not.toContain('"raw"');
});
