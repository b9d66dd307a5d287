import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  AbortError,
  ApiError,
  AuthenticationError,
  RenderCancelledError,
  RenderFailedError,
  RenderTimeoutError,
} from '../../src/errors/index.js';
import { exportDraft, RenderJob } from '../../src/render/job.js';
import { Pacer } from '../../src/render/pacer.js';
import type { RenderUpdate } from '../../src/render/render-state.js';
import { guidedSchedule, type PollHistory } from '../../src/render/schedule.js';
import { reset, type Script, scriptedService } from '../support/scripted-service.js';
import { settle } from '../support/virtual-clock.js';

/** A render as the service tells it, `elapsedMs` after its submission: either of the two documented shapes. */
type Tale = (elapsedMs: number, poll: number) => unknown;

const enveloped = (data: object): object => ({ success: true, data: { id: 'r', ...data } });

/** A steady render of `durationMs`. */
const steady =
  (durationMs: number): Tale =>
  (elapsedMs) =>
    elapsedMs >= durationMs
      ? enveloped({ status: 'completed', progress: 100, outputUrl: 'https://cdn.test/r.mp4' })
      : enveloped({ status: 'processing', progress: Math.floor((elapsedMs / durationMs) * 100) });

/** A service that takes every submission and tells the tale to whoever asks. */
function rendering(tale: Tale, timeoutMs = 900_000) {
  let submittedAt = 0;
  let polls = 0;
  const script: Script = (request) => {
    if (request.path.endsWith('/cancel')) return { success: true, data: { status: 'cancelled' } };
    if (request.method === 'POST') {
      submittedAt = request.atMs;
      return enveloped({ status: 'pending', progress: 0 });
    }
    polls += 1;
    return tale(request.atMs - submittedAt, polls);
  };
  const service = scriptedService(script);
  const context = {
    transport: service.transport,
    settings: {
      minMs: 2_000,
      maxMs: 30_000,
      // Without jitter: a look in the last half second, when the progress says 99, would be followed by a late one.
      schedule: (history: PollHistory) => guidedSchedule({ ...history, random: () => 0.5 }),
      pacer: new Pacer({ requestsPerSecond: 20, concurrency: 8 }, service.clock),
      timeoutMs,
      downloadIdleMs: 60_000,
    },
  };
  const start = (more: { signal?: AbortSignal; turn?: Promise<unknown> } = {}): Promise<RenderJob> =>
    exportDraft(context, { sessionId: 's1', clientId: 'c1', draft: { t: [] }, ...more });
  const pollTimes = (): number[] =>
    service.received.filter(({ method }) => method === 'GET').map(({ atMs }) => atMs - submittedAt);
  return { ...service, context, start, pollTimes };
}

async function collect(updates: AsyncIterable<RenderUpdate>): Promise<RenderUpdate[]> {
  const seen: RenderUpdate[] = [];
  for await (const update of updates) seen.push(update);
  return seen;
}

