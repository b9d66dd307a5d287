import type { Thing } from '../language/thing.js';
import { has, type Token } from '../language/token.js';
import { type Clause, subjectOf } from './clause.js';

/** Reads which pictures words are put on: "over the second photo", "on beach.jpg and sunset.jpg". */

const OVER = /^(?:on|over|onto|上|上面)$/i;

/** "Photo 1 says …", 第一张照片写…: here the picture that is spoken of is where the words go. */
const SPEAKS: readonly Clause['verb'][] = ['write', 'show', 'make', 'create', 'use', 'change', undefined];

/** "With photo 1 saying …", 第一张加标题…: what is done stands right behind it, and is done there. */
export function isTopic(thing: Thing, { tokens }: Clause): boolean {
  const next = tokens[tokens.findLastIndex((token) => thing.tokens.includes(token)) + 1];
  return next !== undefined && has([next], 'verb', 'write', 'add', 'show');
}

/** Whether words can be put on a thing. What a video is made of, or made into, is no place in it. */
function isPlace(thing: Thing, clause: Clause): boolean {
  const { tokens, things, verb } = clause;
  const quoted = has(tokens, 'quote');
  // A name that is not in the vocabulary may be a file's: "on beach".
  if (thing.noun === 'unknown') return quoted && thing.role === 'on' && OVER.test(thing.prep ?? '');
  if (subjectOf(thing) !== 'picture') return false;
  if (verb === 'caption') return true;
  if (thing.which === undefined && thing.file === undefined && thing.words.length === 0) return false;
  if (thing.role !== 'object' && thing.role !== 'with') return true;
  if (quoted && isTopic(thing, clause)) return true;
  const video = things
    .slice(thing.role === 'with' ? 0 : things.indexOf(thing))
    .some(({ noun }) => noun === 'video');
  return quoted && SPEAKS.includes(verb) && !video;
}

/** The places among some words of a clause, in order. */
export const placesIn = (clause: Clause, tokens: readonly Token[] = clause.tokens): Thing[] =>
  clause.things.filter(
    (thing) => isPlace(thing, clause) && thing.tokens.some((token) => tokens.includes(token)),
  );

/** The first place and what is joined to it: "the first and the third photo". */
export function pictureUnder(places: readonly Thing[]): readonly Thing[] {
  const [first, ...others] = places;
  const end = others.findIndex(({ joined, role }) => !joined || role !== first?.role);
  return first ? [first, ...others.slice(0, end < 0 ? undefined : end)] : [];
}
