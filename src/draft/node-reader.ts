import { isExactNumber, isObject, type JsonObject } from '../wire/json.js';
import { DRAFT_KEYS, type DraftExtra, type DraftKeys, type Field, isDraftField, knownKeys } from './draft.js';

/** The type of a field's value. A key with a value of another type is not the field. */
type Reads = 'id' | 'text' | 'number' | 'value';

/** How a reader reads a field. */
export interface FieldSlot {
  /** Its place among the values found. */
  readonly slot: number;
  readonly reads: Reads;
}

/** Every field, passed to a reader as `FIELDS.name`: looking each up by name is slow in a draft of thousands. */
export const FIELDS: { readonly [F in Field]: FieldSlot } = {
  id: { slot: 0, reads: 'id' },
  start: { slot: 1, reads: 'number' },
  duration: { slot: 2, reads: 'number' },
  end: { slot: 3, reads: 'number' },
  name: { slot: 4, reads: 'text' },
  text: { slot: 5, reads: 'text' },
  volume: { slot: 6, reads: 'number' },
  source: { slot: 7, reads: 'text' },
  sourceStart: { slot: 8, reads: 'number' },
  speed: { slot: 9, reads: 'number' },
  position: { slot: 10, reads: 'value' },
  transition: { slot: 11, reads: 'value' },
  role: { slot: 12, reads: 'text' },
  title: { slot: 13, reads: 'text' },
  width: { slot: 14, reads: 'number' },
  height: { slot: 15, reads: 'number' },
};

/** A number, or a string that spells one. An exact one may be rounded: it is kept for the service, not for arithmetic. */
export function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  const text = isExactNumber(value) ? value.$number : value;
  if (typeof text !== 'string' || text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isNaN(number) ? undefined : number;
}

/** Sets an own key, also one that would otherwise change the object's prototype. */
export function setKey(target: JsonObject, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    target[key] = value;
  }
}

/** The field that a key may mean; `rank` is the place of the key in its row of the table. */
export interface Meaning {
  readonly field: Field;
  readonly rank: number;
}

/** Where a field is found. */
export interface Place extends Meaning, FieldSlot {
  readonly key: string;
  readonly inMeta: boolean;
}

/** How far a key within `m` ranks behind one beside it: more than the length of any row of the table. */
const WITHIN = 1000;

/** Behind every rank. */
const NOWHERE = 2 * WITHIN;

/**
 * What the keys of a node and of its `m` mean. Most segments of a draft have the same keys, and comparing keys is
 * several times cheaper than looking up each of them.
 */
export class Look {
  readonly places: readonly Place[];
  /** The keys beside `m` without a meaning. */
  readonly rest: readonly string[];
  /** Whether other nodes with these keys can be read the same way: not when a key was skipped for its value. */
  readonly isTypical: boolean;
  readonly #beside: readonly string[];
  readonly #within: readonly string[];

  /** `structure`: the keys beside `m` that the caller reads. */
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
    this.rest = beside.filter((key) => !this.places.some((place) => !place.inMeta && place.key === key));
    this.isTypical = isTypical;
  }

  /** Whether a node and its `m` have exactly these keys in this order. */
  fits(json: JsonObject, meta: JsonObject): boolean {
    return hasKeys(json, this.#beside) && hasKeys(meta, this.#within);
  }

  /** Puts the fields into their slots; false when a value has the wrong type. */
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
  return typeof value === 'string' || (reads === 'id' && (typeof value === 'number' || isExactNumber(value)));
}

/** The fields of one sort of node, each with the user's keys and the known keys. */
export type Rows = readonly (readonly [field: Field, own: readonly string[], known: readonly string[]])[];

/** How many looks are remembered. */
const LOOKS = 8;

/** One object for every `m` that is not an object and every empty `extra`. */
const NOTHING: JsonObject = /* @__PURE__ */ Object.freeze({});

/**
 * Reads nodes of one sort. The fields it found stay in the reader until the next `read`; an object a segment for them
 * would be slow in a draft of thousands.
 */
export class NodeReader {
  readonly #structure: readonly string[];
  readonly #meanings = new Map<string, Meaning>();
  readonly #values: unknown[] = Object.keys(FIELDS).fill('');
  readonly #looks: Look[] = [];
  /** The look of the last node. */
  #look: Look | undefined;

  /** `structure`: the keys that the caller reads. */
  constructor(structure: readonly string[], rows: Rows) {
    this.#structure = structure;
    for (const [field, own] of rows) this.#add(field, own, 0);
    for (const [field, own, known] of rows) this.#add(field, known, own.length);
  }

  /** A key in two rows belongs to the user's row, else to the first. */
  #add(field: Field, keys: readonly string[], after: number): void {
    keys.forEach((key, index) => {
      if (!this.#meanings.has(key)) this.#meanings.set(key, { field, rank: after + index });
    });
  }

  /** Finds the fields of `json` and of its `m`, and returns the keys beside `m` that are not a field. */
  read(json: JsonObject): DraftExtra {
    const meta = metaOf(json);
    const look = this.#read(json, meta);
    this.#look = look;
    const odd = meta === NOTHING && json.m !== undefined;
    if (look.rest.length === 0 && !odd) return NOTHING;
    const extra: JsonObject = {};
    for (const key of look.rest) setKey(extra, key, json[key]);
    if (odd) extra.m = json.m;
    return extra;
  }

  #read(json: JsonObject, meta: JsonObject): Look {
    for (const look of this.#looks) {
      if (look.fits(json, meta) && look.read(json, meta, this.#values.fill(undefined))) return look;
    }
    const look = new Look(json, meta, this.#meanings, this.#structure);
    look.read(json, meta, this.#values.fill(undefined));
    if (look.isTypical && this.#looks.length < LOOKS) this.#looks.unshift(look);
    return look;
  }

  /** The field as a number. */
  number({ slot }: FieldSlot): number | undefined {
    return readNumber(this.#values[slot]);
  }

  /** The field as a string. */
  text({ slot }: FieldSlot): string | undefined {
    const value = this.#values[slot];
    if (isExactNumber(value)) return value.$number;
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
  }

  /** The field as it came. */
  value({ slot }: FieldSlot): unknown {
    return this.#values[slot];
  }

  /** Where the fields were found in the node that was read last. */
  get places(): readonly Place[] {
    return this.#look?.places ?? [];
  }
}

/** The `m` of a node; an empty object where it is missing. */
export function metaOf(json: JsonObject): JsonObject {
  return isObject(json.m) && !isExactNumber(json.m) ? json.m : NOTHING;
}

const TRACK_FIELDS = ['id', 'name', 'role', 'volume'] as const;

/** The readers for the nodes of one draft. */
export interface Readers {
  readonly draft: NodeReader;
  readonly track: NodeReader;
  readonly segment: NodeReader;
}

/** Readers that look under the user's `keys` before the known ones. */
export function createReaders(keys: DraftKeys = {}): Readers {
  const own: { readonly [F in Field]?: readonly string[] | undefined } = keys;
  const rows = (fields: readonly Field[]): Rows =>
    fields.map((field) => [field, own[field] ?? [], knownKeys(field)]);
  return {
    draft: new NodeReader(['t', 'd', 'm'], rows(['title', 'width', 'height'])),
    track: new NodeReader(['tt', 'sg', 'm'], rows(TRACK_FIELDS)),
    segment: new NodeReader(['d', 'm'], rows(Object.keys(DRAFT_KEYS).filter(isDraftField))),
  };
}
