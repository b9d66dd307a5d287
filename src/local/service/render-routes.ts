import { stat } from 'node:fs/promises';
import { CODES, fieldsOf, HEADERS, isObject } from '../../wire/index.js';
import type { BackendCore } from '../core.js';
import { type Answer, type Exchange, json, Refusal, text } from '../http/exchange.js';
import { serveFile } from '../http/range.js';
import type { RenderProfile } from '../renderer/job.js';
import { isFlat, whoAsks } from './account-routes.js';
import type { Job } from './jobs.js';

/** Where a finished video is: what `outputUrl` ends with. */
export const OUTPUT_PATH = '/outputs/*.mp4';

/** The id of the render in the address of its video; '' where it has none. */
export function outputId(path: string): string {
  try {
    return decodeURIComponent(/^\/outputs\/([^/]+)\.mp4$/.exec(path)?.[1] ?? '');
  } catch {
    return '';
  }
}

/** `POST /api/render/proxy/lambda` */
export function submitRender(core: BackendCore, exchange: Exchange): Answer {
  const account = whoAsks(core, exchange, 'render');
  const { request, json: body, odd, record } = exchange;
  for (const name of [HEADERS.source, HEADERS.version, HEADERS.platform]) {
    if (!request.headers.has(name)) throw new Refusal(CODES.exportNotAllowed, `${name} is missing`);
  }
  if (core.options.plan === 'free' && account.anonymous)
    throw new Refusal(
      CODES.exportNotAllowed,
      'anonymous tokens lack the scope render: export is not in the plan',
    );
  const id = text(body, 'id');
  // Half of a pair of UTF-16: no address can carry it.
  if (/\p{Surrogate}/u.test(id)) throw new Refusal(400, 'id has half a character');
  const session = core.sessions.find(account, text(body, 'sessionId'));
  record.sessionId = session.id;
  if (!hasSegments(body.draft)) throw new Refusal(400, 'the draft has nothing to export');
  if (workOf(body.draft) > MOST_WORK)
    throw new Refusal(400, 'the draft is too long or too large to render here');
  if (core.jobs.get(id) !== undefined) throw new Refusal(409, 'a render of this id exists');
  const failing = odd.get('fail');
  const spec = {
    draft: body.draft,
    media: session.media,
    outPath: core.store.newPath('mp4'),
    fonts: core.options.fonts,
    seed: core.options.seed,
    ...profileOf(body.output, body.draft),
  };
  const failure = failing === undefined ? undefined : (failing.reason ?? 'the render failed');
  const job = core.jobs.submit({ id, session, spec, failure });
  return answerOf(exchange, job);
}

/** `GET /api/render/proxy/lambda/<id>` */
export function pollRender(core: BackendCore, exchange: Exchange): Answer {
  return answerOf(exchange, jobOf(core, exchange));
}

/** `POST /api/render/proxy/lambda/<id>/cancel` */
export function cancelRender(core: BackendCore, exchange: Exchange): Answer {
  const job = jobOf(core, exchange);
  if (!core.jobs.cancel(job)) throw new Refusal(409, `the render is ${job.status} already`);
  return answerOf(exchange, job);
}

/** `GET /api/render/proxy/<id>/download` */
export function proxyDownload(core: BackendCore, exchange: Exchange): Promise<Answer> {
  return video(exchange, jobOf(core, exchange), `${exchange.id}.mp4`);
}

/** `GET /outputs/<id>.mp4`: the public address of a finished video; like a content network, it asks for no token. */
export function output(core: BackendCore, exchange: Exchange): Promise<Answer> {
  return video(exchange, core.jobs.get(exchange.id));
}

async function video({ request, odd }: Exchange, job: Job | undefined, name?: string): Promise<Answer> {
  if (job === undefined) throw new Refusal(404, 'there is no such render');
  if (job.status !== 'completed') throw new Refusal(409, `the render is ${job.status}`);
  if (odd.has('etag')) job.version += 1;
  const { size, mtimeMs } = await stat(job.path);
  const file = { path: job.path, bytes: size, type: 'video/mp4', etag: job.etag, modifiedAt: mtimeMs };
  return serveFile(name === undefined ? file : { ...file, name }, request);
}

