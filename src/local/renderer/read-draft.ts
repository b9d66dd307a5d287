import * as z from 'zod/mini';
import { type LocalDraft, type LocalTrack, TRACK_TYPE } from '../dialect.js';
import { LocalRenderError } from './failure.js';

const ms = z.number().check(z.gte(0), z.lte(24 * 3_600_000));
const part = z.number().check(z.gte(0), z.lte(1));
const side = z.number().check(z.gte(16), z.lte(4096));

const segment = <Meta extends z.ZodMiniType>(meta: Meta) =>
  z.object({ id: z.string(), s: ms, d: ms, m: meta });

const picture = z.object({
  name: z.string(),
  src: z.string(),
  kind: z.enum(['image', 'video', 'scene']),
  in: z.exactOptional(ms),
  speed: z.exactOptional(z.number().check(z.gte(0.1), z.lte(16))),
  volume: z.exactOptional(part),
  motion: z.exactOptional(z.enum(['zoom-in', 'zoom-out', 'pan-left', 'pan-right', 'none'])),
  transition: z.exactOptional(z.object({ type: z.enum(['cut', 'crossfade']), d: ms })),
  role: z.exactOptional(z.literal('logo')),
  position: z.exactOptional(z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right'])),
  scale: z.exactOptional(part),
  opacity: z.exactOptional(part),
});

const sound = z.object({
  name: z.string(),
  src: z.string(),
  volume: z.exactOptional(part),
  in: z.exactOptional(ms),
  fadeIn: z.exactOptional(ms),
  fadeOut: z.exactOptional(ms),
});

const text = z.object({
  text: z.string(),
  role: z.enum(['title', 'caption', 'overlay']),
  position: z.exactOptional(z.enum(['top', 'center', 'bottom'])),
  size: z.exactOptional(part),
  color: z.exactOptional(z.string()),
});

const track = z.discriminatedUnion('tt', [
  z.object({
    tt: z.literal(TRACK_TYPE.video),
    id: z.string(),
    m: z.object({ name: z.string(), role: z.exactOptional(z.literal('overlay')) }),
    sg: z.array(segment(picture)),
  }),
  z.object({
    tt: z.literal(TRACK_TYPE.audio),
    id: z.string(),
    m: z.object({ name: z.string() }),
    sg: z.array(segment(sound)),
  }),
  z.object({
    tt: z.literal(TRACK_TYPE.text),
    id: z.string(),
    m: z.object({ name: z.string() }),
    sg: z.array(segment(text)),
  }),
]);

const draft = z.object({
  t: z.array(track),
  d: ms,
  m: z.object({
    title: z.string(),
    width: side,
    height: side,
    fps: z.number().check(z.gte(1), z.lte(60)),
    seed: z.number(),
  }),
});

/**
 * Checks a draft that came over the wire and may have been edited on the way. Keys that the dialect does not know are
 * left aside.
 *
 * @throws LocalRenderError that names the place: `t[0].sg[2].m.src`
 */
export function readDraft(json: unknown): LocalDraft {
  const result = draft.safeParse(json);
  if (!result.success) {
    const issue = result.error.issues[0];
    const place = (issue?.path ?? [])
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
      .join('');
    throw new LocalRenderError({
      reason: 'draft',
      problem: `the draft's ${place.replace(/^\./, '') || 'root'} is not what this backend writes: ${issue?.message ?? 'invalid'}`,
    });
  }
  return result.data;
}

/** The tracks of one type, empty ones left out. */
export function tracksOf<Type extends LocalTrack['tt']>(
  { t }: LocalDraft,
  type: Type,
): Extract<LocalTrack, { tt: Type }>[] {
  return t.filter((one): one is Extract<LocalTrack, { tt: Type }> => one.tt === type && one.sg.length > 0);
}
