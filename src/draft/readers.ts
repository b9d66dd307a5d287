import { DRAFT_KEYS, type DraftKeys, type Field, isDraftField, knownKeys } from './keys.js';
import { NodeReader, type Rows } from './reader.js';

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
