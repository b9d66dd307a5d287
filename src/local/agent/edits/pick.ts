import type { LocalDraft, LocalMedia } from '../../dialect.js';
import type { Thing } from '../language/thing.js';
import { isHan } from '../language/token.js';
import { resolveWhich } from '../language/which.js';
import type { Said } from '../replies/facts.js';
import { isLogoName, nameWords } from '../wording/file-names.js';
import { type Picture, picturesIn, type World } from './tracks.js';

/** Finds what a request names, among the pictures of the draft or among the uploads. */

/** The pictures found, in the order said; or why there are none. */
export type Picked = { found: Picture[] } | { refused: Said };

const plain = (word: string): string => word.toLowerCase().replace(/(?<=[a-z]{2})s$/, '');

/** How many of the words stand in a name. Chinese names have no spaces, so there a part of the name is enough. */
function likeness(words: readonly string[], name: string): number {
  const inName = nameWords(name).map(plain);
  return words.filter((word) =>
    isHan(word)
      ? inName.some((each) => each.includes(word) || word.includes(each))
      : word.length > 1 && inName.includes(plain(word)),
  ).length;
}

/** Those whose names have most of the words in them. */
function mostAlike<T>(words: readonly string[], row: readonly T[], nameOf: (item: T) => string): T[] {
  const scores = row.map((item) => likeness(words, nameOf(item)));
  const best = Math.max(0, ...scores);
  return best === 0 ? [] : row.filter((_, index) => scores[index] === best);
}

/** The row that an ordinal counts in: "the second photo" passes over clips where there are both. */
function rowOf(draft: LocalDraft, noun: Thing['noun']): Picture[] {
  const all = picturesIn(draft);
  const kinds = noun === 'picture' ? ['image', 'scene'] : noun === 'clip' ? ['video'] : [];
  const some = all.filter(({ m }) => kinds.includes(m.kind));
  return some.length > 0 ? some : all;
}

/** The pictures of the base track that a thing means. */
export function pickPictures(draft: LocalDraft, thing: Thing, world: World): Picked {
  const picked = pickSeen(world.seen, thing);
  if ('refused' in picked) return picked;
  const found = picked.found.flatMap(
    ({ id }) => picturesIn(draft).find((picture) => picture.id === id) ?? [],
  );
  return found.length > 0 ? { found } : { refused: { say: 'notOnTimeline', name: thing.raw } };
}

/**
 * The pictures that words are to stand on: the next one where they come after a picture, the one ahead where they come
 * before it. None where only words are said that name no picture: "on screen".
 */
export function pickPlaces(draft: LocalDraft, things: readonly Thing[], world: World): Picked {
  const all = picturesIn(draft);
  const places: Picture[] = [];
  for (const thing of things) {
    const picked = pickPictures(draft, thing, world);
    if ('refused' in picked) {
      if (picked.refused.say === 'unknownThing') continue;
      return picked;
    }
    const step = thing.role === 'after' ? 1 : thing.role === 'before' ? -1 : 0;
    const found = picked.found.flatMap((picture) => all[all.indexOf(picture) + step] ?? []);
    if (found.length === 0) return { refused: { say: 'outside', ms: draft.d } };
    places.push(...found.filter((picture) => !places.includes(picture)));
  }
  return { found: places };
}

function pickSeen(draft: LocalDraft, thing: Thing): Picked {
  const row = rowOf(draft, thing.noun);
  if (thing.file === null) return { refused: { say: 'noSuchFile', name: thing.raw } };
  if (thing.file) {
    const { url, name } = thing.file;
    const found = picturesIn(draft).filter(({ m }) => m.src === url);
    return found.length > 0 ? { found } : { refused: { say: 'notOnTimeline', name } };
  }
  if (thing.which !== undefined) {
    const { found, missing } = resolveWhich(thing.which, row.length);
    const [asked] = missing;
    if (asked !== undefined) {
      return {
        refused: {
          say: 'onlySoMany',
          asked,
          have: row.length,
          kind: thing.noun === 'clip' ? 'clip' : 'picture',
        },
      };
    }
    return { found: found.flatMap((index) => row[index] ?? []) };
  }
  const named = mostAlike(thing.words, row, ({ m }) => m.name);
  if (named.length === 1 || (named.length > 1 && thing.plural)) return { found: named };
  if (thing.noun === 'unknown' && named.length === 0)
    return { refused: { say: 'unknownThing', words: thing.words.join(' ') } };
  if (thing.words.length === 0 && (thing.plural || row.length === 1)) return { found: [...row] };
  return { refused: { say: 'whichOne', have: row.length, kind: thing.noun === 'clip' ? 'clip' : 'picture' } };
}

/** Uploads found, in order; or why there are none. */
export type PickedFiles = { files: LocalMedia[] } | { refused: Said };

/** The uploads that a thing means, to be put on the timeline. */
export function pickUploads(draft: LocalDraft, thing: Thing, media: readonly LocalMedia[]): PickedFiles {
  if (thing.file === null) return { refused: { say: 'noSuchFile', name: thing.raw } };
  if (thing.file) {
    return thing.file.kind === 'audio'
      ? { refused: { say: 'notAPicture', name: thing.file.name } }
      : { files: [thing.file] };
  }
  const used = new Set(draft.t.flatMap((track) => (track.tt === 0 ? track.sg.map(({ m }) => m.src) : [])));
  const row = media.filter(({ kind, name }) => kind !== 'audio' && !isLogoName(name));
  const fresh = row.filter(({ url }) => !used.has(url));
  const named = mostAlike(thing.words, row, ({ name }) => name);
  if (named.length > 0) return { files: named };
  if (thing.which !== undefined && thing.which !== 'all') {
    const { found, missing } = resolveWhich(thing.which, row.length);
    const [asked] = missing;
    if (asked !== undefined)
      return { refused: { say: 'onlySoMany', asked, have: row.length, kind: 'picture' } };
    return { files: found.flatMap((index) => row[index] ?? []) };
  }
  if (fresh.length === 0) return { refused: { say: 'nothingNew' } };
  return { files: thing.plural ? fresh : fresh.slice(-1) };
}
