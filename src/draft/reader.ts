import { isObject, type JsonObject } from '../wire/json.js';
import { setKey } from './json.js';
import { FIELDS, type Field, type FieldSlot } from './keys.js';
import { Look, type Meaning, type Place } from './look.js';
import { readNumber } from './number.js';
import type { DraftExtra } from './types.js';

/** The fields of one sort of node, each with the user's keys and the known ones. */
export type Rows = readonly (readonly [field: Field, own: readonly string[], known: readonly string[]])[];

/** How many looks are remembered. */
const LOOKS = 8;

/** In the place of an `m` that is no object, and of an `extra` without any key: one object for all of them. */
const NOTHING: JsonObject = /* @__PURE__ */ Object.freeze({});

/**
 * Reads nodes of one sort. What it found stays in its hands until the next `read`; an object for it per segment would
 * be felt in a draft of thousands.
 */
export class NodeReader {
  readonly #structure: readonly string[];
  readonly #meanings = new Map<string, Meaning>();
  readonly #values: unknown[] = Object.keys(FIELDS).fill('');
  readonly #looks: Look[] = [];
  /** How the last node looked. */
  #look: Look | undefined;

  /** `structure` are the keys that the caller reads itself, and that therefore are no news. */
  constructor(structure: readonly string[], rows: Rows) {
    this.#structure = structure;
    for (const [field, own] of rows) this.#add(field, own, 0);
    for (const [field, own, known] of rows) this.#add(field, known, own.length);
  }

  /** A key that stands in two rows is the user's, then the first row's. */
  #add(field: Field, keys: readonly string[], after: number): void {
    keys.forEach((key, index) => {
      if (!this.#meanings.has(key)) this.#meanings.set(key, { field, rank: after + index });
    });
  }

  /** Finds the fields of `json` and of its `m`, and gives what lies beside `m` and is none. */
  read(json: JsonObject): DraftExtra {
    const meta = metaOf(json);
    const look = this.#known(json, meta) ?? this.#learn(json, meta);
    const odd = meta === NOTHING && json.m !== undefined;
    if (look.rest.length === 0 && !odd) return NOTHING;
    const extra: JsonObject = {};
    for (const key of look.rest) setKey(extra, key, json[key]);
    if (odd) extra.m = json.m;
    return extra;
  }

  #known(json: JsonObject, meta: JsonObject): Look | undefined {
    const look = this.#alike(json, meta);
    return look !== undefined && this.#readAs(look, json, meta) ? look : undefined;
  }

  #alike(json: JsonObject, meta: JsonObject): Look | undefined {
    if (this.#look?.isTypical && this.#look.fits(json, meta)) return this.#look;
    for (const look of this.#looks) if (look.fits(json, meta)) return look;
    return undefined;
  }

  #learn(json: JsonObject, meta: JsonObject): Look {
    const look = new Look(json, meta, this.#meanings, this.#structure);
    if (look.isTypical && this.#looks.length < LOOKS) this.#looks.push(look);
    this.#readAs(look, json, meta);
    return look;
  }

  #readAs(look: Look, json: JsonObject, meta: JsonObject): boolean {
    // A node that looks like the last one fills the same slots.
    if (look !== this.#look) this.#values.fill(undefined);
    this.#look = look;
    return look.read(json, meta, this.#values);
  }

  /** The field as a number. */
  number({ slot }: FieldSlot): number | undefined {
    return readNumber(this.#values[slot]);
  }

  /** The field as a string. */
  text({ slot }: FieldSlot): string | undefined {
    const value = this.#values[slot];
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

/** The `m` of a node; an empty object where it has none. */
export function metaOf(json: JsonObject): JsonObject {
  return isObject(json.m) ? json.m : NOTHING;
}
