import type { Thing } from '../language/thing.js';
import type { Token } from '../language/token.js';
import { type Clause, subjectOf } from './clause.js';
import { isTopic, pictureUnder, placesIn } from './text-places.js';

/** Shares out a request that has several quotations: what is said of each, and where each is to stand. */

/** One quotation, and what is said of it. */
export interface Portion {
  text: string;
  tokens: readonly Token[];
  /** What it is: a title, a caption. */
  noun: Thing | undefined;
  /** The pictures that it is to stand on; none where none are named. */
  over: readonly Thing[];
}

interface Part {
  text: string;
  tokens: readonly Token[];
  noun: Thing | undefined;
  places: readonly Thing[];
  /** Its place stands before it: `on the first photo "Hello"`. */
  led: boolean;
}

const AS = /^(?:as|为)$/i;

/** `the title "Trip"`, `with the title "Trip"`, `"Trip" as the title`. */
const names = ({ role, prep }: Thing): boolean =>
  role === 'object' || role === 'with' || (role === 'to' && AS.test(prep ?? ''));

/** There is one title, and one closing line; of captions and other texts a list may follow. */
const single = (noun: Thing): boolean => noun.noun === 'title' || noun.noun === 'cta';

/**
 * The words around each quotation. They end right behind one whose place stands before it, else at the last "and" or
 * comma before the next one, else at that.
 */
function partsOf(clause: Clause): Part[] {
  const { tokens } = clause;
  const texts = clause.things.filter((thing) => subjectOf(thing) === 'text' && names(thing));
  const quotes = tokens.flatMap((token, index) =>
    token.kind === 'quote' ? { index, text: token.value, at: token.at } : [],
  );
  let start = 0;
  return quotes.map(({ index, text, at }, nth) => {
    const next = quotes[nth + 1]?.index;
    const led = placesIn(clause, tokens.slice(start, index)).length > 0;
    const join = tokens.slice(index + 1, next).findLastIndex(({ kind }) => kind === 'join');
    const end = next === undefined ? tokens.length : led ? index + 1 : join < 0 ? next : index + 1 + join;
    const own = tokens.slice(start, end);
    start = end;
    const named = texts.filter((thing) => thing.tokens.some((token) => own.includes(token)));
    const begins = (thing: Thing): number => thing.tokens[0]?.at ?? 0;
    // The last noun before it, else the next.
    const noun = named.findLast((thing) => begins(thing) < at) ?? named[0];
    return { text, tokens: own, noun, places: placesIn(clause, own), led };
  });
}

/** Each quotation of a clause, in order. What is said of one counts for those beside it that have nothing of their own. */
export function portionsOf(clause: Clause): Portion[] {
  const parts = partsOf(clause);
  return parts.map(({ text, tokens, ...part }, nth) => {
    const listed = parts.slice(0, nth).findLast(({ noun }) => noun)?.noun;
    // "The titles 'A' on the first photo and 'B' on the second" are as many as the photos.
    const goesOn = listed && (!single(listed) || (listed.plural && part.places.length > 0));
    const noun = part.noun ?? (goesOn ? listed : undefined);
    const places =
      part.places.length > 0 || (part.noun && single(part.noun)) ? part.places : shared(parts, nth);
    // "Use the first photo with the title …": the photo is a place for a caption, not for the title.
    const fit =
      noun && single(noun)
        ? places.filter((place) => place.role !== 'object' || isTopic(place, clause))
        : places;
    return { text, tokens, noun, over: pictureUnder(fit) };
  });
}

/** The place of a neighbour: `"A" and "B" on the second photo`, `on the second photo "A" and "B"`. */
function shared(parts: readonly Part[], nth: number): readonly Thing[] {
  const before = parts.slice(0, nth).findLast(({ places }) => places.length > 0);
  if (before?.led) return before.places;
  return parts.slice(nth + 1).find(({ places, led }) => places.length > 0 && !led)?.places ?? [];
}
