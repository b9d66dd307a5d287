import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RenderFailedError } from '../../src/errors/index.js';
import { RenderJob } from '../../src/render/job.js';
import { Pacer } from '../../src/render/pacer.js';
import { observe } from '../../src/render/render-calls.js';
import { guidedSchedule } from '../../src/render/schedule.js';
import { type Script, scriptedService } from '../support/scripted-service.js';

/** A job that the service answers about as the script says. */
function jobAt(script: Script) {
  const { transport, clock, received } = scriptedService(script);
  const pacer = new Pacer({ requestsPerSecond: 20, concurrency: 8 }, clock);
  const settings = {
    ...{ minMs: 2_000, maxMs: 30_000, schedule: guidedSchedule, pacer },
    ...{ timeoutMs: 900_000, downloadIdleMs: 60_000 },
  };
  const job = new RenderJob({ transport, settings }, { id: 'render_1', startedAt: clock.now() });
  const end = () => clock.run(job.result().catch((error: unknown) => error));
  return { job, end, clock, received };
}

describe('a failed render', () => {
  it.each([
    ['as a failed call', { success: false, status: 'failed', error: 'no such font' }],
    ['as a failed call with data', { success: false, data: { status: 'failed', error: 'no such font' } }],
    [
      'as a failed call with empty data',
      { success: false, status: 'FAILED', data: null, error: 'no such font' },
    ],
    [
      'with the reason beside the data',
      { success: false, message: 'no such font', data: { status: 'failed' } },
    ],
    ['with an error of an object', { status: 'failed', error: { code: 7, message: 'no such font' } }],
  ])('comes %s, and its error has the reason', async (_, answer) => {
    const { end, received } = jobAt(() => answer);
    const error = await end();
    expect(error).toBeInstanceOf(RenderFailedError);
    expect(error).toMatchObject({ reason: 'no such font', renderId: 'render_1' });
    expect(received).toHaveLength(1);
  });

  it('is not what a code is about: that of the call counts', async () => {
    const { end } = jobAt(() => ({ success: false, code: 1001, status: 'failed' }));
    expect(await end()).toMatchObject({ name: 'AuthenticationError' });
  });
});

describe('a finished render', () => {
  it.each(['completed', 'COMPLETED', 'finished', 'done', 'succeeded'])('may be called %s', (status) => {
    expect(observe({ status })).toMatchObject({ status: 'completed', rawStatus: status });
  });

  it.each<[string, object, object]>([
    ['a number as id', { id: 5 }, {}],
    ['an address as output', { output: 'https://cdn.test/a.mp4' }, { url: 'https://cdn.test/a.mp4' }],
    ['an output that is a number', { output: 7 }, {}],
    ['an address that is a number', { outputUrl: 7 }, {}],
    ['times that are objects', { createdAt: {}, completedAt: [] }, {}],
    ['a progress that is a word', { progress: 'all of it' }, {}],
    [
      'the fields of the older route',
      { taskId: 12, output: { url: 'https://cdn.test/a.mp4', duration: '12.5', size: 1000 } },
      { url: 'https://cdn.test/a.mp4', taskId: '12', duration: 12.5, bytes: 1000 },
    ],
  ])('is finished in spite of %s, which stays in raw', async (_, fields, expected) => {
    const { end } = jobAt(() => ({ success: true, data: { status: 'completed', ...fields } }));
    const result = await end();
    expect(result).toEqual({
      id: 'render_1',
      elapsedMs: 0,
      raw: { status: 'completed', ...fields },
      ...expected,
    });
  });

  it('is finished whatever its other fields are', () => {
    const names = [
      'id',
      'taskId',
      'progress',
      'outputUrl',
      'output',
      'createdAt',
      'completedAt',
      'error',
      'hint',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), (fields) => {
        const answer = { ...fields, status: 'completed' };
        expect(observe(answer)).toMatchObject({ status: 'completed', raw: answer });
      }),
    );
  });
});

describe('a cancel', () => {
  it.each([
    ['an empty body', () => new Response('')],
    ['no content', () => new Response(null, { status: 204 })],
    ['an id of an unexpected type', () => ({ success: true, data: { id: {}, status: 'cancelled' } })],
  ])('that is answered with %s is accepted', async (_, answer) => {
    const { job, clock, received } = jobAt(answer);
    await clock.run(job.cancel());
    expect(job.status).toBe('cancelled');
    expect(received).toHaveLength(1);
  });
});
