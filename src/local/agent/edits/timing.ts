import type { LocalDraft } from '../../dialect.js';
import type { Span } from '../language/spans.js';
import type { Amount, Request } from '../reading/request.js';
import type { Outcome } from '../replies/facts.js';
import { fitPictures, mostOf, SHORTEST_PICTURE, VIDEO_LENGTH } from './fit.js';
import { pickPictures } from './pick.js';
import { baseTrack, newId, type Picture, picturesIn, type World } from './tracks.js';

/** Edits of how long pictures and the whole video last, how fast clips run, and what of them is shown. */

type Of<Do extends Request['do']> = Extract<Request, { do: Do }>;

const SPEEDS = { least: 0.25, most: 8 };

/** The new value that an amount makes of an old one. */
export const applied = (amount: Amount, old: number): number =>
  amount.to ?? old * (amount.times ?? 1) + (amount.plus ?? 0);

/** The part of `length` ms that a span means, as two times; it may reach beyond the end. */
function within(span: Span, length: number): [from: number, to: number] {
  if (span.whole) return [0, length];
  if (span.for !== undefined) return span.edge === 'last' ? [length - span.for, length] : [0, span.for];
  return [span.from ?? 0, span.to ?? length];
}

/** Leaves the part of a picture between two times of its own. A clip begins later in its source. */
function crop(picture: Picture, from: number, to: number): void {
  if (picture.m.kind === 'video' && from > 0) {
    picture.m.in = Math.round((picture.m.in ?? 0) + from * (picture.m.speed ?? 1));
  }
  picture.d = Math.round(to - from);
}

/** Takes a piece of time out of the whole row; a clip that it lies inside becomes two. */
function takeOut(draft: LocalDraft, from: number, to: number, world: World): void {
  const base = baseTrack(draft);
  if (!base) return;
  base.sg = base.sg.flatMap((picture) => {
    const a = Math.min(Math.max(from - picture.s, 0), picture.d);
    const b = Math.min(Math.max(to - picture.s, 0), picture.d);
    if (b <= a) return [picture];
    const parts: Picture[] = [];
    if (a >= SHORTEST_PICTURE) {
      const head = structuredClone(picture);
      crop(head, 0, picture.m.kind === 'video' ? a : a + picture.d - b);
      parts.push(head);
      if (picture.m.kind !== 'video') return parts;
    }
    if (picture.d - b >= SHORTEST_PICTURE) {
      const tail = structuredClone(picture);
      crop(tail, b, picture.d);
      if (parts.length > 0) {
        tail.id = newId('pic', draft, world.random);
        tail.m.transition = { type: 'cut', d: 0 };
      }
      parts.push(tail);
    }
    return parts;
  });
}

function trimWhole(draft: LocalDraft, request: Of<'trim'>, world: World): Outcome {
  const [from, to] = within('keep' in request ? request.keep : request.off, draft.d);
  const keeps = 'keep' in request;
  const left = keeps
    ? Math.min(to, draft.d) - Math.max(from, 0)
    : draft.d - (Math.min(to, draft.d) - Math.max(from, 0));
  if (left < VIDEO_LENGTH.least) return { refused: { say: 'tooShort', ms: VIDEO_LENGTH.least } };
  if (from < 0 || from >= draft.d || (keeps && to > draft.d))
    return { refused: { say: 'outside', ms: draft.d } };
  if (keeps) {
    takeOut(draft, to, draft.d, world);
    takeOut(draft, 0, from, world);
  } else {
    takeOut(draft, from, to, world);
  }
  return { done: { say: 'trimmed', ms: picturesIn(draft).reduce((sum, { d }) => sum + d, 0) } };
}

function trimOne(picture: Picture, request: Of<'trim'>, world: World, draft: LocalDraft): Outcome {
  const { name } = picture.m;
  if ('keep' in request) {
    const [from, to] = within(request.keep, picture.d);
    const most = mostOf(picture, world);
    if (from < 0 || to > most)
      return { refused: { say: 'sourceTooShort', name, ms: Math.min(most, picture.d) } };
    if (to - from < SHORTEST_PICTURE) return { refused: { say: 'tooShort', ms: SHORTEST_PICTURE } };
    if (from === 0 && to === picture.d) return { refused: { say: 'alreadySo', words: name } };
    crop(picture, from, to);
  } else {
    const [from, to] = within(request.off, picture.d);
    const left = picture.d - (Math.min(to, picture.d) - Math.max(from, 0));
    if (left < SHORTEST_PICTURE || from < 0)
      return { refused: { say: 'sourceTooShort', name, ms: picture.d } };
    takeOut(draft, picture.s + from, picture.s + Math.min(to, picture.d), world);
    return { done: { say: 'trimmed', name, ms: left } };
  }
  return { done: { say: 'trimmed', name, ms: picture.d } };
}

