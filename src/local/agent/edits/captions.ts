import type { LocalDraft } from '../../dialect.js';
import type { Request, TextLook } from '../reading/request.js';
import type { Outcome } from '../replies/facts.js';
import { captionFromName } from '../wording/file-names.js';
import { restyled } from './text-look.js';
import { freePlace, makeRoom } from './text-space.js';
import { captionTime } from './text-times.js';
import {
  addWords,
  endOf,
  newId,
  type Picture,
  picturesIn,
  type Words,
  type World,
  wordsIn,
} from './tracks.js';

/** Edits of captions: one text to a picture. */

type Of<Do extends Request['do']> = Extract<Request, { do: Do }>;

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

/** The same caption on each of these pictures, or one out of its file's name. */
export function captionThese(
  draft: LocalDraft,
  { text, look }: Of<'write'>,
  pictures: readonly Picture[],
  world: World,
): Outcome {
  let count = 0;
  for (const picture of pictures) {
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
