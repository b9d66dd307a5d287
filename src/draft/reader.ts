import { type Candidates, candidatesOf, canRead, type Meaning, type Rows } from './candidates.js';
import { Extra } from './extra.js';
import { isObject, type JsonObject, setKey } from './json.js';
import { FIELDS, type Field } from './keys.js';
import { readNumber } from './number.js';
import { Shape } from './shape.js';
import type { DraftExtra } from './types.js';

/** How far a key within `m` ranks behind one beside it: more than any row of the table is long. */
const WITHIN = 1000;

/** Behind every rank. */
const NOT_FOUND = 2 * WITHIN;

/** What a key means that gives a node its structure, and that the caller reads itself. */
const STRUCTURE: Meaning = { slot: -1, rank: NOT_FOUND, reads: 'value' };

/** How many looks are remembered. */
const LOOKS = 4;

/** In the place of an `m` that is no object. */
const NO_META: JsonObject = Object.freeze({});

/** Where a field was found. */
export interface Place {
  readonly key: string;
  readonly inMeta: boolean;
}

/** The keys of a node and of its `m`, of which no two mean the same field. */
interface Look {
  readonly beside: Shape;
  readonly within: Shape;
}

/**
 * Reads nodes of one sort: one pass over the keys of a node and of its `m`. What it found stays in its arrays until
 * the next `read`; an object for it per segment would be felt in a draft of thousands.
 */
export class NodeReader {
  readonly #within: Candidates;
  readonly #beside: Candidates;
  readonly #rows: (readonly string[])[] = Object.values(FIELDS).map(() => []);
  readonly #values: unknown[] = this.#rows.map(() => undefined);
  readonly #ranks: number[] = this.#rows.map(() => NOT_FOUND);
  readonly #looks: Look[] = [];
  /** How the last node looked; undefined when its fields had to be searched for. */
  #last: Look | undefined;

  constructor(structure: readonly string[], rows: Rows) {
    for (const [field, own, known] of rows) this.#rows[FIELDS[field].slot] = [...own, ...known];
    this.#within = candidatesOf(rows);
    this.#beside = new Map([...this.#within, ...structure.map((key) => [key, STRUCTURE] as const)]);
  }

  /** Finds the fields of `json`, and gives what lies beside its `m` and is none. */
  read(json: JsonObject): DraftExtra {
    const extra = new Extra(json, this);
    const meta = metaOf(json);
    const look = this.#lookOf(json, meta);
    if (look !== undefined && this.#readAs(look, json, meta)) {
      for (const key of look.beside.unknown) setKey(extra, key, json[key]);
    } else {
      this.#prepareFor(undefined);
      this.#search(json, this.#beside, 0, extra);
      this.#search(meta, this.#within, WITHIN, undefined);
    }
    if (meta === NO_META && json.m !== undefined) extra.m = json.m;
    return extra;
  }

  #lookOf(json: JsonObject, meta: JsonObject): Look | undefined {
    const fits = ({ beside, within }: Look): boolean => beside.fits(json) && within.fits(meta);
    if (this.#last !== undefined && fits(this.#last)) return this.#last;
    const known = this.#looks.find(fits);
    if (known !== undefined || this.#looks.length === LOOKS) return known;
    const look = { beside: new Shape(json, this.#beside), within: new Shape(meta, this.#within) };
    const slots = [...look.beside.fields, ...look.within.fields].map(({ slot }) => slot);
    if (new Set(slots).size < slots.length) return undefined;
    this.#looks.push(look);
    return look;
  }

  #readAs(look: Look, json: JsonObject, meta: JsonObject): boolean {
    if (look !== this.#last) this.#prepareFor(look);
    return look.beside.read(json, this.#values) && look.within.read(meta, this.#values);
  }

  /** Clears what the last node left. One that looks like it fills the same places, and needs no clearing. */
  #prepareFor(look: Look | undefined): void {
    this.#last = look;
    this.#values.fill(undefined);
    this.#ranks.fill(NOT_FOUND);
    for (const { slot, rank } of look?.beside.fields ?? []) this.#ranks[slot] = rank;
    for (const { slot, rank } of look?.within.fields ?? []) this.#ranks[slot] = rank + WITHIN;
  }

  /** Finds the fields among the keys of one object; what is none goes into `rest`. */
  #search(node: JsonObject, candidates: Candidates, behind: number, rest: JsonObject | undefined): void {
    for (const key of Object.keys(node)) {
      const value = node[key];
      const meaning = candidates.get(key);
      if (meaning === STRUCTURE) continue;
      const best = meaning && this.#ranks[meaning.slot];
      if (
        meaning === undefined ||
        best === undefined ||
        !canRead(meaning.reads, value) ||
        meaning.rank + behind > best
      ) {
        if (rest !== undefined) setKey(rest, key, value);
        continue;
      }
      const displaced = this.#rows[meaning.slot]?.[best - behind];
      if (displaced !== undefined && rest !== undefined) setKey(rest, displaced, this.#values[meaning.slot]);
      this.#values[meaning.slot] = value;
      this.#ranks[meaning.slot] = meaning.rank + behind;
    }
  }

  /** The field as a number. */
  number(field: Field): number | undefined {
    return readNumber(this.#values[FIELDS[field].slot]);
  }

  /** The field as a string. */
  text(field: Field): string | undefined {
    const value = this.#values[FIELDS[field].slot];
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
  }

  /** The field as it came. */
  value(field: Field): unknown {
    return this.#values[FIELDS[field].slot];
  }

  /** Where the field was found in the node that was read last. */
  place(field: Field): Place | undefined {
    const { slot } = FIELDS[field];
    const rank = this.#ranks[slot] ?? NOT_FOUND;
    const inMeta = rank >= WITHIN;
    const key = this.#rows[slot]?.[inMeta ? rank - WITHIN : rank];
    return key === undefined ? undefined : { key, inMeta };
  }

  /** The keys of `m` under which a field was found in the node that was read last. */
  metaKeys(): string[] {
    return this.#rows.flatMap((row, slot) => row[(this.#ranks[slot] ?? NOT_FOUND) - WITHIN] ?? []);
  }

  /** Where a field belongs that was not found. */
  home(field: Field): Place {
    return { key: this.#rows[FIELDS[field].slot]?.[0] ?? field, inMeta: FIELDS[field].inMeta };
  }
}

/** The `m` of a node; an empty object where it has none. */
export function metaOf(json: JsonObject): JsonObject {
  return isObject(json.m) ? json.m : NO_META;
}
