import type { Thing } from '../language/thing.js';
import { gatherThings } from '../language/things.js';
import { has, ofKind, type Token, type Verb } from '../language/token.js';

/** What part of a video a thing or a value belongs to. */
export type Subject = 'text' | 'music' | 'sound' | 'logo' | 'transition' | 'motion' | 'picture' | 'video';

/** One request of a message, ready to be read. */
export interface Clause {
  tokens: Token[];
  things: Thing[];
  /** The strongest verb; undefined where there is none. */
  verb: Verb | undefined;
  /** Things that it is about: objects, or what is named after "with". */
  objects: Thing[];
  /** The subject that each value belongs to, where its neighbours tell. */
  subjects: Map<Token, Subject>;
  /** The request before in the same message: says what "it" is. */
  before: Clause | undefined;
  /** As written, to be said back. */
  words: string;
}

const NOUN_SUBJECT: Record<Thing['noun'], Subject | undefined> = {
  title: 'text',
  caption: 'text',
  text: 'text',
  cta: 'text',
  music: 'music',
  sound: 'sound',
  logo: 'logo',
  transition: 'transition',
  motion: 'motion',
  picture: 'picture',
  clip: 'picture',
  segment: 'picture',
  video: 'video',
  version: 'video',
  file: 'picture',
  filename: undefined,
  order: undefined,
  pronoun: undefined,
  unknown: undefined,
};

/** What a thing belongs to. An uploaded sound is music wherever it is named. */
export function subjectOf(thing: Thing): Subject | undefined {
  if (thing.file?.kind === 'audio') return 'music';
  return NOUN_SUBJECT[thing.noun];
}

/** Verbs that say little by themselves: "make the clip play", "I want to remove". */
const WEAK: readonly Verb[] = ['make', 'turn', 'take', 'show', 'use', 'start', 'end', 'write'];

const weak = ({ value, raw }: { value: Verb; raw: string }): boolean =>
  WEAK.includes(value) || (value === 'add' && /^(?:give|want|need|prefer|i|想要|需要|要有)/i.test(raw));

function verbOf(tokens: readonly Token[]): Verb | undefined {
  const verbs = ofKind(tokens, 'verb');
  return (verbs.find((verb) => !weak(verb)) ?? verbs.find(({ value }) => value !== 'turn') ?? verbs[0])
    ?.value;
}

/** The kinds of token that values can belong to although no thing is made of them. */
const CARRIERS: Partial<Record<Token['kind'], Subject>> = {
  quote: 'text',
  transition: 'transition',
  motion: 'motion',
};
const BETWEEN_VALUE_AND_NOUN = [
  'filler',
  'colour',
  'style',
  'degree',
  'aspect',
  'place',
  'compare',
  'occasion',
  'word',
  'axis',
];

/** "a 30-second video with a red title": each value belongs to the noun right behind it, or else to the last one before. */
function ownSubjects(tokens: readonly Token[], things: readonly Thing[]): Map<Token, Subject> {
  // The video itself is always in question, wherever it is named: "turn these into a 15 s reel".
  const central = things.filter(({ role, noun }) => role === 'object' || role === 'with' || noun === 'video');
  const carriers = new Map<Token, Subject>();
  const quoted = tokens.some(({ kind }) => kind === 'quote');
  for (const thing of quoted || central.some((thing) => subjectOf(thing)) ? central : things) {
    const subject = subjectOf(thing);
    for (const token of subject ? thing.tokens : []) if (subject) carriers.set(token, subject);
  }
  for (const token of tokens) {
    const subject = CARRIERS[token.kind];
    if (subject) carriers.set(token, subject);
  }
  const subjects = new Map<Token, Subject>(carriers);
  for (const [index, token] of tokens.entries()) {
    if (carriers.has(token)) continue;
    const behind = tokens
      .slice(index + 1)
      .find((next) => carriers.has(next) || !BETWEEN_VALUE_AND_NOUN.includes(next.kind));
    const ahead = ownerAhead(tokens, index, carriers);
    const before = tokens.slice(0, index).some((earlier) => carriers.has(earlier));
    const anywhere = tokens.slice(index + 1).find((next) => carriers.has(next));
    const owner = (behind && carriers.has(behind) ? behind : undefined) ?? (before ? ahead : anywhere);
    const subject = owner && carriers.get(owner);
    if (subject) subjects.set(token, subject);
  }
  return subjects;
}

/**
 * The last carrier before a value. A length of time behind a comma goes back to the video, or to nothing: "a video with
 * photos 1 and 2, ten seconds".
 */
function ownerAhead(
  tokens: readonly Token[],
  index: number,
  carriers: ReadonlyMap<Token, Subject>,
): Token | undefined {
  const before = tokens.slice(0, index);
  const last = before.findLast((token) => carriers.has(token));
  const comma = before.findLastIndex((token) => token.kind === 'join' && token.value === 'comma');
  if (tokens[index]?.kind !== 'duration' || !last || comma < before.indexOf(last)) return last;
  return before.findLast((token) => carriers.get(token) === 'video');
}

/** Makes a clause out of its tokens. */
export function clauseOf(tokens: Token[], words: string, before: Clause | undefined): Clause {
  const things = gatherThings(tokens);
  return {
    tokens,
    things,
    // "caption photo 1 'A', photo 2 'B'"
    verb: verbOf(tokens) ?? (before?.verb === 'caption' ? 'caption' : undefined),
    objects: things.filter(({ role }) => role === 'object' || role === 'with'),
    subjects: ownSubjects(tokens, things),
    before,
    words,
  };
}

/** The things of a subject that a clause is about. */
export const objectsOf = (clause: Clause, ...subjects: readonly Subject[]): Thing[] =>
  clause.objects.filter((thing) => {
    const subject = subjectOf(thing);
    return subject !== undefined && subjects.includes(subject);
  });

/** The part of the video that "it" means, or that a clause without an object goes on about. No thing: quoted words. */
export function topicOf(
  clause: Clause | undefined,
): { subject: Subject; thing: Thing | undefined } | undefined {
  for (let at = clause; at; at = at.before) {
    for (const thing of at.objects) {
      const subject = subjectOf(thing);
      if (subject) return { subject, thing };
    }
    if (has(at.tokens, 'quote')) return { subject: 'text', thing: undefined };
  }
  return undefined;
}

/**
 * Whether a part of the video is only named, by something that is not understood: "make the logo dance", "teleport the
 * logo". Where nothing else is said of it, that is no request.
 */
export const strange = ({ verb, tokens }: Clause): boolean =>
  verb === 'make' || (verb === undefined && has(tokens, 'word'));
