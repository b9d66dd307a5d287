import type { LocalDraft } from '../../dialect.js';
import { endOf, filterWords, placeOf, type Words, wordsIn } from './tracks.js';

/** Keeps texts from covering each other: at one place there is one text at a time. */

/** Anything shorter can't be read. */
const SHORTEST_TEXT = 500;

type Span = { s: number; d: number };
type Place = 'top' | 'center' | 'bottom';

const overlap = (a: Span, b: Span): boolean => a.s < endOf(b) && b.s < endOf(a);

/** Whether nothing else stands at the place in that time. */
export const isFree = (draft: LocalDraft, place: Place, span: Span, self?: Words): boolean =>
  wordsIn(draft).every((words) => words === self || placeOf(words) !== place || !overlap(words, span));

/** The first of the places that is free in that time. */
export const freePlace = (
  draft: LocalDraft,
  places: readonly Place[],
  span: Span,
  self?: Words,
): Place | undefined => places.find((place) => isFree(draft, place, span, self));

/**
 * Makes room at a place: texts that reach into the time end before it or begin after it. Returns false, with
 * nothing changed, where one of them would have no time left.
 */
export function makeRoom(draft: LocalDraft, place: Place, span: Span, self?: Words): boolean {
  const moves: (() => void)[] = [];
  for (const words of wordsIn(draft)) {
    if (words === self || placeOf(words) !== place || !overlap(words, span)) continue;
    const before = span.s - words.s;
    const after = endOf(words) - endOf(span);
    if (Math.max(before, after) < SHORTEST_TEXT) return false;
    moves.push(() => {
      if (before >= after) words.d = before;
      else {
        words.d = after;
        words.s = endOf(span);
      }
    });
  }
  for (const move of moves) move();
  return true;
}

/** Who stays when two texts meet and there is room for one. */
const RANK = { title: 2, overlay: 1, caption: 0 };

/** After pictures have moved: texts stay inside the video and out of each other's way; what can't be read any more goes. */
export function settleTexts(draft: LocalDraft): void {
  const kept: Words[] = [];
  const inRank = wordsIn(draft)
    .map((words, order) => ({ words, order }))
    .sort((a, b) => RANK[b.words.m.role] - RANK[a.words.m.role] || a.order - b.order);
  for (const { words } of inRank) {
    words.s = Math.round(Math.min(Math.max(words.s, 0), draft.d));
    words.d = Math.round(Math.min(words.d, draft.d - words.s));
    for (const other of kept) {
      if (placeOf(other) !== placeOf(words) || !overlap(other, words)) continue;
      const before = other.s - words.s;
      const after = endOf(words) - endOf(other);
      if (before >= after) words.d = Math.max(before, 0);
      else {
        words.s = endOf(other);
        words.d = Math.max(after, 0);
      }
    }
    // Cutting for one neighbour can't bring it into another: it only ever gets shorter.
    if (words.d >= Math.min(SHORTEST_TEXT, draft.d)) kept.push(words);
  }
  filterWords(draft, (words) => kept.includes(words));
  for (const track of draft.t) if (track.tt === 7) track.sg.sort((a, b) => a.s - b.s);
}
