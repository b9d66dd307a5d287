import type { LocalDraft } from '../../dialect.js';
import type { Destination, Request } from '../reading/request.js';
import type { Outcome } from '../replies/facts.js';
import { captionFromName } from '../wording/file-names.js';
import { insertAt } from './destination.js';
import { pickPictures, pickUploads } from './pick.js';
import { pictureOf } from './picture.js';
import {
  endOf,
  namesOf,
  newId,
  type Picture,
  picturesIn,
  setPictures,
  type World,
  wordsIn,
} from './tracks.js';

/** Edits of which pictures there are. */

type Of<Do extends Request['do']> = Extract<Request, { do: Do }>;

export function remove(draft: LocalDraft, { what }: Of<'remove'>, world: World): Outcome {
  const picked = pickPictures(draft, what, world);
  if ('refused' in picked) return picked;
  const rest = picturesIn(draft).filter((picture) => !picked.found.includes(picture));
  if (rest.length === 0) return { refused: { say: 'lastPicture' } };
  setPictures(draft, rest);
  return { done: { say: 'removedPictures', names: namesOf(picked.found) } };
}

export function keep(draft: LocalDraft, { what }: Of<'keep'>, world: World): Outcome {
  const kept: Picture[] = [];
  for (const thing of what) {
    const picked = pickPictures(draft, thing, world);
    if ('refused' in picked) return picked;
    kept.push(...picked.found);
  }
  setPictures(
    draft,
    picturesIn(draft).filter((picture) => kept.includes(picture)),
  );
  return { done: { say: 'keptOnly', names: namesOf(picturesIn(draft)) } };
}

/** The place, the id and the time stay; a caption that came from the old name follows the new one. */
export function replace(draft: LocalDraft, { what, by }: Of<'replace'>, world: World): Outcome {
  const picked = pickPictures(draft, what, world);
  if ('refused' in picked) return picked;
  const uploads = pickUploads(draft, by, world.media);
  if ('refused' in uploads) return uploads;
  const [file] = uploads.files;
  const [target] = picked.found;
  if (!file || !target) return { refused: { say: 'nothingNew' } };
  if (file.url === target.m.src) return { refused: { say: 'alreadySo', words: file.name } };
  const was = target.m.name;
  const now = pictureOf(draft, file, world.random, target.d);
  const { motion, transition } = target.m;
  target.d = now.d;
  target.m = {
    ...now.m,
    ...(now.m.kind === 'image' && motion !== undefined && { motion }),
    ...(transition !== undefined && { transition }),
  };
  const caption = captionFromName(file.name);
  for (const words of wordsIn(draft)) {
    const over = words.s >= target.s && words.s < endOf(target);
    if (caption && over && words.m.role === 'caption' && words.m.text === captionFromName(was))
      words.m.text = caption;
  }
  return { done: { say: 'replaced', was, now: file.name } };
}

export function insert(draft: LocalDraft, { what, to, ms }: Of<'insert'>, world: World): Outcome {
  const uploads = pickUploads(draft, what, world.media);
  if ('refused' in uploads) return uploads;
  const fresh: Picture[] = [];
  let first = 0;
  for (const file of uploads.files) {
    const picture = pictureOf(draft, file, world.random, ms);
    const next: Destination | undefined =
      fresh.length > 0 ? { at: 'place', which: [first + fresh.length + 1] } : to;
    const index = insertAt(draft, [picture], next ?? { at: 'end' }, world);
    if (typeof index !== 'number') return index;
    if (fresh.length === 0) first = index;
    fresh.push(picture);
  }
  return { done: { say: 'inserted', names: namesOf(fresh), place: first + 1 } };
}

export function duplicate(draft: LocalDraft, { what }: Of<'duplicate'>, world: World): Outcome {
  const picked = pickPictures(draft, what, world);
  if ('refused' in picked) return picked;
  for (const picture of picked.found) {
    const copy = { ...structuredClone(picture), id: newId('pic', draft, world.random) };
    setPictures(draft, picturesIn(draft).toSpliced(picturesIn(draft).indexOf(picture) + 1, 0, copy));
  }
  return { done: { say: 'duplicated', names: namesOf(picked.found) } };
}
