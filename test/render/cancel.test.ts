import { describe, expect, it } from 'vitest';
import { AbortError, RenderCancelledError } from '../../src/errors/index.js';
import { exportDraft, RenderJob } from '../../src/render/job.js';
import { Pacer } from '../../src/render/pacer.js';
import { guidedSchedule } from '../../src/render/schedule.js';
import { type Script, scriptedService } from '../support/scripted-service.js';
import { settle } from '../support/virtual-clock.js';

const running = { success: true, data: { id: 'r', status: 'processing' } };

/** A service that answers as told, and exports to it. */
function exporting(script: Script) {
  const service = scriptedService(script);
  const pacer = new Pacer({ requestsPerSecond: 20, concurrency: 8 }, service.clock);
  const settings = {
    ...{ minMs: 2_000, maxMs: 30_000, schedule: guidedSchedule, pacer },
    ...{ timeoutMs: 900_000, downloadIdleMs: 60_000 },
  };
  const context = { transport: service.transport, settings };
  const start = (more: Partial<Parameters<typeof exportDraft>[1]>): Promise<RenderJob> =>
    exportDraft(context, { sessionId: 's1', draft: { t: [] }, ...more });
  const lines = (): string[] => service.received.map(({ method, path }) => `${method} ${path}`);
  return { ...service, context, start, lines };
}

/** An export that is cancelled while its submission waits for `answer`. */
async function cancelledOnTheWay() {
  let answer = (_: object): void => {};
  const { start, lines, clock } = exporting(({ path }) =>
    path.endsWith('/cancel')
      ? { success: true, data: { status: 'cancelled' } }
      : new Promise((resolve) => {
          answer = resolve;
        }),
  );
  const job = await start({ turn: Promise.resolve() });
  const result = failure(job.result());
  await settle();
  const cancelling = job.cancel();
  await settle();
  return { job, result, cancelling, answer, lines, clock };
}

const failure = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

describe('cancelling a queued export', () => {
  it('drops it without a request while it waits for its turn', async () => {
    const { start, lines, clock } = exporting(() => running);
    const job = await start({ turn: new Promise(() => {}) });
    const result = failure(job.result());
    await job.cancel();
    expect(await result).toBeInstanceOf(RenderCancelledError);
    expect(lines()).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('drops it without a request while `onSubmit` is awaited: nothing has left', async () => {
    const { start, lines } = exporting(() => running);
    let go = (): void => {};
    const onSubmit = (): Promise<void> =>
      new Promise((resolve) => {
        go = resolve;
      });
    const job = await start({ turn: Promise.resolve(), onSubmit });
    await settle();
    await job.cancel();
    go();
    await settle();
    expect(await failure(job.result())).toBeInstanceOf(RenderCancelledError);
    expect(lines()).toEqual([]);
  });

  it('waits for a submission that has left, and cancels the render by its id', async () => {
    const { job, result, cancelling, answer, lines, clock } = await cancelledOnTheWay();
    expect(job.status).toBe('queued');
    answer(running);
    await cancelling;
    expect(await result).toBeInstanceOf(RenderCancelledError);
    expect(lines()).toEqual([
      'POST /api/render/proxy/lambda',
      `POST /api/render/proxy/lambda/${job.id}/cancel`,
    ]);
    expect(clock.pending).toBe(0);
  });

  it('may be given up during the submission, which continues', async () => {
    const { start, lines } = exporting(() => new Promise(() => {}));
    const job = await start({ turn: Promise.resolve() });
    await settle();
    const aborting = new AbortController();
    const cancelling = failure(job.cancel({ signal: aborting.signal }));
    await settle();
    aborting.abort();
    expect(await cancelling).toBeInstanceOf(AbortError);
    expect(lines()).toEqual(['POST /api/render/proxy/lambda']);
  });

  it('leaves it as it is when its submission fails', async () => {
    const { result, cancelling, answer, lines } = await cancelledOnTheWay();
    answer(Response.json({ code: 402 }, { status: 402 }));
    await cancelling;
    expect(await result).toMatchObject({ name: 'ExportNotAllowedError' });
    expect(lines()).toHaveLength(1);
  });

  it.each([
    ['cancels it at the service, which has it', true, 2],
    ['drops it, which the service does not have', false, 1],
  ])('of another process %s', async (_, isKnown, requests) => {
    const { context, lines } = exporting(() => (isKnown ? running : new Response(null, { status: 404 })));
    const output = { format: 'mp4', quality: 'high' };
    const submission = { sessionId: 's1', draft: {}, output, maybeSubmitted: true };
    const job = new RenderJob(context, { id: 'render_1', sessionId: 's1', startedAt: 0, submission });
    await job.cancel();
    expect(job.status).toBe('cancelled');
    const expected = [
      'GET /api/render/proxy/lambda/render_1',
      'POST /api/render/proxy/lambda/render_1/cancel',
    ];
    expect(lines()).toEqual(expected.slice(0, requests));
  });
});

describe('cancelling a render that the service will not cancel', () => {
  const refusing = (status: string) =>
    exporting(({ path, method }) => {
      if (path.endsWith('/cancel')) return Response.json({ code: 409 }, { status: 409 });
      return { success: true, data: { id: 'r', status: method === 'POST' ? 'processing' : status } };
    });

  it('leaves it as it is when it has ended meanwhile', async () => {
    const { start, clock } = refusing('completed');
    const job = await start({});
    await job.cancel();
    await expect(clock.run(job.result())).resolves.toMatchObject({ id: job.id });
  });

  it('says so when it continues', async () => {
    const { start } = refusing('processing');
    const job = await start({});
    expect(await failure(job.cancel())).toMatchObject({ name: 'ApiError', code: 409 });
    expect(job.status).toBe('processing');
  });
});

describe('a queued export whose signal aborts', () => {
  it('keeps what is to be submitted in the snapshot of its error', async () => {
    const { start, lines, clock } = exporting(() => running);
    const aborting = new AbortController();
    const job = await start({ turn: new Promise(() => {}), signal: aborting.signal });
    const result = failure(job.result());
    await settle();
    aborting.abort();
    const error = await result;
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ snapshot: { id: job.id, unsubmitted: { draft: { t: [] } } } });
    expect(JSON.stringify(error)).not.toContain('unsubmitted');
    expect([lines(), clock.pending]).toEqual([[], 0]);
  });

  it('leaves the failure of the export before it to the one who waits for that', async () => {
    const { start } = exporting(() => running);
    const unheard: unknown[] = [];
    const listener = (error: unknown): void => void unheard.push(error);
    process.on('unhandledRejection', listener);
    try {
      const turn = Promise.reject(new Error('the one before failed'));
      const job = await start({ turn, signal: AbortSignal.abort() });
      expect(await failure(job.result())).toBeInstanceOf(AbortError);
      await settle();
      expect(unheard).toEqual([]);
    } finally {
      process.off('unhandledRejection', listener);
    }
  });
});
