import { type Compare, first, has, type Kind, ofKind, type TokenOf, type Verb } from '../language/token.js';
import { type Clause, objectsOf, type Subject, subjectOf } from './clause.js';
import type { Amount } from './request.js';

/** Reads how much: bigger, twice as fast, 20 % louder, 2 seconds longer. */

/** What "bigger" does when no number is said, and what a bit and much make of it. */
const STEP = { little: 1.12, plain: 1.3, much: 1.7 };
const LEAST = 0.05;
const MOST = 20;

/** The kinds whose values may belong to one subject or another. */
type ValueKind = Exclude<Kind, 'word' | 'filler'>;

/**
 * The tokens of a kind that belong to one of the subjects.
 * @param strays also those that belong to nothing: the clause names no part of the video beside them.
 */
export function mine<K extends ValueKind>(
  clause: Clause,
  kind: K,
  subjects: readonly Subject[],
  strays = true,
): TokenOf<K>[] {
  const wanted = ofKind(clause.tokens, kind);
  return wanted.filter((token) => {
    const subject = [...clause.subjects].find(([owned]) => owned.at === token.at)?.[1];
    return subject === undefined ? strays : subjects.includes(subject);
  });
}

const VERB_COMPARES: Partial<Record<Verb, Compare>> = {
  enlarge: { axis: 'amount', by: 1 },
  shrink: { axis: 'amount', by: -1 },
  quicken: { axis: 'speed', by: 1 },
  slow: { axis: 'speed', by: -1 },
  lengthen: { axis: 'length', by: 1 },
  shorten: { axis: 'length', by: -1 },
};

/** Whether more or less of one of the axes is wanted. "raise" and "lower" speak of whatever axis is named. */
export function compareOf(
  clause: Clause,
  axes: readonly Compare['axis'][],
  subjects: readonly Subject[],
  strays = true,
): 1 | -1 | undefined {
  const said = mine(clause, 'compare', subjects, strays).find(({ value }) => axes.includes(value.axis));
  if (said) return said.value.by;
  const verb = clause.verb ? VERB_COMPARES[clause.verb] : undefined;
  const about =
    objectsOf(clause, ...subjects).length > 0 ||
    (strays && clause.objects.every((thing) => !subjectOf(thing)));
  if (verb && about && axes.includes(verb.axis)) return verb.by;
  const named = mine(clause, 'axis', subjects, strays).some(({ value }) => axes.includes(value));
  if (named && clause.verb === 'raise') return 1;
  if (named && clause.verb === 'lower') return -1;
  // "increase the size": the plain noun takes its direction from a bare "bigger".
  const amount = mine(clause, 'compare', subjects, strays).find(({ value }) => value.axis === 'amount');
  return named ? amount?.value.by : undefined;
}

/** How many times as much, where a comparison or a factor says so. */
export function timesOf(clause: Clause, by: 1 | -1 | undefined): number | undefined {
  const factor = first(clause.tokens, 'factor') ?? bareFactor(clause);
  const percent = first(clause.tokens, 'percent');
  if (factor !== undefined && factor > 0) return clamp(by === -1 && factor > 1 ? 1 / factor : factor);
  if (by === undefined) return undefined;
  if (percent !== undefined && percent > 0) return clamp(by === 1 ? 1 + percent : 1 - percent);
  const step = has(clause.tokens, 'degree', 'much')
    ? STEP.much
    : has(clause.tokens, 'degree', 'little')
      ? STEP.little
      : STEP.plain;
  return by === 1 ? step : 1 / step;
}

/** "speed it up by 1.5": a number alone, after the verb that says what it does. */
const bareFactor = (clause: Clause): number | undefined =>
  clause.verb === 'quicken' || clause.verb === 'slow' || clause.verb === 'enlarge' || clause.verb === 'shrink'
    ? first(clause.tokens, 'number')
    : undefined;

const clamp = (value: number): number => Math.min(Math.max(value, LEAST), MOST);

/** The new length of something: `5 seconds`, `2 seconds longer`, `twice as long`, `shorter`. */
export function lengthOf(clause: Clause, subjects: readonly Subject[], strays = true): Amount | undefined {
  const said = mine(clause, 'duration', subjects, strays)[0];
  const duration = said?.value;
  const more = said && (/\b(?:more|extra|additional)\b/i.test(said.raw) || /多|再加/.test(clause.words));
  const by = compareOf(clause, ['length'], subjects, strays) ?? (more ? 1 : undefined);
  if (duration !== undefined) {
    // "shorten it to 20 seconds" is a new length; "make it 2 seconds shorter" and "by 2 seconds" a change.
    const relative = by !== undefined && !leadsTo(clause, 'duration');
    return relative ? { plus: by * duration } : { to: duration };
  }
  const span = mine(clause, 'span', subjects, strays)[0]?.value;
  if (by !== undefined && span?.from !== undefined && span.to !== undefined) return { to: span.to };
  const named =
    by !== undefined || mine(clause, 'axis', subjects, strays).some(({ value }) => value === 'length');
  const times = named ? timesOf(clause, by) : undefined;
  return times === undefined ? undefined : { times };
}

/** Whether the first value of a kind stands after "to", 到, 成 … */
export function leadsTo(clause: Clause, kind: Kind): boolean {
  const at = clause.tokens.findIndex((token) => token.kind === kind);
  const ahead = clause.tokens
    .slice(0, at)
    .findLast((token) => token.kind !== 'filler' && token.kind !== 'degree');
  if (!ahead) return false;
  if (ahead.kind === 'prep') return ahead.value === 'to';
  return ahead.kind === 'verb' && /[到成为至]$/.test(ahead.raw);
}
