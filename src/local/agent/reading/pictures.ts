import type { Thing } from '../language/thing.js';
import { has } from '../language/token.js';
import { generation, insertions, NEW } from './adding.js';
import { type Clause, objectsOf, subjectOf, topicOf } from './clause.js';
import { readDestination } from './destination.js';
import { orderOf } from './order.js';
import type { Request } from './request.js';
import { readTrim } from './trim.js';

/** Reads what is asked about the pictures themselves: which of them, in which order. Their timing is in `timing.ts`. */

/** Pictures, and words that may be the name of one; "it" where the request before was about one. */
export function picturesOf(clause: Clause): Thing[] {
  const named = clause.objects.filter(
    (thing) =>
      subjectOf(thing) === 'picture' ||
      (thing.noun === 'unknown' &&
        (thing.role === 'object' || clause.verb === 'start' || clause.verb === 'end')),
  );
  const known = named.filter((thing) => thing.noun !== 'unknown');
  if (named.length > 0) return known.length > 0 ? known : named;
  const topic = topicOf(clause.before);
  const pronoun = clause.objects.some(({ noun }) => noun === 'pronoun');
  return (pronoun || clause.objects.length === 0) && topic?.subject === 'picture' && topic.thing
    ? [topic.thing]
    : [];
}

const WANTS = /\b(?:want|need|prefer|like)\b|想要|需要|希望/i;
const ONLY = /\b(?:only|just|nothing but)\b|[只仅]/i;

/** Things that name something else of their own, so that a picture beside them is only where it happens. */
const otherObjects = (clause: Clause): boolean =>
  objectsOf(clause, 'text', 'music', 'sound', 'logo', 'transition', 'motion').length > 0 ||
  has(clause.tokens, 'quote') ||
  has(clause.tokens, 'motion') ||
  has(clause.tokens, 'transition') ||
  clause.things.some((thing) => thing.noun === 'logo' && thing.role === 'to');

/** Every request of the clause that is about which pictures there are and in which order. */
export function readPictures(clause: Clause): Request[] {
  if (otherObjects(clause)) {
    // "remove the second photo and the music": the verb counts for each of its objects.
    const both = clause.verb === 'remove' ? objectsOf(clause, 'picture') : [];
    return both.map((what) => ({ do: 'remove', what }));
  }
  const order = orderOf(clause);
  if (order.length > 0) return order;
  const trim = readTrim(clause);
  if (trim.length > 0) return trim;
  const pictures = picturesOf(clause);
  const [one, two] = pictures;
  const by =
    clause.things.find(({ role }) => role === 'to') ??
    clause.things.find(({ role }) => role === 'with') ??
    clause.things.find((thing) => thing !== one && thing.file !== undefined);
  const instead = clause.things.find(({ role }) => role === 'instead');
  if (one && instead) return [{ do: 'replace', what: instead, by: one }];
  switch (clause.verb) {
    case 'remove':
    case 'cut':
      if (clause.verb === 'cut' && pictures.every(({ noun }) => noun === 'unknown')) return [];
      return pictures.map((what) => ({ do: 'remove', what }));
    case 'keep':
      return ONLY.test(clause.words) && one
        ? [{ do: 'keep', what: pictures }]
        : [{ do: 'say', said: { say: 'leftAlone', words: clause.words } }];
    case 'duplicate':
      return pictures.map((what) => ({ do: 'duplicate', what }));
    case 'swap':
    case 'replace':
    case 'change':
      return exchange(clause, one, two, by);
    case 'add':
    case 'create':
      if (one?.noun === 'unknown') return [];
      // "I want the last photo first": what is there already is wanted elsewhere.
      if (WANTS.test(clause.words) && one?.which !== undefined && !NEW.test(clause.words))
        return movement(clause, pictures);
      return [...generation(clause), ...insertions(clause, pictures)].slice(0, Math.max(pictures.length, 1));
    case 'use':
      if (ONLY.test(clause.words) && one) return [{ do: 'keep', what: pictures }];
      return insertions(clause, pictures);
    case 'move':
    case 'put':
    case 'start':
    case 'end':
    case 'make':
    case undefined:
      if (ONLY.test(clause.words) && one?.which !== undefined && one.which !== 'all')
        return [{ do: 'keep', what: pictures }];
      return movement(clause, pictures);
    default:
      return has(clause.tokens, 'not', 'none') ? pictures.map((what) => ({ do: 'remove', what })) : [];
  }
}

/** "swap the first and second", "replace the first with new.jpg", "change the second photo to mug.jpg". */
function exchange(
  clause: Clause,
  one: Thing | undefined,
  two: Thing | undefined,
  by: Thing | undefined,
): Request[] {
  const other =
    by &&
    by !== one &&
    (by.file !== undefined || by.which !== undefined || by.noun === 'unknown' || NEW.test(by.raw))
      ? by
      : undefined;
  const fresh = by && by !== one && NEW.test(clause.words) ? by : undefined;
  if (clause.verb === 'swap' && one && two) return [{ do: 'swap', a: one, b: two }];
  // "swap the two clips"
  if (clause.verb === 'swap' && one?.plural && !other) return [{ do: 'swap', a: one, b: one }];
  const second = other ?? fresh ?? (clause.verb === 'replace' ? two : undefined);
  if (one && second) {
    const swaps = clause.verb === 'swap' && second.file === undefined && second.which !== undefined;
    return [swaps ? { do: 'swap', a: one, b: second } : { do: 'replace', what: one, by: second }];
  }
  // 把第一张换到最后: changing a picture's place is moving it.
  return one ? movement(clause, [one]) : [];
}

function movement(clause: Clause, pictures: readonly Thing[]): Request[] {
  const [what] = pictures;
  if (what && (clause.verb === 'start' || clause.verb === 'end'))
    return [{ do: 'move', what, to: { at: clause.verb } }];
  // A name that is not in the vocabulary may be a file's, where it is told where to go.
  const named =
    clause.verb === 'move' ||
    clause.verb === 'put' ||
    (clause.verb === undefined && has(clause.tokens, 'edge'));
  if (!what || (what.noun === 'unknown' && !named)) return [];
  const to = readDestination(clause, what);
  if (!to)
    return has(clause.tokens, 'not', 'none') ? pictures.map((each) => ({ do: 'remove', what: each })) : [];
  return [{ do: 'move', what, to }];
}
