import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { AbortError } from '../../src/errors/index.js';
import { settle, VirtualClock } from '../support/virtual-clock.js';
import { collect, data, reset, type ScriptedRun, Service, type ServiceScript } from './harness.js';

const HEARTBEATS = Array.from({ length: 100 }, () => [{ waitMs: 10_000 }, 'data:\n\n']).flat();
const never = () => new Promise<never>(() => {});
const limited = () => Response.json({ code: 429 }, { status: 429, headers: { 'retry-after': '20' } });

interface Point {
  readonly script: ServiceScript;
  readonly request?: ScriptedRun;
  /** When the abort comes, in ms from the start. */
  readonly atMs?: number;
  /** Whether the message may be at work by then. */
  readonly sent: boolean;
}

/** Every place where a run can be when it is given up. */
const POINTS: Readonly<Record<string, Point>> = {
  'while the state before is read': { script: { run: [[]] }, request: { baseline: never }, sent: false },
  'while onSend is awaited': { script: { run: [[]] }, request: { onSend: never }, sent: false },
  'while a token is fetched': {
    script: {
      run: [[]],
      authorize: { token: never, refused: () => false, identity: () => ({ anonymous: true }) },
    },
    sent: false,
  },
  'while the headers are awaited': { script: { run: ['hang'] }, sent: true },
  'while the headers are awaited from a fetch that does not listen': {
    script: { run: ['hang'], deaf: true },
    sent: true,
  },
  'while a refused message waits to be sent again': {
    script: { run: [limited(), [data({ text: 'Done.' })]] },
    atMs: 5_000,
    sent: false,
  },
  'before the first byte of the body': { script: { run: [['hang']] }, sent: true },
  'inside an event': { script: { run: [['data: {"te', 'hang']] }, sent: true },
  'between events': { script: { run: [[data({ text: 'Hi' }), 'hang']] }, sent: true },
  'among heartbeats': { script: { run: [HEARTBEATS] }, atMs: 25_000, sent: true },
  'in a pause of recovery': { script: { run: [[reset()]] }, atMs: 45_000, sent: true },
  'while recovery reads the state': {
    script: { run: [[reset()]], states: ['hang'] },
    atMs: 31_000,
    sent: true,
  },
  'while the state is read after a silent edit': { script: { run: [[]], states: ['hang'] }, sent: true },
};

describe.each(Object.entries(POINTS))('an abort %s', (_, { script, request, atMs = 0, sent }) => {
  test.each(['result', 'iterator'])('ends the run at once, reported by the %s', async (way) => {
    const clock = new VirtualClock();
    const service = new Service({ ...script, clock });
    const caller = new AbortController();
    const run = service.run({ ...request, signal: caller.signal });
    const ended = way === 'result' ? run.result().catch((error: unknown) => error) : collect(run);
    await clock.advance(atMs);
    const { requests } = service;
    const asked = requests.length;
    const reason = new Error('the person left');
    const before = clock.now();
    caller.abort(reason);
    // No time passes on the clock: whoever waited for a timer would wait for ever.
    const end = await ended;
    const error = end instanceof Error || end === undefined ? end : Reflect.get(Object(end), 'error');
    expect(clock.now()).toBe(before);
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ sessionId: 's1', cause: reason });
    if (sent) expect(error).toMatchObject({ snapshot: { sessionId: 's1', message: 'make it shine' } });
    else expect(error).toMatchObject({ snapshot: undefined });
    // Nothing is left, and nothing is sent afterwards.
    expect(clock.pending).toBe(0);
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
    for (const body of service.bodies) expect(body.cancelled || body.ended).toBe(true);
    await clock.advance(3_600_000);
    expect(requests).toHaveLength(asked);
  });
});

test('an abort after the end changes nothing', async () => {
  const service = new Service({ run: [[data({ text: 'Done.' })]] });
  const caller = new AbortController();
  const run = service.run({ signal: caller.signal });
  await run.result();
  expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
  caller.abort();
  await expect(run.result()).resolves.toMatchObject({ text: 'Done.' });
});

test('an abort in the loop throws there, and what had not been taken is gone', async () => {
  const service = new Service({ run: [[data({ text: 'red' }) + data({ text: 'blue' }), 'hang']] });
  const caller = new AbortController();
  const run = service.run({ signal: caller.signal });
  const seen: string[] = [];
  await expect(async () => {
    for await (const event of run) {
      if (event.type === 'text') seen.push(event.delta);
      caller.abort();
      await settle();
    }
  }).rejects.toThrow(AbortError);
  expect(seen).toEqual(['red']);
});
