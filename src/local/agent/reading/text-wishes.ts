import type { Thing } from '../language/thing.js';
import { has, type Token } from '../language/token.js';
import { compareOf, leadsTo, lengthOf, mine, timesOf } from './amounts.js';
import { type Clause, objectsOf } from './clause.js';
import type { TextLook, TextTiming } from './request.js';
import { pictureUnder, placesIn } from './text-places.js';

/** Reads how and when words on the picture are to be seen. */

export function lookOf(clause: Clause): TextLook {
  const colour = mine(clause, 'colour', ['text'])[0]?.value;
  const place = mine(clause, 'place', ['text']).find(({ value }) => value.v !== undefined)?.value.v;
  const by = compareOf(clause, ['amount', 'size'], ['text']);
  const sized = by !== undefined || mine(clause, 'axis', ['text']).some(({ value }) => value === 'size');
  const percent = mine(clause, 'percent', ['text'])[0]?.value;
  const factor = mine(clause, 'factor', ['text'], false)[0]?.value;
  const times = sized || factor !== undefined ? (timesOf(clause, by) ?? percent) : undefined;
  return {
    ...(colour !== undefined && { colour }),
    ...(place !== undefined && { place }),
    ...(times !== undefined && { size: { times } }),
  };
}

/**
 * When words are to be seen.
 * @param tokens what is said of these words, where the clause has others too
 */
export function timingOf(
  clause: Clause,
  over: readonly Thing[] = pictureUnder(placesIn(clause)),
  tokens: readonly Token[] = clause.tokens,
): TextTiming {
  // A length of time that belongs to nothing is the text's only where the clause goes on about a text.
  const strays = objectsOf(clause, 'text').length === 0 && !has(clause.tokens, 'quote');
  const within = <T extends Token>(found: T[]): T | undefined =>
    found.find((token) => tokens.includes(token));
  const moved = clause.verb === 'move' || clause.verb === 'put' || clause.verb === 'start';
  const moment =
    moved && leadsTo(clause, 'duration') ? within(mine(clause, 'duration', ['text']))?.value : undefined;
  const span =
    within(mine(clause, 'span', ['text']))?.value ?? (moment === undefined ? undefined : { from: moment });
  const verbEdge = clause.verb === 'start' || clause.verb === 'end' ? clause.verb : undefined;
  const edge = within(mine(clause, 'edge', ['text']))?.value ?? verbEdge;
  const by = compareOf(clause, ['time'], ['text']);
  const length = lengthOf(clause, ['text'], strays);
  const duration = within(mine(clause, 'duration', ['text'], strays))?.value;
  const shift = by === undefined ? undefined : by * (duration ?? 1000);
  return {
    ...(span !== undefined && { span }),
    ...(edge !== undefined && { edge }),
    ...(over.length > 0 && { over }),
    ...(shift !== undefined && { shift }),
    ...(shift === undefined && moment === undefined && length?.to !== undefined && { lasting: length.to }),
    ...(shift === undefined && length !== undefined && length.to === undefined && { length }),
  };
}