export function trim(draft: LocalDraft, request: Of<'trim'>, world: World): Outcome {
  const [only, another] = picturesIn(draft);
  if (!request.what)
    return only && !another ? trimOne(only, request, world, draft) : trimWhole(draft, request, world);
  const picked = pickPictures(draft, request.what, world);
  if ('refused' in picked) return picked;
  let outcome: Outcome = { refused: { say: 'noClip' } };
  for (const { id } of picked.found) {
    const picture = picturesIn(draft).find((each) => each.id === id);
    if (picture) outcome = trimOne(picture, request, world, draft);
    if ('refused' in outcome) return outcome;
  }
  return outcome;
}

/** How long pictures are shown. A clip can be shortened, but not beyond its source. */
export function length(draft: LocalDraft, { what, amount }: Of<'length'>, world: World): Outcome {
  const every = what === 'each';
  const picked = every ? { found: picturesIn(draft) } : pickPictures(draft, what, world);
  if ('refused' in picked) return picked;
  for (const picture of picked.found) {
    const wanted = Math.round(applied(amount, picture.d));
    const most = mostOf(picture, world);
    if (wanted < SHORTEST_PICTURE) return { refused: { say: 'tooShort', ms: SHORTEST_PICTURE } };
    if (wanted > most && !every)
      return { refused: { say: 'sourceTooShort', name: picture.m.name, ms: most } };
    picture.d = Math.min(wanted, most);
  }
  const [first] = picked.found;
  if (!first) return { refused: { say: 'noClip' } };
  const all = picturesIn(draft).reduce((sum, { d }) => sum + d, 0);
  if (all > VIDEO_LENGTH.most) return { refused: { say: 'tooLong', ms: VIDEO_LENGTH.most } };
  return {
    done: { say: 'lasts', ...(!every && picked.found.length === 1 && { name: first.m.name }), ms: first.d },
  };
}

/** The length of the whole video: every picture gives or takes its share. */
export function total(draft: LocalDraft, { amount }: Of<'total'>, world: World): Outcome {
  const wanted = Math.round(applied(amount, draft.d));
  const least = Math.max(VIDEO_LENGTH.least, picturesIn(draft).length * SHORTEST_PICTURE);
  if (wanted < least) return { refused: { say: 'tooShort', ms: least } };
  if (wanted > VIDEO_LENGTH.most) return { refused: { say: 'tooLong', ms: VIDEO_LENGTH.most } };
  if (wanted === draft.d) return { refused: { say: 'alreadySo', words: `${draft.d / 1000} s` } };
  if (!fitPictures(draft, wanted, world)) {
    const most = picturesIn(draft).reduce((sum, picture) => sum + mostOf(picture, world), 0);
    return { refused: { say: 'sourceTooShort', name: draft.m.title, ms: most } };
  }
  return { done: { say: 'total', ms: wanted }, stretch: true };
}

/** Faster or slower: clips run at another speed, stills are shown for less or more time. */
export function speed(draft: LocalDraft, { what, times }: Of<'speed'>, world: World): Outcome {
  const picked = what ? pickPictures(draft, what, world) : { found: picturesIn(draft) };
  if ('refused' in picked) return picked;
  for (const picture of picked.found) {
    const now = Math.round(picture.d / times);
    if (now < SHORTEST_PICTURE) return { refused: { say: 'tooShort', ms: SHORTEST_PICTURE } };
    if (picture.m.kind === 'video') {
      const rate = (picture.m.speed ?? 1) * times;
      if (rate < SPEEDS.least || rate > SPEEDS.most)
        return { refused: { say: 'cannot', words: `${Math.round(rate * 100) / 100}×` } };
      picture.m.speed = Math.round(rate * 1000) / 1000;
    }
    picture.d = now;
  }
  const all = picturesIn(draft).reduce((sum, { d }) => sum + d, 0);
  if (all > VIDEO_LENGTH.most) return { refused: { say: 'tooLong', ms: VIDEO_LENGTH.most } };
  if (all < VIDEO_LENGTH.least) return { refused: { say: 'tooShort', ms: VIDEO_LENGTH.least } };
  const [first] = picked.found;
  const one = what && picked.found.length === 1 ? first?.m.name : undefined;
  return {
    done: { say: 'sped', ...(one !== undefined && { name: one }), times },
    ...(!what && { stretch: true as const }),
  };
}
