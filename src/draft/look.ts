import type { JsonObject } from '../wire/json.js';
import { FIELDS, type Field, type FieldSlot, type Reads } from './keys.js';
import { readNumber } from './number.js';

/** What a key may mean: a field, `rank` places down its row of the table. */
export interface Meaning {
  readonly field: Field;
  readonly rank: number;
}

/** Where a field is found. */
export interface Place extends Meaning, FieldSlot {
  readonly key: string;
  readonly inMeta: boolean;
}

/** How far a key within `m` ranks behind one beside it: more than any row of the table is long. */
const WITHIN = 1000;

/** Behind every rank. */
const NOWHERE = 2 * WITHIN;

/**
 * What the keys of a node and of its `m` mean. Most segments of a draft have the same keys, and comparing keys is
 * several times cheaper than looking each of them up.
 */
export class Look {
  readonly places: readonly Place[];
  /** The keys beside `m` that mean nothing here. */
  readonly rest: readonly string[];
  /** Whether it tells how others with these keys look: not so when a key was passed over for its value. */
  readonly isTypical: boolean;
  readonly #beside: readonly string[];
  readonly #within: readonly string[];

  /** `structure` are the keys beside `m` that the caller reads itself. */
  constructor(
    json: JsonObject,
    meta: JsonObject,
    meanings: ReadonlyMap<string, Meaning>,
    structure: readonly string[],
  ) {
    this.#beside = Object.keys(json);
    this.#within = Object.keys(meta);
    const best = new Map<Field, Place>();
    let isTypical = true;
    const consider = (key: string, value: unknown, inMeta: boolean): void => {
      const meaning = meanings.get(key);
      if (meaning === undefined) return;
      const { field } = meaning;
      const { slot, reads } = FIELDS[field];
      const rank = meaning.rank + (inMeta ? WITHIN : 0);
      if (!canRead(reads, value)) isTypical = false;
      else if (rank < (best.get(field)?.rank ?? NOWHERE)) {
        best.set(field, { slot, reads, field, rank, key, inMeta });
      }
    };
    const beside = this.#beside.filter((key) => !structure.includes(key));
    for (const key of beside) consider(key, json[key], false);
    for (const key of this.#within) consider(key, meta[key], true);
    this.places = [...best.values()];
    const taken = this.places.filter(({ inMeta }) => !inMeta).map(({ key }) => key);
    this.rest = beside.filter((key) => !taken.includes(key));
    this.isTypical = isTypical;
  }

  /** Whether a node and its `m` have exactly these keys in this order. */
  fits(json: JsonObject, meta: JsonObject): boolean {
    return hasKeys(json, this.#beside) && hasKeys(meta, this.#within);
  }

  /** Puts the fields into their slots; false when one of them has a value that it does not take. */
  read(json: JsonObject, meta: JsonObject, values: unknown[]): boolean {
    for (const { slot, reads, key, inMeta } of this.places) {
      const value = inMeta ? meta[key] : json[key];
      if (!canRead(reads, value)) return false;
      values[slot] = value;
    }
    return true;
  }
}

function hasKeys(node: JsonObject, keys: readonly string[]): boolean {
  let index = 0;
  for (const key in node) {
    if (key !== keys[index]) return false;
    index += 1;
  }
  return index === keys.length;
}

function canRead(reads: Reads, value: unknown): boolean {
  if (reads === 'value') return value !== null;
  if (reads === 'number') return readNumber(value) !== undefined;
  return typeof value === 'string' || (reads === 'id' && typeof value === 'number');
}
