import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { AbortError } from '../../src/errors/index.js';
import type { RunEvent } from '../../src/run/index.js';
import { data, Service } from './harness.js';

const HELLO = [data({ text: 'Hel' }), data({ text: 'lo' })];

describe('leaving the loop', () => {
  const left = async (leave: (event: RunEvent) => void) => {
    const service = new Service({ run: [[...HELLO, 'hang']] });
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
    expect(service.bodies[0]?.cancelled).toBe(true);
    expect(service.clock.pending).toBe(0);
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
    const error = await run.result().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({
      partialText: 'Hel',
      snapshot: { sessionId: 's1', message: 'make it shine' },
    });
    await service.clock.advance(60 * 60_000);
    expect(service.requests).toEqual(['POST /run_sse']);
    return thrown;
  };

  test('by break ends the request, and the result tells so', async () => {
    expect(await left(() => {})).toBeUndefined();
  });

  test('by an error does the same, and the error goes to the one who made it', async () => {
    const mine = new Error('mine');
    const thrown = await left(() => {
      throw mine;
    });
    expect(thrown).toBe(mine);
  });

  test('before it began sends nothing, now or later', async () => {
    const service = new Service({ run: [HELLO] });
    const run = service.run();
    await run[Symbol.asyncIterator]().return?.();
    await expect(run.result()).rejects.toMatchObject({ name: 'AbortError', snapshot: undefined });
    expect(service.requests).toEqual([]);
  });

  test('after the end changes nothing', async () => {
    const run = new Service({ run: [HELLO] }).run();
    await run.result();
    for await (const _ of run) break;
    await expect(run.result()).resolves.toMatchObject({ text: 'Hello' });
  });
});
