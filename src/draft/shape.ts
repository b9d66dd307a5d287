import { type Candidates, canRead, type Meaning } from './candidates.js';
import type { JsonObject } from './json.js';

/**
 * The keys of one object in their order, and which of them are fields. Most segments of a draft have the same
 * keys, and comparing keys is several times cheaper than looking each of them up.
 */
export class Shape {
  readonly #keys: readonly string[];
  /** The keys that may be fields. */
  readonly fields: readonly (Meaning & { readonly key: string })[];
  /** The keys that mean nothing here. */
  readonly unknown: readonly string[];

  constructor(node: JsonObject, candidates: Candidates) {
    this.#keys = Object.keys(node);
    this.fields = this.#keys.flatMap((key) => {
      const meaning = candidates.get(key);
      return meaning === undefined || meaning.slot < 0 ? [] : [{ key, ...meaning }];
    });
    this.unknown = this.#keys.filter((key) => !candidates.has(key));
  }

  /** Whether `node` has exactly these keys in this order. */
  fits(node: JsonObject): boolean {
    const keys = this.#keys;
    let index = 0;
    for (const key in node) {
      if (key !== keys[index]) return false;
      index += 1;
    }
    return index === keys.length;
  }

  /** Reads the fields; false when one of them has a value that it does not take. */
  read(node: JsonObject, values: unknown[]): boolean {
    for (const { key, slot, reads } of this.fields) {
      const value = node[key];
      if (!canRead(reads, value)) return false;
      values[slot] = value;
    }
    return true;
  }
}
