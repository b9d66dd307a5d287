import type { Thing } from '../language/thing.js';
import { has, ofKind } from '../language/token.js';
import { mine } from './amounts.js';
import { type Clause, objectsOf, strange, topicOf } from './clause.js';
import { portionsOf } from './portions.js';
import type { Request, TextTarget, TextTiming } from './request.js';
import { pictureUnder, placesIn } from './text-places.js';
import { lookOf, timingOf } from './text-wishes.js';

/** Reads what is asked about words on the picture: titles, captions, overlays, a call to action. */

const ROLES: Partial<Record<Thing['noun'], TextTarget['role']>> = {
  title: 'title',
  caption: 'caption',
  cta: 'cta',
  text: 'any',
};

const roleOf = (thing: Thing | undefined): TextTarget['role'] => (thing && ROLES[thing.noun]) ?? 'any';

function targetOf(thing: Thing, over: readonly Thing[], saying?: string): TextTarget {
  const words = saying ?? (thing.words.length ? thing.words.join(' ') : undefined);
  return {
    role: roleOf(thing),
    ...(thing.which !== undefined && { which: thing.which }),
    ...(words !== undefined && { saying: words }),
    ...(over.length > 0 && { over }),
    plural: thing.plural || thing.noun === 'text',
    raw: thing.raw,
  };
}

const SAYING = { role: 'any', plural: false } as const;

/** 第一张配文: the first caption is the one on the first picture. */
const captionOver = (noun: Thing | undefined): TextTiming =>
  noun?.noun === 'caption' && noun.which !== undefined ? { over: [{ ...noun, noun: 'segment' }] } : {};

function removals(clause: Clause, texts: readonly Thing[]): Request[] {
  const quotes = ofKind(clause.tokens, 'quote');
  if (texts.length === 0) {
    return quotes.map(({ value, raw }) => ({ do: 'unwrite', target: { ...SAYING, saying: value, raw } }));
  }
  const edge = mine(clause, 'edge', ['text'])[0]?.value;
  return texts.map((thing) => ({
    do: 'unwrite',
    target: { ...targetOf(thing, pictureUnder(placesIn(clause)), quotes[0]?.value), ...(edge && { edge }) },
  }));
}

/** `change "A" to "B"`: the old words and the new. `… the first to "A" and the second to "B"` are two wishes. */
function isPair({ verb, tokens }: Clause): boolean {
  const places = tokens.flatMap(({ kind }, index) => (kind === 'quote' ? index : []));
  const between = tokens.slice(places[0], places[1]);
  return places.length === 2 && (verb === 'swap' || !has(between, 'join'));
}

function writings(clause: Clause): Request[] {
  const portions = portionsOf(clause);
  const [one, two] = portions;
  const look = lookOf(clause);
  const rewrites = clause.verb === 'replace' || clause.verb === 'change' || clause.verb === 'swap';
  if (rewrites && one && two && isPair(clause)) {
    const target: TextTarget = {
      ...SAYING,
      role: roleOf(one.noun ?? two.noun),
      saying: one.text,
      raw: one.text,
    };
    return [{ do: 'restyle', target, text: two.text, look, timing: {} }];
  }
  const listed =
    one?.noun?.noun === 'caption' &&
    portions.every(({ noun, over }) => noun === one.noun && over.length === 0);
  if (listed && portions.length > 1 && !has(clause.tokens, 'span')) {
    return [{ do: 'captions', from: portions.map(({ text }) => text), look }];
  }
  return portions.map(({ text, tokens, noun, over }): Request => {
    const role = clause.verb === 'caption' ? 'caption' : clause.verb === 'end' ? 'cta' : roleOf(noun);
    const timing = { ...captionOver(noun), ...timingOf(clause, over, tokens) };
    const changes = rewrites || clause.verb === 'make' || clause.verb === 'write';
    if (noun && changes && noun.role === 'object') {
      return { do: 'restyle', target: targetOf({ ...noun, words: [] }, over), text, look, timing };
    }
    return { do: 'write', role, text, look, timing };
  });
}

/** What a text object is wanted for when no words are given for it. */
function wordless(clause: Clause, thing: Thing): Request | undefined {
  const look = lookOf(clause);
  const timing = timingOf(clause);
  const changes = Object.keys(look).length > 0 || Object.keys(timing).some((key) => key !== 'over');
  const beyond = (has(clause.tokens, 'beyond') && clause.verb === undefined) || (strange(clause) && !changes);
  const adds =
    !beyond && ['add', 'create', 'use', 'put', 'caption', 'write', undefined].includes(clause.verb);
  if (
    adds &&
    (thing.noun === 'caption' || thing.noun === 'text') &&
    (clause.verb === 'add' || clause.verb === 'create' || !changes)
  ) {
    return thing.noun === 'caption' && timing.over
      ? { do: 'write', role: 'caption', look, timing }
      : { do: 'captions', from: 'names', look };
  }
  if (clause.verb === 'add' || clause.verb === 'create' || (adds && !changes)) {
    return { do: 'write', role: roleOf(thing), look, timing };
  }
  if (!changes)
    return asksForWords(clause) ? { do: 'say', said: { say: 'whatWords', words: clause.words } } : undefined;
  return { do: 'restyle', target: targetOf(thing, timing.over ?? []), look, timing };
}

/** "Change the title": understood, but for the words. "Make the title dance" is not. */
const asksForWords = (clause: Clause): boolean =>
  (clause.verb === 'change' || clause.verb === 'replace') && !has(clause.tokens, 'word');

/** Every request of the clause that is about words on the picture. */
export function readText(clause: Clause): Request[] {
  const texts = objectsOf(clause, 'text');
  const quoted = has(clause.tokens, 'quote');
  const fromNames = clause.things.some(({ noun }) => noun === 'filename');
  // "use the file names as captions"
  if (fromNames && clause.verb !== 'remove' && clause.things.some(({ noun }) => noun === 'caption')) {
    return [{ do: 'captions', from: 'names', look: lookOf(clause) }];
  }
  if (texts.length === 0 && !quoted) return readMore(clause);
  if (clause.verb === 'keep' && Object.keys(timingOf(clause)).length === 0) {
    return [{ do: 'say', said: { say: 'leftAlone', words: clause.words } }];
  }
  if (clause.verb === 'remove' || clause.verb === 'cut' || has(clause.tokens, 'not', 'none')) {
    return removals(clause, texts);
  }
  return quoted ? writings(clause) : texts.flatMap((thing) => wordless(clause, thing) ?? []);
}

/** "… and make it red": a clause without an object goes on about the text before. */
function readMore(clause: Clause): Request[] {
  const topic = topicOf(clause.before);
  const alone = clause.objects.every(({ noun }) => noun === 'pronoun');
  if (!alone || topic?.subject !== 'text') return [];
  const quote = clause.before && ofKind(clause.before.tokens, 'quote').at(-1)?.value;
  const look = lookOf(clause);
  const timing = timingOf(clause);
  const target: TextTarget = topic.thing
    ? targetOf(topic.thing, timing.over ?? [], quote)
    : { ...SAYING, saying: quote ?? '', raw: quote ?? '' };
  if (clause.verb === 'remove') return [{ do: 'unwrite', target }];
  if (Object.keys(look).length === 0 && Object.keys(timing).length === 0) return [];
  return [{ do: 'restyle', target, look, timing }];
}
