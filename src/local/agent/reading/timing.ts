import type { Thing } from '../language/thing.js';
import { has, ofKind } from '../language/token.js';
import { compareOf, lengthOf, mine, timesOf } from './amounts.js';
import { type Clause, objectsOf, type Subject, topicOf } from './clause.js';
import { picturesOf } from './pictures.js';
import type { Request } from './request.js';

/** Reads how long the pictures and the whole video last, and how fast they go. */

const OTHERS = ['text', 'music', 'sound', 'logo', 'transition', 'motion'] as const;

const NOT_LENGTHS = ['remove', 'trim', 'cut', 'replace', 'duplicate', 'keep'];
const INSERTS = /\b(?:add|insert|includ|append|attach)|插入/i;

/** Every request of the clause that is about lengths and pace. */
export function readTiming(clause: Clause): Request[] {
  const topic = topicOf(clause.before);
  const bare = objectsOf(clause, 'picture', 'video', ...OTHERS).length === 0;
  if (
    bare &&
    topic &&
    topic.subject !== 'picture' &&
    topic.subject !== 'video' &&
    !has(clause.tokens, 'axis', 'speed')
  ) {
    return ofKind(clause.tokens, 'duration').length > 0 && has(clause.tokens, 'verb', 'create')
      ? total(clause, true)
      : [];
  }
  const pictures = picturesOf(clause).filter(({ noun }) => noun !== 'unknown');
  // What belongs to nothing is about the video, unless "it" is a picture of the request before.
  const goesOn = pictures.length > 0 && objectsOf(clause, 'picture').length === 0;
  return [...pictureLengths(clause, pictures, goesOn), ...total(clause, !goesOn)];
}

/** The verb does something else with a length of time than set it. "Give it two more seconds" sets it. */
const elsewhere = ({ verb, words }: Clause): boolean =>
  verb !== undefined && (NOT_LENGTHS.includes(verb) || (verb === 'add' && INSERTS.test(words)));

/** "each photo", "the photos": no single one. */
const every = ({ which, plural }: Thing): boolean => which === 'all' || (plural && which === undefined);

function pictureLengths(clause: Clause, pictures: readonly Thing[], strays: boolean): Request[] {
  const other = elsewhere(clause);
  const length = other && !pictures.some(every) ? undefined : lengthOf(clause, ['picture'], strays);
  const speed = speedOf(clause, ['picture'], strays);
  return pictures.flatMap((what): Request[] => {
    if (length) return [{ do: 'length', what: every(what) ? 'each' : what, amount: length }];
    return speed === undefined ? [] : [{ do: 'speed', ...(every(what) ? {} : { what }), times: speed }];
  });
}

/** The whole video. */
function total(clause: Clause, strays: boolean): Request[] {
  const video = objectsOf(clause, 'video').length > 0;
  if (elsewhere(clause) && !(clause.verb === 'add' && video)) return [];
  const length = lengthOf(clause, ['video'], strays);
  const speed = speedOf(clause, ['video'], strays);
  return [
    ...(length ? [{ do: 'total', amount: length } as const] : []),
    ...(speed !== undefined && !length?.times ? [{ do: 'speed', times: speed } as const] : []),
  ];
}

/** 2 for twice as fast. */
function speedOf(clause: Clause, subjects: readonly Subject[], strays: boolean): number | undefined {
  const by = compareOf(clause, ['speed'], subjects, strays);
  if (by !== undefined) return timesOf(clause, by);
  const factor = mine(clause, 'factor', subjects, strays)[0]?.value;
  const named = has(clause.tokens, 'axis', 'speed') || /\dx|倍速/i.test(clause.words);
  if (factor === undefined || !named) return undefined;
  return timesOf(clause, clause.verb === 'lower' ? -1 : undefined);
}
