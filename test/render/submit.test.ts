import { describe, expect, it } from 'vitest';
import { AbortError, ApiError, ExportNotAllowedError } from '../../src/errors/index.js';
import { submitRender } from '../../src/render/submit.js';
import { reset, type Script, scriptedService } from '../support/scripted-service.js';

const wire = (status: string, more: object = {}) => ({
  success: true,
  data: { id: 'x', status, progress: 0, ...more },
});

const SUBMISSION = {
  sessionId: 's1',
  draft: { t: [] },
  output: { format: 'mp4', quality: 'high' },
  maybeSubmitted: false,
};

/** Submits against a script; gives what came of it, what the service saw, and what `onSubmit` was told. */
async function submit(script: Script, more: { id?: string; maybeSubmitted?: boolean } = {}) {
  const service = scriptedService(script);
  const told: { id: string; attempt: number; before: number }[] = [];
  const outcome = await service.clock
    .run(
      submitRender(
        service.transport,
        more.id ?? 'render_1',
        {
          ...SUBMISSION,
          maybeSubmitted: more.maybeSubmitted ?? false,
          onSubmit: (submission) => {
            told.push({ ...submission, before: service.received.length });
          },
        },
        undefined,
      ),
    )
    .catch((error: unknown) => error);
  return { outcome, told, received: service.received, pending: service.clock.pending };
}

const lines = (received: readonly { method: string; path: string }[]): string[] =>
  received.map(({ method, path }) => `${method} ${path}`);

describe('submitting a render', () => {
  it('reports the id before the request leaves, and sends sessionId in camelCase', async () => {
    const { outcome, told, received } = await submit(() => wire('pending'));
    expect(outcome).toMatchObject({ id: 'render_1', observation: { status: 'pending' } });
    expect(told).toEqual([{ id: 'render_1', attempt: 1, before: 0 }]);
    expect(received[0]?.body).toMatchObject({ id: 'render_1', sessionId: 's1', output: { format: 'mp4' } });
  });

  it('asks for the id after a broken connection, and attaches when the service has it', async () => {
    const { outcome, received, told } = await submit(({ method }) =>
      method === 'POST' ? reset() : wire('processing'),
    );
    expect(outcome).toMatchObject({ id: 'render_1', observation: { status: 'processing' } });
    expect(lines(received)).toEqual([
      'POST /api/render/proxy/lambda',
      'GET /api/render/proxy/lambda/render_1',
    ]);
    expect(told).toHaveLength(1);
  });

  it('makes a new id, once, and reports it, when the service does not have the first', async () => {
    let posts = 0;
    const { outcome, told, received } = await submit(({ method }) => {
      if (method === 'GET') return Response.json({ success: false, error: 'not found' }, { status: 404 });
      posts += 1;
      return posts === 1
        ? Response.json({ success: false, error: 'duplicate id' }, { status: 409 })
        : wire('pending');
    });
    expect(posts).toBe(2);
    expect(told.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(told[1]?.id).not.toBe('render_1');
    expect(outcome).toMatchObject({ id: told[1]?.id });
    expect(received.filter(({ method }) => method === 'POST').map(({ body }) => body)).toMatchObject([
      { id: 'render_1' },
      { id: told[1]?.id },
    ]);
  });

  it('gives up after the second id', async () => {
    const { outcome, received } = await submit(({ method }) =>
      method === 'GET'
        ? new Response(null, { status: 404 })
        : Response.json({ success: false }, { status: 409 }),
    );
    expect(outcome).toBeInstanceOf(ApiError);
    expect(received.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  it('does not try another id when the plan does not include the export', async () => {
    const { outcome, received } = await submit(() => Response.json({ code: 402 }, { status: 402 }));
    expect(outcome).toBeInstanceOf(ExportNotAllowedError);
    expect(received).toHaveLength(1);
  });

  it('asks first for an id that an earlier process may have submitted', async () => {
    const { received, told } = await submit(() => wire('completed'), {
      id: 'render_old',
      maybeSubmitted: true,
    });
    expect(lines(received)).toEqual(['GET /api/render/proxy/lambda/render_old']);
    expect(told).toEqual([]);
  });

  it('submits such an id when the service does not have it', async () => {
    const { outcome, received } = await submit(
      ({ method }) => (method === 'GET' ? new Response(null, { status: 404 }) : wire('pending')),
      { id: 'render_old', maybeSubmitted: true },
    );
    expect(outcome).toMatchObject({ id: 'render_old' });
    expect(lines(received)).toEqual([
      'GET /api/render/proxy/lambda/render_old',
      'POST /api/render/proxy/lambda',
    ]);
  });

  it('settles an abort at once while `onSubmit` takes for ever, and sends nothing', async () => {
    const { transport, received, clock } = scriptedService(() => wire('pending'));
    const aborting = new AbortController();
    const onSubmit = (): Promise<void> => new Promise(() => {});
    const submitting = submitRender(transport, 'render_1', { ...SUBMISSION, onSubmit }, aborting.signal);
    aborting.abort(new Error('enough'));
    await expect(submitting).rejects.toBeInstanceOf(AbortError);
    await expect(submitting).rejects.toMatchObject({ renderId: 'render_1', sessionId: 's1' });
    expect(received).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
