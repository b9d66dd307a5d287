import type { LocalDraft } from '../../dialect.js';
import type { TextTarget, TextTiming } from '../reading/request.js';
import type { Outcome } from '../replies/facts.js';
import { pickPlaces } from './pick.js';
import { freePlace, isFree } from './text-space.js';
import { applied } from './timing.js';
import { endOf, type Picture, picturesIn, placeOf, type Words, type World, wordsIn } from './tracks.js';

/** Decides when a text is to be seen. All times in ms. */

type Role = TextTarget['role'];
type Span = { s: number; d: number };
type Place = 'top' | 'center' | 'bottom';

/** How long a text stays when nothing says how long, and the margins that let it breathe. */
const USUAL = { title: 3500, other: 3000, afterCut: 300, beforeCut: 300, atStart: 400, atEnd: 400, gap: 200 };
/** Where pictures change faster than this, a title does not try to fit one of them. */
const SHORT_PICTURE = 2200;
/** A title or closing call takes no more than this part of the video. */
const SHARE = 0.45;
/** A caption waits for the title, and ends before the closing call, when that leaves it this much. */
const ENOUGH = 1500;

/** A title fits into the first picture and a closing call into the last, unless those are too short for it. */
function usualLength(role: Role, draft: LocalDraft): number {
  const most = role === 'title' ? USUAL.title : USUAL.other;
  if (role !== 'title' && role !== 'cta') return Math.round(Math.min(most, draft.d));
  const picture = role === 'title' ? picturesIn(draft)[0] : picturesIn(draft).at(-1);
  const margins =
    USUAL.atStart +
    (role === 'title' ? USUAL.beforeCut : Math.max(picture?.m.transition?.d ?? 0, USUAL.afterCut));
  const inside = picture && picture.d >= SHORT_PICTURE ? picture.d - margins : most;
  return Math.round(Math.min(most, inside, draft.d * SHARE));
}

/** The time of a picture that a text over it may take: after its crossfade, before the next. */
function over(picture: Picture): Span {
  const s = picture.s + Math.max(picture.m.transition?.d ?? 0, USUAL.afterCut);
  const e = endOf(picture) - USUAL.beforeCut;
  return e - s < ENOUGH ? { s: picture.s, d: picture.d } : { s, d: e - s };
}

/** The time for the caption of a picture: it leaves the title and the closing call alone where there is time for both. */
export function captionTime(draft: LocalDraft, picture: Picture): Span {
  let { s, d } = over(picture);
  for (const words of wordsIn(draft)) {
    if (words.m.role === 'caption' || words.s >= s + d || endOf(words) <= s) continue;
    const after = endOf(words) + USUAL.gap;
    const before = words.s - USUAL.gap;
    if (s + d - after >= ENOUGH) [s, d] = [after, s + d - after];
    else if (before - s >= ENOUGH) d = before - s;
  }
  return { s, d };
}

/** Where a text of the role stands when nothing says where, then where else it may. */
export const placesFor = (role: Role): Place[] =>
  role === 'caption' ? ['bottom', 'top'] : ['center', 'bottom', 'top'];

/** The first picture over which there is room; else the beginning. */
function firstRoom(draft: LocalDraft, role: Role, length: number, places: readonly Place[]): Span {
  const starts = [
    USUAL.atStart,
    ...wordsIn(draft).map((words) => endOf(words) + USUAL.gap),
    ...picturesIn(draft).map((picture) => over(picture).s),
  ];
  const last = Math.max(draft.d - length, 0);
  for (const place of places) {
    const s = starts
      .sort((a, b) => a - b)
      .find((start) => start <= last && isFree(draft, place, { s: start, d: length }));
    if (s !== undefined) return { s, d: length };
  }
  return { s: role === 'cta' ? last : Math.min(USUAL.atStart, last), d: length };
}

/** When a text over a picture is to be seen. */
export function timeOver(draft: LocalDraft, picture: Picture, lasting: number | undefined): Span {
  const { s, d } = over(picture);
  return { s, d: lasting === undefined ? d : Math.min(lasting, draft.d - s) };
}

/** When a new text is to be seen, or why that can't be. */
export function timeFor(
  draft: LocalDraft,
  role: Role,
  timing: TextTiming,
  place: Place | undefined,
): Span | Extract<Outcome, { refused: unknown }> {
  const length = Math.min(timing.lasting ?? usualLength(role, draft), draft.d);
  const { span, edge } = timing;
  if (span) return spanTime(draft, span, length);
  if (edge === 'end' || (role === 'cta' && edge === undefined))
    return { s: Math.max(draft.d - length - USUAL.atEnd, 0), d: Math.min(length, draft.d) };
  if (edge === 'start' || role === 'title')
    return { s: Math.min(USUAL.atStart, draft.d - length), d: length };
  return firstRoom(draft, role, length, place ? [place] : placesFor(role));
}

function spanTime(
  draft: LocalDraft,
  span: NonNullable<TextTiming['span']>,
  length: number,
): Span | Extract<Outcome, { refused: unknown }> {
  const outside = { refused: { say: 'outside', ms: draft.d } } as const;
  if (span.whole) return { s: 0, d: draft.d };
  if (span.for !== undefined) {
    const d = Math.min(span.for, draft.d);
    return d < 1 ? outside : { s: span.edge === 'last' ? draft.d - d : 0, d };
  }
  const s = span.from ?? 0;
  const e = Math.min(span.to ?? s + length, draft.d);
  return s >= draft.d || e <= s ? outside : { s, d: e - s };
}

/** The new time of a text that is there; the old one where nothing is said about it. */
export function retimed(
  draft: LocalDraft,
  words: Words,
  timing: TextTiming,
  world: World,
): Span | Extract<Outcome, { refused: unknown }> {
  const { s, d } = words;
  if (timing.span) {
    // "show it from 3s": it keeps its length; "from 3s to 8s" gives a new one.
    return spanTime(draft, timing.span, timing.lasting ?? d);
  }
  if (timing.edge)
    return timeFor(draft, words.m.role, { edge: timing.edge, lasting: timing.lasting ?? d }, undefined);
  if (timing.over) {
    const picked = pickPlaces(draft, timing.over, world);
    if ('refused' in picked) return picked;
    const [picture] = picked.found;
    // "Change the caption of the second photo": it stands there already.
    const there = picked.found.some((each) => s < endOf(each) && s + d > each.s);
    if (picture && !there) return timeOver(draft, picture, timing.lasting);
  }
  if (timing.shift !== undefined) return { s: Math.min(Math.max(s + timing.shift, 0), draft.d - d), d };
  if (timing.lasting !== undefined) return { s, d: Math.min(timing.lasting, draft.d - s) };
  if (timing.length)
    return { s, d: Math.round(Math.min(Math.max(applied(timing.length, d), 1), draft.d - s)) };
  return { s, d };
}

/** A place for a text: where it is asked to stand, else the first that is free. */
export function placeFor(draft: LocalDraft, role: Role, time: Span, self?: Words): Place | undefined {
  const own = self ? [placeOf(self), ...placesFor(role)] : placesFor(role);
  return freePlace(draft, own, time, self);
}
