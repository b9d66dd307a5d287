import { FRAME_SIZES, type LocalDraft } from '../../dialect.js';
import type { Request } from '../reading/request.js';
import type { Outcome } from '../replies/facts.js';
import { pickPictures } from './pick.js';
import { motionAt } from './picture.js';
import { usualTransition } from './settle.js';
import { applied } from './timing.js';
import { type Picture, picturesIn, type World } from './tracks.js';

/** Edits of the picture as a whole: its shape, its frame rate, what is between pictures, how stills move. */

type Of<Do extends Request['do']> = Extract<Request, { do: Do }>;

const FRAME_RATES = [24, 25, 30, 50, 60];
/** A crossfade when nothing says how long, and its bounds, in ms. */
export const CROSSFADE = { usual: 700, least: 100, most: 3000 } as const;

export function aspect(draft: LocalDraft, request: Of<'aspect'>): Outcome {
  const { width, height } = FRAME_SIZES[request.aspect];
  if (draft.m.width === width && draft.m.height === height)
    return { refused: { say: 'alreadySo', words: request.aspect } };
  draft.m.width = width;
  draft.m.height = height;
  return { done: { say: 'aspect', aspect: request.aspect } };
}

export function fps(draft: LocalDraft, request: Of<'fps'>): Outcome {
  if (!FRAME_RATES.includes(request.fps)) return { refused: { say: 'cannot', words: `${request.fps} fps` } };
  if (draft.m.fps === request.fps) return { refused: { say: 'alreadySo', words: `${request.fps} fps` } };
  draft.m.fps = request.fps;
  return { done: { say: 'fps', fps: request.fps } };
}

/** The pictures whose entrance a request means; all but the first where it names none. */
function entrances(
  draft: LocalDraft,
  at: Of<'transition'>['at'],
  world: World,
): { found: Picture[] } | Extract<Outcome, { refused: unknown }> {
  const all = picturesIn(draft);
  if (!at) return { found: all.slice(1) };
  const found: Picture[] = [];
  for (const thing of at) {
    const picked = pickPictures(draft, thing, world);
    if ('refused' in picked) return picked;
    const last = picked.found.at(-1);
    const index = last ? all.indexOf(last) + (thing.role === 'after' ? 1 : 0) : 0;
    const picture = all[index];
    if (index > 0 && picture) found.push(picture);
  }
  return { found };
}

export function transition(draft: LocalDraft, { type, length, at }: Of<'transition'>, world: World): Outcome {
  const picked = entrances(draft, at, world);
  if ('refused' in picked) return picked;
  const [first] = picked.found;
  if (!first) return { refused: { say: 'onlyOnePicture' } };
  const usual = usualTransition(draft);
  const now = type ?? 'crossfade';
  const old = usual?.type === 'crossfade' ? usual.d : CROSSFADE.usual;
  const wanted = Math.round(length ? applied(length, old) : old);
  const ms = now === 'cut' ? 0 : Math.min(Math.max(wanted, CROSSFADE.least), CROSSFADE.most);
  const before = JSON.stringify(picked.found);
  for (const picture of picked.found) picture.m.transition = { type: now, d: ms };
  if (JSON.stringify(picked.found) === before) return { refused: { say: 'alreadySo', words: now } };
  return { done: { say: 'transition', type: now, ms } };
}

export function motion(draft: LocalDraft, request: Of<'motion'>, world: World): Outcome {
  const picked = request.what ? pickPictures(draft, request.what, world) : { found: picturesIn(draft) };
  if ('refused' in picked) return picked;
  const stills = picked.found.filter(({ m }) => m.kind !== 'video');
  if (stills.length === 0) return { refused: { say: 'cannot', words: request.motion } };
  for (const [index, still] of stills.entries()) {
    still.m.motion = request.motion === 'alternate' ? motionAt(index) : request.motion;
  }
  return { done: { say: 'motion', motion: request.motion } };
}
