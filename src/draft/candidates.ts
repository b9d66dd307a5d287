import { FIELDS, type Field, type Reads } from './keys.js';
import { readNumber } from './number.js';

/** What a key may mean: a field, `rank` places down its row of the table. */
export interface Meaning {
  readonly slot: number;
  readonly rank: number;
  readonly reads: Reads;
}

/** What each key may mean. */
export type Candidates = ReadonlyMap<string, Meaning>;

/** The fields of one sort of node, each with the user's keys and the known ones. */
export type Rows = readonly (readonly [field: Field, own: readonly string[], known: readonly string[]])[];

/** What each key may mean; a key that stands in two rows is the user's, then the first row's. */
export function candidatesOf(rows: Rows): Map<string, Meaning> {
  const candidates = new Map<string, Meaning>();
  const add = (field: Field, keys: readonly string[], after: number): void => {
    const { slot, reads } = FIELDS[field];
    keys.forEach((key, index) => {
      if (!candidates.has(key)) candidates.set(key, { slot, rank: after + index, reads });
    });
  };
  for (const [field, own] of rows) add(field, own, 0);
  for (const [field, own, known] of rows) add(field, known, own.length);
  return candidates;
}

/** Whether a value is one that a field takes. */
export function canRead(reads: Reads, value: unknown): boolean {
  switch (reads) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return readNumber(value) !== undefined;
    case 'id':
      return typeof value === 'string' || typeof value === 'number';
    case 'value':
      return value !== null;
  }
}
