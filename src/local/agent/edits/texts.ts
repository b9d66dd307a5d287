import type { LocalDraft, TextMeta } from '../../dialect.js';
import type { Request, TextLook } from '../reading/request.js';
import type { Outcome, TextChange } from '../replies/facts.js';
import { captionFromName } from '../wording/file-names.js';
import { STOCK } from '../wording/stock.js';
import { pickPictures } from './pick.js';
import { freePlace, makeRoom } from './text-space.js';
import { findWords } from './text-targets.js';
import { captionTime, placeFor, placesFor, retimed, timeFor } from './text-times.js';
import { applied } from './timing.js';
import {
  addWords,
  endOf,
  filterWords,
  newId,
  type Picture,
  picturesIn,
  placeOf,
  type Words,
  type World,
  wordsIn,
} from './tracks.js';

/** Edits of words on the picture. */

type Of<Do extends Request['do']> = Extract<Request, { do: Do }>;

/** The height of a line as a part of the frame's shorter side: the dialect's defaults, and bounds that can be read and fit. */
const SIZES = { title: 0.11, caption: 0.055, overlay: 0.055, least: 0.025, most: 0.3 };

function restyled(m: TextMeta, look: TextLook): void {
  if (look.colour !== undefined) m.color = look.colour;
  if (look.size) {
    const size = applied(look.size, m.size ?? SIZES[m.role]);
    m.size = Math.round(Math.min(Math.max(size, SIZES.least), SIZES.most) * 1000) / 1000;
  }
}

/** Puts a new text at its place, or says that there is no room. */
function put(draft: LocalDraft, words: Words, look: TextLook): Outcome {
  const time = { s: words.s, d: words.d };
  const place = look.place ?? placeFor(draft, words.m.role, time) ?? placesFor(words.m.role)[0] ?? 'center';
  if (!makeRoom(draft, place, time)) return { refused: { say: 'noRoom', text: words.m.text } };
  words.m.position = place;
  restyled(words.m, look);
  addWords(draft, words);
  if (words.m.role === 'title') draft.m.title = words.m.text;
  return { done: { say: 'wrote', text: words.m.text, from: words.s, to: endOf(words) } };
}

export function write(draft: LocalDraft, request: Of<'write'>, world: World): Outcome {
  const { role, look, timing } = request;
  // A video has one title and one closing call: a new one takes the place of the old.
  const only = (role === 'title' && !timing.over && !timing.span) || role === 'cta';
  const target = { role, plural: false, raw: '' };
  const text = request.text ?? ownWords(draft, role, world);
  if (only && !('refused' in findWords(draft, target, world))) {
    return restyle(
      draft,
      { do: 'restyle', target, ...(text !== undefined && { text }), look, timing },
      world,
    );
  }
  if (role === 'caption' && timing.over) return captionOne(draft, request, world);
  if (text === undefined) return { refused: { say: 'whatWords', words: '' } };
  const time = timeFor(draft, role, timing, look.place, world);
  if ('refused' in time) return time;
  const words: Words = {
    id: newId('text', draft, world.random),
    ...time,
    m: { text, role: role === 'title' || role === 'caption' ? role : 'overlay' },
  };
  return put(draft, words, look);
}

/** A title and a closing line can be found without being told; other words can't. */
function ownWords(draft: LocalDraft, role: Of<'write'>['role'], world: World): string | undefined {
  if (role === 'title') return draft.m.title;
  return role === 'cta' ? STOCK[world.language].closing.promo : undefined;
}

const captionsOver = (draft: LocalDraft, picture: Picture): Words | undefined =>
  wordsIn(draft).find((words) => {
    const middle = words.s + words.d / 2;
    return words.m.role === 'caption' && middle >= picture.s && middle < endOf(picture);
  });

/** Writes or rewrites the caption of a picture; false where there is no room for it. */
function caption(draft: LocalDraft, picture: Picture, text: string, look: TextLook, world: World): boolean {
  const old = captionsOver(draft, picture);
  if (old) {
    old.m.text = text;
    restyled(old.m, look);
    return true;
  }
  const time = captionTime(draft, picture);
  const place = look.place ?? freePlace(draft, ['bottom', 'top'], time);
  if (!place || !makeRoom(draft, place, time)) return false;
  const words: Words = {
    id: newId('text', draft, world.random),
    ...time,
    m: { text, role: 'caption', position: place },
  };
  restyled(words.m, look);
  addWords(draft, words);
  return true;
}

