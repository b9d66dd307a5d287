import type { Span } from '../language/spans.js';
import type { Thing } from '../language/thing.js';
import { has, ofKind } from '../language/token.js';
import { leadsTo } from './amounts.js';
import { type Clause, subjectOf, topicOf } from './clause.js';
import type { Request } from './request.js';

/** Reads what is to be cut away from a clip, a picture or the whole video, and what is to be left of it. */

const KEEPS = /^(?:keep|show|use|only)/;
const BY = /\bby\b/i;

/** The clip that is trimmed; undefined for the whole video. */
function trimmed(clause: Clause): Thing | undefined {
  const named = clause.things.find((thing) => subjectOf(thing) === 'picture');
  if (named) return named;
  const topic = topicOf(clause.before);
  const goesOn = clause.objects.some(({ noun }) => noun === 'pronoun');
  return goesOn && topic?.subject === 'picture' ? topic.thing : undefined;
}

/** A trim, or nothing where the clause asks for none. */
export function readTrim(clause: Clause): Request[] {
  const { verb } = clause;
  if (
    verb !== 'trim' &&
    verb !== 'cut' &&
    verb !== 'keep' &&
    verb !== 'remove' &&
    verb !== 'shorten' &&
    verb !== 'use' &&
    verb !== 'show'
  )
    return [];
  const what = trimmed(clause);
  const about = what ? { what } : {};
  const span = ofKind(clause.tokens, 'span')[0]?.value;
  if (span && (span.for !== undefined || span.from !== undefined || span.to !== undefined)) {
    if (verb === 'shorten' || ((verb === 'show' || verb === 'use') && span.for === undefined)) return [];
    const keeps =
      KEEPS.test(verb) ||
      leadsTo(clause, 'span') ||
      /截取|只/.test(clause.words) ||
      (verb === 'trim' && span.for === undefined);
    return [keeps ? { do: 'trim', ...about, keep: span } : { do: 'trim', ...about, off: span }];
  }
  const ms = ofKind(clause.tokens, 'duration')[0]?.value;
  if (ms === undefined || verb === 'show' || verb === 'use') return [];
  const edge = ofKind(clause.tokens, 'edge').at(-1)?.value;
  const off: Span = { edge: edge === 'start' ? 'first' : 'last', for: ms };
  if (edge || has(clause.tokens, 'particle', 'off')) return [{ do: 'trim', ...about, off }];
  if (verb === 'shorten' || verb === 'keep') return [];
  const away = BY.test(clause.words) || (!leadsTo(clause, 'duration') && beforeTheThing(clause, what));
  const keep: Span = { edge: 'first', for: ms };
  return [away ? { do: 'trim', ...about, off } : { do: 'trim', ...about, keep }];
}

/** "trim 2 seconds from the clip" takes away; "trim the clip 4 seconds" does not say so. */
function beforeTheThing(clause: Clause, what: Thing | undefined): boolean {
  const duration = clause.tokens.findIndex(({ kind }) => kind === 'duration');
  const thing = what?.tokens[0] ? clause.tokens.indexOf(what.tokens[0]) : -1;
  return thing < 0 || duration < thing;
}
