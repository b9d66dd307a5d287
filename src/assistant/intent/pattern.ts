import type { WordClass } from './lexicon.js';
import type { Word } from './words.js';

/**
 * Patterns over the classes of words: `want (the|this)+ video` is a regular expression in which every name stands
 * for one word of that class. Classes become single characters, so the engine's own regular expressions do the work.
 */
export type Pattern = RegExp;

const FIRST_CHARACTER = 0x4e00;
const characters = /* @__PURE__ */ new Map<string, string>();

function characterOf(name: string): string {
  const known = characters.get(name);
  if (known !== undefined) return known;
  const fresh = String.fromCharCode(FIRST_CHARACTER + characters.size);
  characters.set(name, fresh);
  return fresh;
}

/** Compiles a pattern; it has to match the whole clause. `any` stands for a word of whichever class. */
export function pattern(source: string): Pattern {
  const body = source
    .replace(/[a-z]+/g, (name) => (name === 'any' ? '.' : characterOf(name)))
    .replace(/\s+/g, '');
  return new RegExp(`^(?:${body})$`, 'u');
}

/** The classes of some words in the alphabet of {@link pattern}. */
export function classesOf(words: readonly Word[], without?: WordClass): string {
  let out = '';
  for (const { as } of words) if (as !== without) out += characterOf(as);
  return out;
}
