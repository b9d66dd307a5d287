import type { LocalDraft } from '../../dialect.js';
import { setMusicEnd } from './music-length.js';
import { settleTexts } from './text-space.js';
import { captionTime } from './text-times.js';
import {
  dropEmptyTracks,
  endOf,
  filterWords,
  logoIn,
  type Picture,
  picturesIn,
  type Setting,
  type Words,
  wordsIn,
} from './tracks.js';

/** Puts a draft in order after an edit of its pictures: everything else follows them. */

/** A crossfade longer than this part of either picture leaves too little of it. */
const CROSSFADE_AT_MOST = 0.45;
/** A text that ends this near the end of the video belongs to the end. */
const NEAR_END = 700;
/** A title or overlay is not squeezed below this when the video shrinks as a whole. */
const READABLE = 1800;

/** Rows the pictures up without gaps and sets the length of the video; crossfades fit their pictures. */
export function layPictures(draft: LocalDraft, usual?: Picture['m']['transition']): void {
  const pictures = picturesIn(draft);
  let at = 0;
  for (const [index, picture] of pictures.entries()) {
    picture.d = Math.max(Math.round(picture.d), 1);
    picture.s = at;
    at += picture.d;
    const before = pictures[index - 1];
    if (!before) {
      delete picture.m.transition;
      continue;
    }
    // A picture that was the first had no transition; elsewhere it takes the usual one.
    if (!picture.m.transition && usual) picture.m.transition = { ...usual };
    const { transition } = picture.m;
    if (transition?.type === 'crossfade') {
      const room = Math.floor(Math.min(before.d, picture.d) * CROSSFADE_AT_MOST);
      transition.d = Math.min(transition.d, room);
    }
  }
  draft.d = at;
}

/** The transition that most pictures have. */
export function usualTransition(draft: LocalDraft): Picture['m']['transition'] {
  const counts = new Map<string, { transition: Picture['m']['transition']; count: number }>();
  for (const { m } of picturesIn(draft).slice(1)) {
    const key = JSON.stringify(m.transition ?? null);
    counts.set(key, { transition: m.transition, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.transition;
}

const pictureUnder = (draft: LocalDraft, words: Words): Picture | undefined => {
  const middle = words.s + words.d / 2;
  return picturesIn(draft).find((picture) => picture.s <= middle && middle < endOf(picture));
};

/**
 * A caption goes where its picture goes; false when the picture has gone. One that stood where captions stand by
 * themselves is laid anew, so that it keeps clear of cuts and of the title; another keeps its part of the picture's time.
 */
function followPicture(words: Words, before: LocalDraft, after: LocalDraft): boolean {
  const was = pictureUnder(before, words);
  const now = was && picturesIn(after).find(({ id }) => id === was.id);
  if (!was || !now) return false;
  const usual = captionTime(before, was);
  if (usual.s === words.s && usual.d === words.d) {
    Object.assign(words, captionTime(after, now));
    return true;
  }
  const scale = now.d / was.d;
  words.s = Math.round(now.s + (words.s - was.s) * scale);
  words.d = Math.round(words.d * scale);
  return true;
}

/** Titles and overlays keep their time; those at the end keep their distance from it. */
function followTime(words: Words, before: LocalDraft, after: LocalDraft, stretch: boolean): void {
  const atStart = words.s <= NEAR_END;
  const tail = before.d - endOf(words);
  const atEnd = tail <= NEAR_END;
  if (atStart && atEnd) {
    words.d = after.d - Math.min(tail, after.d) - words.s;
    return;
  }
  const scale = stretch ? after.d / before.d : 1;
  const length = stretch && scale < 1 ? Math.max(words.d * scale, Math.min(words.d, READABLE)) : words.d;
  const lastPicture = picturesIn(before).at(-1);
  const end =
    atEnd || (lastPicture !== undefined && words.s >= lastPicture.s) ? after.d - tail * scale : undefined;
  words.d = Math.round(Math.min(length, after.d));
  words.s = Math.round(end === undefined ? Math.min(words.s * scale, after.d - words.d) : end - words.d);
  words.s = Math.max(words.s, 0);
}

/**
 * Brings everything in line with the pictures of `draft` after they were changed.
 * @param before the draft before the edit
 * @param stretch all times of the video grew or shrank alike
 */
export function settle(draft: LocalDraft, before: LocalDraft, setting: Setting, stretch = false): void {
  layPictures(draft, usualTransition(before));
  const changed =
    JSON.stringify(picturesIn(draft).map(({ id, s, d }) => [id, s, d])) !==
    JSON.stringify(picturesIn(before).map(({ id, s, d }) => [id, s, d]));
  if (changed) {
    const old = wordsIn(draft).filter((words) => wordsIn(before).some(({ id }) => id === words.id));
    // Captions last: they keep clear of the others.
    for (const words of old) if (words.m.role !== 'caption') followTime(words, before, draft, stretch);
    const gone = old.filter((words) => words.m.role === 'caption' && !followPicture(words, before, draft));
    filterWords(draft, (words) => !gone.includes(words));
    const logo = logoIn(draft);
    if (logo) fitSpan(logo, before.d, draft.d);
  }
  setMusicEnd(draft, before.d, setting);
  settleTexts(draft);
  dropEmptyTracks(draft);
}

/** What ended with the video still does; what ended before stays, inside. */
function fitSpan(segment: Picture, was: number, now: number): void {
  const toEnd = endOf(segment) >= was;
  segment.s = Math.min(segment.s, Math.max(now - 1, 0));
  segment.d = toEnd ? now - segment.s : Math.min(segment.d, now - segment.s);
}
