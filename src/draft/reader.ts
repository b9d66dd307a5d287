import { isObject, type JsonObject, setKey } from './json.js';
import { FIELDS, type Field, type Reads } from './keys.js';
import { readNumber } from './number.js';
import type { DraftExtra } from './types.js';

/** How far a key within `m` ranks behind one beside it: more than any row of the table is long. */
const WITHIN = 1000;

/** Behind every rank. */
const NOT_FOUND = 2 * WITHIN;

/** What a key may mean: a field, `rank` places down its row. */
interface Candidate {
  readonly slot: number;
  readonly rank: number;
  readonly reads: Reads;
}

/** What a key means that gives a node its structure, and that the caller reads itself. */
const STRUCTURE: Candidate = { slot: -1, rank: NOT_FOUND, reads: 'value' };

/** The fields of one sort of node, each with the user's keys and the known ones. */
export type Rows = readonly (readonly [field: Field, own: readonly string[], known: readonly string[]])[];

/** Where a field was found. */
export interface Place {
  readonly key: string;
  readonly inMeta: boolean;
}

/**
 * Reads nodes of one sort: one pass over the keys of a node and of its `m`. What it found stays in its arrays until
 * the next `read`; an object for it per segment would be felt in a draft of thousands.
 */
export class NodeReader {
  readonly #within = new Map<string, Candidate>();
  readonly #beside: Map<string, Candidate>;
  readonly #rows: (readonly string[])[] = Object.values(FIELDS).map(() => []);
  readonly #values: unknown[] = this.#rows.map(() => undefined);
  readonly #ranks: number[] = this.#rows.map(() => NOT_FOUND);

  constructor(structure: readonly string[], rows: Rows) {
    for (const [field, own, known] of rows) this.#rows[FIELDS[field].slot] = [...own, ...known];
    for (const [field, own] of rows) this.#add(field, own, 0);
    for (const [field, own, known] of rows) this.#add(field, known, own.length);
    this.#beside = new Map([...this.#within, ...structure.map((key) => [key, STRUCTURE] as const)]);
  }

  #add(field: Field, keys: readonly string[], after: number): void {
    const { slot, reads } = FIELDS[field];
    keys.forEach((key, index) => {
      if (!this.#within.has(key)) this.#within.set(key, { slot, rank: after + index, reads });
    });
  }

  /** Finds the fields of `json`, and gives what is none. */
  read(json: JsonObject): DraftExtra {
    this.#values.fill(undefined);
    this.#ranks.fill(NOT_FOUND);
    const extra = new Extra(json, this);
    this.#scan(json, this.#beside, 0, extra);
    const meta = json.m;
    if (isObject(meta)) {
      const rest = this.#scan(meta, this.#within, WITHIN, undefined);
      if (rest !== undefined) extra.m = rest;
    } else if (meta !== undefined) {
      extra.m = meta;
    }
    return extra;
  }

  /** Sorts the keys of one object into fields and `rest`, which is made when there is need of it. */
  #scan(
    node: JsonObject,
    candidates: Map<string, Candidate>,
    behind: number,
    into: JsonObject | undefined,
  ): JsonObject | undefined {
    let rest = into;
    for (const key in node) {
      const value = node[key];
      const candidate = candidates.get(key);
      if (candidate === STRUCTURE) continue;
      if (candidate === undefined || !canRead(candidate.reads, value)) {
        rest ??= {};
        setKey(rest, key, value);
        continue;
      }
      const { slot } = candidate;
      const rank = candidate.rank + behind;
      const best = this.#ranks[slot] ?? NOT_FOUND;
      if (rank > best) {
        rest ??= {};
        setKey(rest, key, value);
        continue;
      }
      if (best < NOT_FOUND) {
        rest ??= {};
        setKey(rest, this.#rows[slot]?.[best - behind] ?? '', this.#values[slot]);
      }
      this.#values[slot] = value;
      this.#ranks[slot] = rank;
    }
    return rest;
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
    if (rank >= NOT_FOUND) return undefined;
    const inMeta = rank >= WITHIN;
    const key = this.#rows[slot]?.[inMeta ? rank - WITHIN : rank];
    return key === undefined ? undefined : { key, inMeta };
  }

  /** Where a field belongs that was not found. */
  home(field: Field): Place {
    return { key: this.#rows[FIELDS[field].slot]?.[0] ?? field, inMeta: FIELDS[field].inMeta };
  }
}

function canRead(reads: Reads, value: unknown): boolean {
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

/**
 * The `extra` of a node remembers, unseen, the JSON it was left over from, and so survives the spreading by which
 * drafts are changed. `encodeDraft` can then put every field back where it was found.
 */
class Extra implements DraftExtra {
  [key: string]: unknown;
  readonly #origin: Origin;

  constructor(json: JsonObject, reader: NodeReader) {
    this.#origin = { json, reader };
  }

  static originOf(extra: DraftExtra): Origin | undefined {
    return #origin in extra ? extra.#origin : undefined;
  }
}

/** What a node was decoded from. */
export interface Origin {
  readonly json: JsonObject;
  readonly reader: NodeReader;
}

/** What the node with this `extra` was decoded from, unless it was made by hand. */
export const originOf = Extra.originOf;
