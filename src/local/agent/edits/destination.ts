import type { LocalDraft } from '../../dialect.js';
import { resolveWhich } from '../language/which.js';
import type { Destination } from '../reading/request.js';
import type { Outcome } from '../replies/facts.js';
import { pickPictures } from './pick.js';
import { type Picture, picturesIn, setPictures, type World } from './tracks.js';

/** Finds the place in the row of pictures that a destination means. */

/** The index in the row, without `moving`, where a destination puts it; undefined where it does not exist. */
export function indexFor(
  draft: LocalDraft,
  to: Destination,
  rest: readonly Picture[],
  from: number,
  world: World,
): number | Outcome {
  switch (to.at) {
    case 'start':
      return 0;
    case 'end':
      return rest.length;
    case 'step':
      return Math.min(Math.max(from + to.by, 0), rest.length);
    case 'time': {
      const at = rest.findIndex((picture) => to.ms < picture.s + picture.d / 2);
      return at < 0 ? rest.length : at;
    }
    case 'place': {
      const { found, missing } = resolveWhich(to.which, rest.length + 1);
      const [asked] = missing;
      if (asked !== undefined)
        return { refused: { say: 'onlySoMany', asked, have: rest.length + 1, kind: 'picture' } };
      return found[0] ?? rest.length;
    }
    default: {
      const picked = pickPictures(draft, to.thing, world);
      if ('refused' in picked) return picked;
      const beside = to.at === 'before' ? picked.found[0] : picked.found.at(-1);
      const index = beside ? rest.indexOf(beside) : -1;
      // Beside itself: it stays where it is.
      return index < 0 ? from : to.at === 'before' ? index : index + 1;
    }
  }
}

/** Puts pictures into the row; the index where they now begin, or why there is no such place. */
export function insertAt(
  draft: LocalDraft,
  fresh: readonly Picture[],
  to: Destination,
  world: World,
): number | Outcome {
  const all = picturesIn(draft);
  const index = indexFor(draft, to, all, all.length, world);
  if (typeof index === 'number') setPictures(draft, all.toSpliced(index, 0, ...fresh));
  return index;
}
