import type { JsonObject } from './json.js';
import type { NodeReader } from './reader.js';
import type { DraftExtra } from './types.js';

/** What a node was decoded from. */
export interface Origin {
  readonly json: JsonObject;
  readonly reader: NodeReader;
}

/**
 * The `extra` of a node remembers, unseen, the JSON that it is left over from. That survives the spreading by which
 * drafts are changed, so that `encodeDraft` can put every field back where it was found.
 */
export class Extra implements DraftExtra {
  [key: string]: unknown;
  readonly #json: JsonObject;
  readonly #reader: NodeReader;

  constructor(json: JsonObject, reader: NodeReader) {
    this.#json = json;
    this.#reader = reader;
  }

  /** What the node with this `extra` was decoded from, unless it was made by hand. */
  static originOf(extra: DraftExtra): Origin | undefined {
    return #json in extra ? { json: extra.#json, reader: extra.#reader } : undefined;
  }
}
