import type { LocalDraft } from '../../dialect.js';
import type { Request } from '../reading/request.js';
import type { Outcome } from '../replies/facts.js';
import { indexFor } from './destination.js';
import { pickPictures } from './pick.js';
import { replace } from './pictures.js';
import { namesOf, type Picture, picturesIn, setPictures, type World } from './tracks.js';

/** Edits of the order in which pictures come. */

type Of<Do extends Request['do']> = Extract<Request, { do: Do }>;

export function move(draft: LocalDraft, { what, to }: Of<'move'>, world: World): Outcome {
  const picked = pickPictures(draft, what, world);
  if ('refused' in picked) return picked;
  const all = picturesIn(draft);
  const rest = all.filter((picture) => !picked.found.includes(picture));
  const from = all.findIndex(({ id }) => id === picked.found[0]?.id);
  const index = indexFor(draft, to, rest, from, world);
  if (typeof index !== 'number') return index;
  const now = rest.toSpliced(index, 0, ...picked.found);
  const name = namesOf(picked.found).join(', ');
  if (now.every((picture, place) => picture === all[place]))
    return { refused: { say: 'alreadySo', words: name } };
  setPictures(draft, now);
  return { done: { say: 'moved', name, place: index + 1 } };
}

/** Two pictures change places; a file that is not on the timeline takes the place of the picture instead. */
export function swap(draft: LocalDraft, { a, b }: Of<'swap'>, world: World): Outcome {
  const one = pickPictures(draft, a, world);
  if ('refused' in one) return one;
  const other = a === b ? { found: one.found.slice(1) } : pickPictures(draft, b, world);
  if ('refused' in other) return b.file ? replace(draft, { do: 'replace', what: a, by: b }, world) : other;
  if (a === b && one.found.length !== 2)
    return { refused: { say: 'whichOne', have: one.found.length, kind: 'picture' } };
  const [first, second] = [one.found[0], other.found[0]];
  if (!first || !second || first === second) return { refused: { say: 'alreadySo', words: a.raw } };
  setPictures(
    draft,
    picturesIn(draft).map((picture) => (picture === first ? second : picture === second ? first : picture)),
  );
  return { done: { say: 'swapped', a: first.m.name, b: second.m.name } };
}

/** Fisher and Yates, with the plan's own random numbers. */
function shuffled(pictures: readonly Picture[], random: () => number): Picture[] {
  const row = [...pictures];
  for (let last = row.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [row[last], row[other]];
    if (a && b) [row[last], row[other]] = [b, a];
  }
  return row;
}

export function order(draft: LocalDraft, request: Of<'order'>, world: World): Outcome {
  const all = picturesIn(draft);
  if (all.length < 2) return { refused: { say: 'onlyOnePicture' } };
  switch (request.by) {
    case 'reverse':
      setPictures(draft, all.toReversed());
      break;
    case 'shuffle':
      setPictures(draft, shuffled(all, world.random));
      break;
    case 'name':
      setPictures(
        draft,
        all.toSorted((a, b) => a.m.name.localeCompare(b.m.name, 'en', { numeric: true })),
      );
      break;
    case 'list': {
      const listed: Picture[] = [];
      for (const thing of request.list) {
        const picked = pickPictures(draft, thing, world);
        if ('refused' in picked) return picked;
        listed.push(...picked.found.filter((picture) => !listed.includes(picture)));
      }
      // What the list leaves out comes after it.
      setPictures(draft, [...listed, ...all.filter((picture) => !listed.includes(picture))]);
    }
  }
  if (picturesIn(draft).every((picture, place) => picture === all[place])) {
    return { refused: { say: 'alreadySo', words: namesOf(all).join(', ') } };
  }
  return { done: { say: 'ordered', by: request.by } };
}
