import { isObject, type JsonObject } from '../wire/json.js';
import { setKey } from './json.js';
import { FIELDS, type Field, knownKeys } from './keys.js';
import { metaOf, type NodeReader } from './reader.js';
import type { DraftNode } from './types.js';

/**
 * Puts one node together again: the JSON it was decoded from says where its fields were and in which order, the
 * caller says what they are now.
 */
export class NodeWriter {
  /** What the node was decoded from; empty for one made by hand. */
  readonly json: JsonObject;
  /** Has just read `json`. */
  readonly reader: NodeReader;
  readonly #beside: Map<string, unknown>;
  readonly #meta: Map<string, unknown>;

  constructor({ metadata, extra, raw = {} }: DraftNode, reader: NodeReader) {
    reader.read(raw);
    this.json = raw;
    this.reader = reader;
    this.#beside = new Map(Object.entries(extra));
    this.#meta = new Map(Object.entries(metadata));
  }

  /** Sets a field, or leaves it out. What reads the same as before is written as it was: `"3000"` stays a string. */
  field(field: Field, value: unknown, before: unknown = this.#before(field)): void {
    const place = this.reader.places.find((found) => found.field === field);
    const { key, inMeta } = place ?? homeOf(field);
    const target = inMeta ? this.#meta : this.#beside;
    if (place !== undefined && value === before) {
      // What lies in `m` is there already, and may have been changed there.
      if (!inMeta) target.set(key, this.reader.value(FIELDS[field]));
    } else if (value !== undefined) {
      target.set(key, value);
    } else if (place !== undefined) {
      target.delete(key);
    }
  }

  /** Sets a key beside `m`, or leaves it out. */
  key(key: string, value: unknown): void {
    if (value !== undefined) this.#beside.set(key, value);
  }

  /** Keeps a key beside `m` as it was, or left out as it was. */
  keep(key: string): void {
    if (Object.hasOwn(this.json, key)) this.#beside.set(key, this.json[key]);
  }

  /** The node as JSON, its keys in the order they had. */
  finish(): JsonObject {
    if (this.#meta.size > 0 || isObject(this.json.m)) {
      this.#beside.set('m', inOrderOf(metaOf(this.json), this.#meta));
    }
    return inOrderOf(this.json, this.#beside);
  }

  #before(field: Field): unknown {
    const slot = FIELDS[field];
    switch (slot.reads) {
      case 'number':
        return this.reader.number(slot);
      case 'value':
        return this.reader.value(slot);
      default:
        return this.reader.text(slot);
    }
  }
}

const BESIDE: readonly Field[] = ['id', 'start', 'duration', 'end'];

/** Where a field is written that was not there before. */
function homeOf(field: Field): { readonly key: string; readonly inMeta: boolean } {
  return { key: knownKeys(field)[0] ?? field, inMeta: !BESIDE.includes(field) };
}

function inOrderOf(model: JsonObject, entries: Map<string, unknown>): JsonObject {
  const json: JsonObject = {};
  for (const key of Object.keys(model)) {
    if (entries.has(key)) setKey(json, key, entries.get(key));
  }
  for (const [key, value] of entries) {
    if (!Object.hasOwn(model, key)) setKey(json, key, value);
  }
  return json;
}
