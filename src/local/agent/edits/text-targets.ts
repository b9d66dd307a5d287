import type { LocalDraft } from '../../dialect.js';
import { resolveWhich } from '../language/which.js';
import type { TextTarget } from '../reading/request.js';
import type { Said } from '../replies/facts.js';
import { pickPlaces } from './pick.js';
import { endOf, picturesIn, type Words, type World, wordsIn } from './tracks.js';

/** Finds the texts that a request means. */

export type FoundWords = { found: Words[] } | { refused: Said };

/** A closing call stands in the last part of the video and is no caption. */
function isClosing(draft: LocalDraft, words: Words): boolean {
  const last = picturesIn(draft).at(-1);
  return words.m.role === 'overlay' && last !== undefined && words.s + words.d / 2 >= last.s;
}

function ofRole(draft: LocalDraft, role: TextTarget['role']): Words[] {
  const all = wordsIn(draft);
  if (role === 'any') return all;
  if (role === 'cta') return all.filter((words) => isClosing(draft, words));
  return all.filter(({ m }) => m.role === role);
}

const flat = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

/** Texts that say this, or that have all of these words in them. */
function saying(words: readonly Words[], text: string): Words[] {
  const wanted = flat(text);
  const same = words.filter(({ m }) => flat(m.text) === wanted);
  if (same.length > 0 || wanted === '') return same;
  return words.filter(({ m }) => wanted.split(' ').every((word) => flat(m.text).includes(word)));
}

/** The texts of the draft that are meant, in the order of time; or why there are none. */
export function findWords(draft: LocalDraft, target: TextTarget, world: World): FoundWords {
  const seen = findSeen(world.seen, target, world);
  // A text that an earlier part of the message has written was not there to be seen.
  const missing = 'refused' in seen && (seen.refused.say === 'noText' || seen.refused.say === 'noSuchText');
  const picked = missing ? findSeen(draft, target, world) : seen;
  if ('refused' in picked) return picked;
  const found = picked.found.flatMap(({ id }) => wordsIn(draft).find((words) => words.id === id) ?? []);
  return found.length > 0 ? { found } : { refused: { say: 'noText', role: target.role } };
}

function findSeen(draft: LocalDraft, target: TextTarget, world: World): FoundWords {
  let row = ofRole(draft, target.role);
  if (target.over) {
    const picked = pickPlaces(draft, target.over, world);
    if ('refused' in picked) return picked;
    const { found } = picked;
    if (found.length > 0)
      row = row.filter((words) =>
        found.some((picture) => words.s < endOf(picture) && endOf(words) > picture.s),
      );
  }
  if (target.edge === 'end') row = row.filter((words) => isClosing(draft, words));
  if (target.edge === 'start') row = row.filter((words) => words.m.role !== 'caption').slice(0, 1);
  const said = target.saying === undefined ? [] : saying(row, target.saying);
  // "the old title": words that are no part of any text describe nothing that can be told apart.
  if (said.length > 0) row = said;
  else if (target.saying !== undefined && (target.role === 'any' || row.length > 1)) {
    return { refused: { say: 'noSuchText', text: target.saying } };
  }
  if (row.length === 0) return { refused: { say: 'noText', role: target.role } };
  if (target.which !== undefined) {
    const { found, missing } = resolveWhich(target.which, row.length);
    const [asked] = missing;
    if (asked !== undefined) return { refused: { say: 'onlySoMany', asked, have: row.length, kind: 'text' } };
    return { found: found.flatMap((index) => row[index] ?? []) };
  }
  return { found: row };
}
