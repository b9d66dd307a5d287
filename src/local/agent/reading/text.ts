import type { Thing } from '../language/thing.js';
import { has, ofKind } from '../language/token.js';
import { mine } from './amounts.js';
import { type Clause, objectsOf, strange, topicOf } from './clause.js';
import { type Portion, portionsOf } from './portions.js';
import type { Request, TextLook, TextTarget, TextTiming } from './request.js';
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
  const portions = portionsOf(clause);
  if (texts.length === 0 || portions.length > 1) {
    return portions.map(({ text, noun, over }) => {
      const spoken = { ...SAYING, ...(over.length > 0 && { over }), saying: text, raw: text };
      return { do: 'unwrite', target: noun ? targetOf({ ...noun, words: [] }, over, text) : spoken };
    });
  }
  const edge = mine(clause, 'edge', ['text'])[0]?.value;
  return texts.map((thing) => ({
    do: 'unwrite',
    target: {
      ...targetOf(
        thing,
        pictureUnder(placesIn(clause)),
        thing === portions[0]?.noun ? portions[0].text : undefined,
      ),
      ...(edge && { edge }),
    },
  }));
}

const REWRITES: readonly Clause['verb'][] = ['replace', 'change', 'swap'];

/** The old words and the new ones of `change "A" to "B" and "C" to "D"`; none where one quotation stands alone. */
function pairsOf(clause: Clause, portions: readonly Portion[]): [Portion, Portion][] {
  if (!REWRITES.includes(clause.verb)) return [];
  const places = clause.tokens.flatMap(({ kind }, index) => (kind === 'quote' ? index : []));
  const pairs = portions.flatMap((was, nth): [Portion, Portion][] => {
    const now = portions[nth + 1];
    const apart = has(clause.tokens.slice(places[nth], places[nth + 1]), 'join') && clause.verb !== 'swap';
    return nth % 2 === 0 && now && !apart ? [[was, now]] : [];
  });
  return pairs.length * 2 === portions.length ? pairs : [];
}

/** Whether what is said of these words is said of words that stand there: `move "Sale" to the top`, `make "Sale" red`. */
const isThere = ({ verb, things }: Clause, { over, noun }: Portion, look: TextLook): boolean =>
  verb === 'move' ||
  verb === 'enlarge' ||
  verb === 'shrink' ||
  (verb === 'make' &&
    over.length === 0 &&
    noun?.noun !== 'title' &&
    noun?.noun !== 'cta' &&
    Object.keys(look).length > 0 &&
    !things.some(({ noun }) => noun === 'video'));

function writings(clause: Clause): Request[] {
  const portions = portionsOf(clause);
  const [one] = portions;
  const look = lookOf(clause);
  const pairs = pairsOf(clause, portions);
  if (pairs.length > 0) {
    return pairs.flatMap(([was, now]) => {
      const target = (text: string): TextTarget => ({
        ...SAYING,
        role: roleOf(was.noun ?? now.noun),
        saying: text,
        raw: text,
      });
      const rewritten: Request = {
        do: 'restyle',
        target: target(was.text),
        text: now.text,
        look,
        timing: {},
      };
      return clause.verb === 'swap'
        ? [rewritten, { ...rewritten, target: target(now.text), text: was.text }]
        : [rewritten];
    });
  }
  const listed =
    one?.noun?.noun === 'caption' &&
    portions.every(({ noun, over }) => noun === one.noun && over.length === 0);
  if (listed && portions.length > 1 && !has(clause.tokens, 'span')) {
    return [{ do: 'captions', from: portions.map(({ text }) => text), look }];
  }
  return portions.map((portion): Request => {
    const { text, tokens, noun, over } = portion;
    const role = clause.verb === 'caption' ? 'caption' : clause.verb === 'end' ? 'cta' : roleOf(noun);
    const timing = { ...captionOver(noun), ...timingOf(clause, over, tokens) };
    if (isThere(clause, portion, look)) {
      return { do: 'restyle', target: { ...SAYING, role, saying: text, raw: text }, look, timing };
    }
    const changes = REWRITES.includes(clause.verb) || clause.verb === 'make' || clause.verb === 'write';
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
