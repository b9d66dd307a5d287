import type { Thing } from '../language/thing.js';
import { first, has, ofKind } from '../language/token.js';
import { compareOf, mine, timesOf } from './amounts.js';
import { type Clause, objectsOf, strange, subjectOf } from './clause.js';
import type { Amount, Request } from './request.js';

/** Reads what is asked about the picture as a whole: its shape, what is between the photos, how they move. */

const wanted = (clause: Clause): boolean => clause.verb !== 'remove' && !has(clause.tokens, 'not', 'none');

/** The aspect and the frame rate. */
export function readFrame(clause: Clause): Request[] {
  const aspect = first(clause.tokens, 'aspect');
  const fps = first(clause.tokens, 'fps');
  return [
    ...(aspect && wanted(clause) ? [{ do: 'aspect', aspect } as const] : []),
    ...(fps ? [{ do: 'fps', fps } as const] : []),
  ];
}

/** Cuts and crossfades. */
export function readTransition(clause: Clause): Request[] {
  const types = ofKind(clause.tokens, 'transition').map(({ value }) => value);
  const objects = objectsOf(clause, 'transition');
  const between = clause.things.filter((thing) => thing.role === 'between' && thing.which !== undefined);
  const cutsBetween = clause.verb === 'cut' && clause.things.some(({ role }) => role === 'between');
  if (types.length === 0 && objects.length === 0 && !cutsBetween) return [];
  const off = !wanted(clause) || cutsBetween;
  // "crossfades instead of cuts", "replace the cuts with crossfades"
  const replaced = clause.verb === 'replace' || clause.verb === 'change';
  const said = replaced ? types.at(-1) : types[0];
  const type = off ? 'cut' : said;
  const length = lengthOfTransition(clause);
  const at = between.length > 0 ? between.slice(-1) : clause.things.filter(isBorder);
  const bare = type === undefined && length === undefined;
  if (bare && strange(clause)) return [];
  return [
    {
      do: 'transition',
      ...(type !== undefined ? { type } : bare && { type: 'crossfade' as const }),
      ...(length !== undefined && { length }),
      ...(at.length > 0 && { at }),
    },
  ];
}

const isBorder = (thing: Thing): boolean =>
  (thing.role === 'before' || thing.role === 'after' || thing.role === 'to') &&
  subjectOf(thing) === 'picture' &&
  thing.which !== undefined;

function lengthOfTransition(clause: Clause): Amount | undefined {
  const ms = mine(clause, 'duration', ['transition'])[0]?.value;
  if (ms !== undefined) return { to: ms };
  const quicker = compareOf(clause, ['speed'], ['transition'], false);
  const longer = compareOf(clause, ['length', 'amount'], ['transition'], false);
  const by = longer ?? (quicker === undefined ? undefined : quicker === 1 ? -1 : 1);
  const times = by === undefined ? undefined : timesOf(clause, by);
  return times === undefined ? undefined : { times };
}

/** The slow movement over stills. */
export function readMotion(clause: Clause): Request[] {
  const motion = first(clause.tokens, 'motion');
  const objects = objectsOf(clause, 'motion');
  if (motion === undefined && objects.length === 0) return [];
  const what = clause.things.find(
    (thing) =>
      subjectOf(thing) === 'picture' && (thing.which !== undefined || thing.file || thing.words.length > 0),
  );
  if (motion === undefined && wanted(clause) && strange(clause)) return [];
  const value = wanted(clause) ? (motion ?? 'alternate') : 'none';
  return [{ do: 'motion', motion: value, ...(what && { what }) }];
}