function jobOf(core: BackendCore, exchange: Exchange): Job {
  const account = whoAsks(core, exchange);
  const job = core.jobs.get(exchange.id);
  if (job === undefined || job.session.account !== account) throw new Refusal(404, 'there is no such render');
  exchange.record.sessionId = job.session.id;
  return job;
}

/** A render as the service reports it; `progress` is a percentage here. */
function answerOf(exchange: Exchange, job: Job): Answer {
  const { odd, url } = exchange;
  const progress = shownProgress(job, odd.get('progress'));
  const word = odd.get('word');
  const status = word === undefined || job.over ? job.status : (word.word ?? 'rendering');
  const address = url.origin + OUTPUT_PATH.replace('*', encodeURIComponent(job.id));
  const done = job.status === 'completed';
  const facts = {
    id: job.id,
    status,
    ...(progress === undefined ? {} : { progress }),
    ...(job.error === undefined ? {} : { error: job.error }),
    ...(job.hint === undefined ? {} : { hint: job.hint }),
    ...(job.warnings.length === 0 ? {} : { warnings: job.warnings }),
  };
  if (isFlat(exchange)) return json({ ...facts, ...(done ? { output: { url: address } } : {}) });
  return json({
    success: true,
    data: {
      ...facts,
      outputUrl: done ? address : null,
      createdAt: job.createdAt,
      completedAt: job.completedAt ?? null,
    },
  });
}

function shownProgress(
  job: Job,
  fault: { kind?: 'stepwise' | 'absent' | 'stuck' } | undefined,
): number | undefined {
  const percent = Math.round(job.progress * 100);
  if (fault === undefined || job.over) return percent;
  if (fault.kind === 'stuck') return 0;
  return fault.kind === 'stepwise' ? Math.floor(percent / 25) * 25 : undefined;
}

/** Whether a draft may be submitted at all: it has a track with a segment (wire document). */
function hasSegments(draft: unknown): boolean {
  return (
    isObject(draft) &&
    Array.isArray(draft.t) &&
    draft.t.some((track) => isObject(track) && Array.isArray(track.sg) && track.sg.length > 0)
  );
}

/** Frames times pixels of ten minutes at 60 frames per second and 1080 by 1920, the largest that the agent makes. */
const MOST_WORK = 600 * 60 * 1080 * 1920;

/** How much there is to draw, as far as the draft says; what it does not say is for the renderer to refuse. */
function workOf(draft: unknown): number {
  const { d, m, t } = fieldsOf(draft);
  const { width, height, fps } = fieldsOf(m);
  const ends = (Array.isArray(t) ? t : []).flatMap((track) => {
    const { sg } = fieldsOf(track);
    return (Array.isArray(sg) ? sg : []).map(
      (segment) => Number(fieldsOf(segment).s ?? 0) + Number(fieldsOf(segment).d ?? 0),
    );
  });
  const ms = typeof d === 'number' && d > 0 ? d : ends.reduce((most, end) => Math.max(most, end || 0), 0);
  const size = typeof width === 'number' && typeof height === 'number' ? width * height : 1080 * 1920;
  return (ms / 1000) * (typeof fps === 'number' ? fps : 30) * size;
}

/** The shorter side of a video of `quality: 'low'`. */
const LOW_SIDE = 180;

/**
 * How large to render. The documents know only the quality `high`, which is what the draft asks for; `low` is this
 * backend's own: small and quick, for tests and for a first look.
 */
function profileOf(output: unknown, draft: unknown): { profile?: RenderProfile } {
  if (!isObject(output) || output.quality !== 'low') return {};
  const { width, height } = fieldsOf(fieldsOf(draft).m);
  if (typeof width !== 'number' || typeof height !== 'number') return {};
  const scale = LOW_SIDE / Math.min(width, height);
  const even = (side: number): number => Math.round((side * scale) / 2) * 2;
  return { profile: { width: even(width), height: even(height), fps: 10, preset: 'ultrafast' } };
}
