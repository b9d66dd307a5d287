import type { Thing } from '../language/thing.js';
import { first, has, ofKind } from '../language/token.js';
import { type Clause, subjectOf } from './clause.js';
import type { Destination } from './request.js';

/** Reads where in the row of pictures something is to go: "to the front", "before the second", "to third place". */
export function readDestination(clause: Clause, what: Thing): Destination | undefined {
  const beside = clause.things.find(
    (thing) =>
      thing !== what && (thing.role === 'before' || thing.role === 'after') && subjectOf(thing) !== undefined,
  );
  if (beside && (beside.role === 'before' || beside.role === 'after'))
    return { at: beside.role, thing: beside };
  const edge = ofKind(clause.tokens, 'edge').at(-1)?.value;
  if (edge) return { at: edge };
  const place = clause.things.find(
    (thing) =>
      thing !== what &&
      thing.which !== undefined &&
      !thing.joined &&
      (thing.role === 'to' || thing.role === 'on' || (thing.role === 'object' && thing.implicit)),
  );
  if (place?.which !== undefined) return { at: 'place', which: place.which };
  const numbered = clause.things.find(
    (thing) => thing !== what && thing.role === 'to' && thing.count !== undefined,
  );
  if (numbered?.count !== undefined) return { at: 'place', which: [numbered.count] };
  const span = first(clause.tokens, 'span');
  if (span?.from !== undefined) return { at: 'time', ms: span.from };
  const compare = ofKind(clause.tokens, 'compare').find(({ value }) => value.axis === 'time')?.value;
  if (compare) return { at: 'step', by: compare.by };
  if (has(clause.tokens, 'particle', 'up')) return { at: 'step', by: -1 };
  if (has(clause.tokens, 'particle', 'down', 'back')) return { at: 'step', by: 1 };
  return undefined;
}