describe('a render job', () => {
  it('reports every change in order and ends with the address of the video', async () => {
    const { start, clock } = rendering(steady(60_000));
    const job = await start();
    const updates = await clock.run(collect(job));
    expect(updates[0]).toMatchObject({ status: 'pending', rawStatus: 'pending', progress: 0 });
    expect(updates.at(-1)).toMatchObject({ status: 'completed', progress: 100 });
    const percents = updates.map(({ progress }) => progress ?? 0);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(await job.result()).toMatchObject({ url: 'https://cdn.test/r.mp4' });
    expect(clock.pending).toBe(0);
  });

  it('is asked about by all who wait with the same requests, between 2 and 30 s apart', async () => {
    const { start, clock, pollTimes } = rendering(steady(60_000));
    const job = await start();
    await clock.run(Promise.all([job.result(), job.result(), collect(job), collect(job)]));
    const times = pollTimes();
    expect(times.length).toBeLessThanOrEqual(12);
    expect(times.at(-1)).toBeLessThan(62_500);
    for (const [index, time] of times.entries()) {
      const pause = time - (times[index - 1] ?? 0);
      expect(pause).toBeGreaterThanOrEqual(2_000);
      expect(pause).toBeLessThanOrEqual(30_000);
    }
  });

  it('reads the shape without an envelope, with output.url', async () => {
    const { start, clock } = rendering(() => ({
      status: 'completed',
      progress: 1,
      output: { url: 'https://cdn.test/flat.mp4' },
    }));
    const job = await start();
    expect(await clock.run(job.result())).toMatchObject({ url: 'https://cdn.test/flat.mp4' });
  });

  it('takes an unknown status for still running, and shows it', async () => {
    const { start, clock } = rendering((elapsedMs) =>
      elapsedMs < 20_000 ? enveloped({ status: 'transmogrifying' }) : enveloped({ status: 'completed' }),
    );
    const updates = await clock.run(collect(await start()));
    expect(updates).toContainEqual(
      expect.objectContaining({ status: 'processing', rawStatus: 'transmogrifying' }),
    );
    expect(updates.at(-1)?.status).toBe('completed');
  });

  it('never shows a progress that falls, and reads fractions and percents', async () => {
    const told = [0.1, 0.5, 0.3, 0.9];
    const { start, clock } = rendering((_, poll) =>
      poll > told.length
        ? enveloped({ status: 'completed' })
        : enveloped({ status: 'processing', progress: told[poll - 1] }),
    );
    const updates = await clock.run(collect(await start()));
    expect(updates.map(({ progress }) => progress)).toEqual([0, 10, 50, 90, 100]);
  });

  it('survives five failures of polling in a row, of every kind', async () => {
    const troubles = [
      () => reset(),
      () =>
        new Response('<html>bad gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } }),
      () => new Response('<html>hello</html>', { headers: { 'content-type': 'text/html' } }),
      () => Response.json({ code: 429 }, { status: 429, headers: { 'retry-after': '7' } }),
      () => new Response(null, { status: 503 }),
    ];
    const { start, clock, pollTimes } = rendering(
      (_, poll) => troubles[poll - 1]?.() ?? enveloped({ status: 'completed' }),
    );
    const job = await start();
    await expect(clock.run(job.result())).resolves.toMatchObject({ id: job.id });
    const times = pollTimes();
    // After the 429, exactly the seconds that the service asked for.
    expect((times[4] ?? 0) - (times[3] ?? 0)).toBe(7_000);
  });

  it('reports what it saw when the render does not end in time', async () => {
    const { start, clock } = rendering(
      (_, poll) => (poll % 2 === 0 ? reset() : enveloped({ status: 'processing', progress: 50 })),
      120_000,
    );
    const job = await start();
    const error = await clock.run(job.result().catch((thrown: unknown) => thrown));
    expect(error).toBeInstanceOf(RenderTimeoutError);
    if (!(error instanceof RenderTimeoutError)) return;
    expect(error.renderId).toBe(job.id);
    expect(error.seen.statuses.processing).toBeGreaterThan(1);
    expect(error.seen.failures.NetworkError).toBeGreaterThan(1);
    expect(error.message).toMatch(/processing ×\d+.*NetworkError ×\d+/);
  });

  it('is asked about at once when it is found again, however long after its start', async () => {
    const { context, clock, pollTimes } = rendering(() => enveloped({ status: 'completed' }));
    const startedAt = clock.now() - 3_600_000;
    const job = new RenderJob(context, { id: 'render_1', startedAt });
    await expect(job.result()).resolves.toMatchObject({ id: 'render_1', elapsedMs: 3_600_000 });
    expect(pollTimes()).toEqual([0]);
  });

  it('is awaited as long as any other when it is found again while it runs', async () => {
    const { context, clock, start } = rendering(() => enveloped({ status: 'processing' }), 120_000);
    const begun = clock.now();
    const found = new RenderJob(context, { id: 'render_1', startedAt: begun - 3_600_000 });
    const error = await clock.run(found.result().catch((thrown: unknown) => thrown));
    expect(error).toBeInstanceOf(RenderTimeoutError);
    expect(clock.now() - begun).toBe(120_000);
    // One of this process that nobody has waited for until now.
    const late = await start();
    await clock.advance(3_600_000);
    const lateError = await clock.run(late.result().catch((thrown: unknown) => thrown));
    expect(lateError).toMatchObject({ seen: { statuses: { processing: expect.any(Number) } } });
  });

  it('passes the reason of a failed render to every waiter, loop and later call', async () => {
    const { start, clock } = rendering(() => enveloped({ status: 'failed', error: 'out of disk on node 7' }));
    const job = await start();
    const loop = collect(job).catch((error: unknown) => error);
    const waited = job.result().catch((error: unknown) => error);
    const [looped, result] = await clock.run(Promise.all([loop, waited]));
    expect(looped).toBe(result);
    expect(result).toBeInstanceOf(RenderFailedError);
    expect(result).toMatchObject({ reason: 'out of disk on node 7', renderId: job.id });
    await expect(job.result()).rejects.toBe(result);
    expect(job.status).toBe('failed');
  });

  it('stops polling when the loop is left, cancels nothing, and continues with the next call', async () => {
    const { start, clock, received, pollTimes } = rendering(steady(60_000));
    const job = await start();
    const leaving = (async () => {
      for await (const update of job) if ((update.progress ?? 0) > 10) break;
    })();
    await clock.run(leaving);
    const before = pollTimes().length;
    await settle();
    expect(clock.pending).toBe(0);
    await clock.advance(120_000);
    expect(pollTimes()).toHaveLength(before);
    expect(received.some(({ path }) => path.endsWith('/cancel'))).toBe(false);
    await expect(clock.run(job.result())).resolves.toMatchObject({ url: 'https://cdn.test/r.mp4' });
  });

  it('stops asking when the body of the loop throws, and cancels nothing', async () => {
    const { start, clock, received } = rendering(steady(60_000));
    const job = await start();
    const looping = (async () => {
      for await (const { progress = 0 } of job) if (progress > 10) throw new RangeError('mine');
    })();
    await expect(clock.run(looping)).rejects.toThrow(RangeError);
    await settle();
    expect(clock.pending).toBe(0);
    expect(received.some(({ path }) => path.endsWith('/cancel'))).toBe(false);
    expect(job.status).toBe('processing');
  });

  it('is no promise, so that awaiting it returns the job', async () => {
    const { start } = rendering(steady(60_000));
    const job = await start();
    expect('then' in job).toBe(false);
    expect(await job).toBe(job);
  });

  it('is cancelled at the end of an `await using` block, unless it has ended', async () => {
    const { start, clock, received } = rendering(steady(10_000));
    const cancels = (): number => received.filter(({ path }) => path.endsWith('/cancel')).length;
    const job = await start();
    await job[Symbol.asyncDispose]();
    expect([job.status, cancels()]).toEqual(['cancelled', 1]);
    const finished = await start();
    await clock.run(finished.result());
    await finished[Symbol.asyncDispose]();
    expect([finished.status, cancels()]).toEqual(['completed', 1]);
    expect(clock.pending).toBe(0);
  });

  it('does not replace the error of an `await using` block when the service refuses to cancel', async () => {
    const { transport, clock } = scriptedService(() => Response.json({ code: 500 }, { status: 500 }));
    const { context } = rendering(steady(10_000));
    const job = new RenderJob({ ...context, transport }, { id: 'render_1', startedAt: 0 });
    await expect(clock.run(job[Symbol.asyncDispose]())).resolves.toBeUndefined();
    expect(clock.pending).toBe(0);
  });

  it('is an event stream for a browser, without `raw`, whose reader may leave', async () => {
    const { start, clock, received } = rendering(steady(10_000));
    const job = await start();
    const response = job.toEventStream();
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(received).toHaveLength(1);
    const blocks = (await clock.run(response.text())).trim().split('\n\n');
    expect(blocks[0]).toBe('data: {"status":"pending","rawStatus":"pending","progress":0,"elapsedMs":0}');
    expect(blocks.at(-1)).toMatch(
      /^event: result\ndata: \{"id":"render_[^}]*"url":"https:\/\/cdn.test\/r.mp4"/,
    );
    expect(blocks.at(-1)).not.toContain('raw');
    const other = await start();
    const reader = other.toEventStream().body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await settle();
    expect(clock.pending).toBe(0);
    expect(other.status).toBe('pending');
  });

  it('shows every loop the changes from when it joins, and the present state first', async () => {
    const { start, clock } = rendering(steady(60_000));
    const job = await start();
    const early = collect(job);
    await clock.advance(20_000);
    const late = collect(job);
    const [first, second] = await clock.run(Promise.all([early, late]));
    expect(second[0]).toMatchObject({ status: 'processing', elapsedMs: 20_000 });
    expect(second.length).toBeLessThan(first.length);
    expect(second.at(-1)).toEqual(first.at(-1));
  });

  it('lets one waiter go without disturbing the other', async () => {
    const { start, clock } = rendering(steady(60_000));
    const job = await start();
    const leaving = new AbortController();
    const first = job.result({ signal: leaving.signal }).catch((error: unknown) => error);
    const second = job.result();
    await clock.advance(5_000);
    leaving.abort();
    expect(await first).toBeInstanceOf(AbortError);
    await expect(clock.run(second)).resolves.toMatchObject({ id: job.id });
  });

  it('settles at once when its signal aborts, before any timer', async () => {
    const { start, clock, pollTimes } = rendering(steady(60_000));
    const aborting = new AbortController();
    const job = await start({ signal: aborting.signal });
    const result = job.result().catch((error: unknown) => error);
    await clock.advance(3_000);
    const [before, asked] = [clock.now(), pollTimes().length];
    aborting.abort(new Error('enough'));
    const error = await result;
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ snapshot: { version: 1, id: job.id, sessionId: 's1' } });
    expect(job.toJSON()).toEqual((error as AbortError).snapshot);
    expect(clock.now()).toBe(before);
    await clock.advance(60_000);
    expect(pollTimes()).toHaveLength(asked);
    expect(clock.pending).toBe(0);
  });

  it.each([
    ['a poll is on its way', false],
    ['its poll waits for its turn', true],
  ])('settles at once also while %s, and leaves no timer', async (_, isBusy) => {
    const hanging = scriptedService(() => new Promise(() => {}));
    const { clock, transport } = hanging;
    const { context } = rendering(steady(60_000));
    const pacer = new Pacer({ requestsPerSecond: 20, concurrency: 1 }, clock);
    if (isBusy) pacer.run(new AbortController().signal, () => new Promise(() => {}));
    const settings = { ...context.settings, pacer };
    const aborting = new AbortController();
    const job = new RenderJob(
      { transport, settings },
      { id: 'render_1', startedAt: clock.now(), signal: aborting.signal },
    );
    const ends = [job.result(), collect(job)].map((end) => end.catch((error: unknown) => error));
    await settle();
    expect(hanging.received).toHaveLength(isBusy ? 0 : 1);
    aborting.abort(new Error('enough'));
    for (const end of ends)
      expect(await end).toMatchObject({ name: 'AbortError', snapshot: { id: 'render_1' } });
    await settle();
    expect(clock.pending).toBe(0);
    expect(getEventListeners(aborting.signal, 'abort')).toEqual([]);
    expect(hanging.received).toHaveLength(isBusy ? 0 : 1);
  });

  it('has one listener on a signal that many jobs and waiters share, and none when they have ended', async () => {
    const { start, clock } = rendering(steady(10_000));
    const { signal } = new AbortController();
    const jobs = await Promise.all(Array.from({ length: 12 }, () => start({ signal })));
    const results = jobs.flatMap((job) => [job.result({ signal }), job.result({ signal })]);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await clock.run(Promise.all(results));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('cancels: the service gets a call, and every waiter an error', async () => {
    const { start, clock, received } = rendering(steady(60_000));
    const job = await start();
    const result = job.result().catch((error: unknown) => error);
    await clock.advance(3_000);
    await job.cancel();
    expect(await result).toBeInstanceOf(RenderCancelledError);
    expect(received.at(-1)).toMatchObject({
      method: 'POST',
      path: `/api/render/proxy/lambda/${job.id}/cancel`,
    });
    expect(job.status).toBe('cancelled');
    expect(clock.pending).toBe(0);
  });

  it('waits in the queue for the export before it, whether or not anybody watches', async () => {
    const { start, clock, received } = rendering(steady(10_000));
    let free = (): void => {};
    const turn = new Promise<void>((resolve) => {
      free = resolve;
    });
    const job = await start({ turn });
    expect(job.status).toBe('queued');
    expect(job.toJSON()).toMatchObject({ unsubmitted: { draft: { t: [] } } });
    await settle();
    expect(received).toHaveLength(0);
    free();
    await settle();
    expect(received).toHaveLength(1);
    await expect(clock.run(job.result())).resolves.toMatchObject({ id: job.id });
    expect(job.toJSON()).not.toHaveProperty('unsubmitted');
  });

  it('gives up when the token is refused, and when the service keeps reporting no such render', async () => {
    const unauthorized = rendering(() => Response.json({ code: 1001 }, { status: 401 }));
    const refused = await unauthorized.start();
    await expect(unauthorized.clock.run(refused.result())).rejects.toBeInstanceOf(AuthenticationError);
    const forgetful = rendering(() =>
      Response.json({ success: false, error: 'no such render' }, { status: 404 }),
    );
    const lost = await forgetful.start();
    await expect(forgetful.clock.run(lost.result())).rejects.toBeInstanceOf(ApiError);
    expect(forgetful.pollTimes()).toHaveLength(4);
  });

  it('refuses a download that has nowhere to go before it asks about the render', async () => {
    const { start, received } = rendering(steady(60_000));
    const job = await start();
    for (const destination of [42, '', null, '/no/such/folder/promo.mp4']) {
      await expect(Reflect.apply(job.download, job, [destination])).rejects.toMatchObject({
        name: 'OptionError',
        field: 'destination',
      });
    }
    expect(received).toHaveLength(1);
  });

  it('is not held up by eight polls of other jobs that hang', async () => {
    const { context, clock } = rendering(() => enveloped({ status: 'completed' }));
    const hanging = scriptedService(() => new Promise(() => {}));
    const { signal } = new AbortController();
    for (let index = 0; index < 8; index += 1) {
      new RenderJob(
        { ...context, transport: hanging.transport },
        { id: `hanging_${index}`, startedAt: 0, signal },
      )
        .result()
        .catch(() => {});
    }
    await settle();
    const begun = clock.now();
    const job = new RenderJob(context, { id: 'render_1', startedAt: begun });
    await clock.run(job.result());
    expect(clock.now() - begun).toBeLessThanOrEqual(3_000);
  });

  it('serves a thousand jobs within the limits that they share', async () => {
    const { context, clock, received } = rendering(steady(20_000));
    const begun = clock.now();
    const jobs = Array.from(
      { length: 200 },
      (_, index) => new RenderJob(context, { id: `render_${index}`, startedAt: begun }),
    );
    await clock.run(Promise.all(jobs.map((job) => job.result())));
    const perSecond = new Map<number, number>();
    for (const { atMs } of received) {
      perSecond.set(Math.floor(atMs / 1000), (perSecond.get(Math.floor(atMs / 1000)) ?? 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(21);
  });
});