function captionOne(draft: LocalDraft, { text, look, timing }: Of<'write'>, world: World): Outcome {
  if (!timing.over) return { refused: { say: 'whatWords', words: '' } };
  const picked = pickPictures(draft, timing.over, world);
  if ('refused' in picked) return picked;
  let count = 0;
  for (const picture of picked.found) {
    const words = text ?? captionFromName(picture.m.name);
    if (words === undefined) return { refused: { say: 'whatWords', words: '' } };
    if (caption(draft, picture, words, look, world)) count++;
  }
  return count > 0 ? { done: { say: 'captioned', count } } : { refused: { say: 'noRoom', text: text ?? '' } };
}

/** A caption on each picture, out of the files' names or out of a list. */
export function captions(draft: LocalDraft, { from, look }: Of<'captions'>, world: World): Outcome {
  const before = JSON.stringify(draft.t);
  let count = 0;
  for (const [index, picture] of picturesIn(draft).entries()) {
    const text =
      from === 'names'
        ? picture.m.kind === 'scene'
          ? undefined
          : captionFromName(picture.m.name)
        : from[index];
    if (text !== undefined && caption(draft, picture, text, look, world)) count++;
  }
  if (count === 0) return { refused: { say: 'namesSayNothing' } };
  if (JSON.stringify(draft.t) === before)
    return { refused: { say: 'alreadySo', words: world.language === 'zh' ? '字幕' : 'captions' } };
  return { done: { say: 'captioned', count } };
}

export function restyle(draft: LocalDraft, request: Of<'restyle'>, world: World): Outcome {
  const { target, text, look, timing } = request;
  const picked = findWords(draft, target, world);
  if ('refused' in picked) {
    const named = target.role !== 'any' && target.which === undefined && picked.refused.say === 'noText';
    const { over } = target;
    return text !== undefined && named
      ? write(
          draft,
          { do: 'write', role: target.role, text, look, timing: { ...timing, ...(over && { over }) } },
          world,
        )
      : picked;
  }
  const { found } = picked;
  if (text !== undefined && found.length > 1 && !(target.over || target.role === 'title')) {
    return { refused: { say: 'whichOne', have: found.length, kind: 'text' } };
  }
  const before = JSON.stringify(draft);
  const was = found[0]?.m.text ?? '';
  for (const words of found) {
    const time = retimed(draft, words, timing, world);
    if ('refused' in time) return time;
    // A text that was not asked to stay where it is may step aside.
    const place = look.place ?? placeFor(draft, words.m.role, time, words) ?? placeOf(words);
    if (!makeRoom(draft, place, time, words)) return { refused: { say: 'noRoom', text: words.m.text } };
    Object.assign(words, time);
    if (place !== placeOf(words)) words.m.position = place;
    restyled(words.m, look);
    if (text === undefined) continue;
    words.m.text = text;
    if (words.m.role === 'title') draft.m.title = text;
  }
  if (JSON.stringify(draft) === before) return { refused: { say: 'alreadySo', words: was } };
  if (text !== undefined) return { done: { say: 'rewrote', was, now: text } };
  return { done: { say: 'restyled', texts: found.map(({ m }) => m.text), changes: changesOf(look, timing) } };
}

const changesOf = (look: TextLook, timing: Of<'restyle'>['timing']): TextChange[] => [
  ...(look.size ? (['size'] as const) : []),
  ...(look.colour !== undefined ? (['colour'] as const) : []),
  ...(look.place ? (['place'] as const) : []),
  ...(Object.keys(timing).length > 0 ? (['times'] as const) : []),
];

export function unwrite(draft: LocalDraft, { target }: Of<'unwrite'>, world: World): Outcome {
  const picked = findWords(draft, target, world);
  if ('refused' in picked) return picked;
  const { found } = picked;
  const all = target.plural || target.which !== undefined || target.over !== undefined;
  if (found.length > 1 && !all && target.role !== 'title' && target.saying === undefined) {
    return { refused: { say: 'whichOne', have: found.length, kind: 'text' } };
  }
  filterWords(draft, (words) => !found.includes(words));
  return { done: { say: 'removedTexts', texts: found.map(({ m }) => m.text) } };
}
