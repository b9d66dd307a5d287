import type { Rows } from './candidates.js';
import { DRAFT_KEYS, type DraftField, type DraftKeys, METADATA_KEYS } from './keys.js';
import { NodeReader } from './reader.js';

/** What a track is read for. */
export const TRACK_FIELDS = ['id', 'name', 'role', 'volume'] as const;

/** What a segment is read for. */
export const SEGMENT_FIELDS = [
  'id',
  'start',
  'name',
  'text',
  'volume',
  'source',
  'sourceStart',
  'speed',
  'position',
  'transition',
  'role',
] as const;

/** The readers for the nodes of one draft. */
export interface Readers {
  readonly draft: NodeReader;
  readonly track: NodeReader;
  readonly segment: NodeReader;
  /** For segments without the documented `d`, whose length has to be looked for as well. */
  readonly undocumented: NodeReader;
}

/** Readers that look under the user's `keys` before the known ones. */
export function createReaders(keys: DraftKeys): Readers {
  const rows = (fields: readonly DraftField[]): Rows =>
    fields.map((field) => [field, keys[field] ?? [], DRAFT_KEYS[field]]);
  return {
    draft: new NodeReader(
      ['t', 'd', 'm'],
      [
        ['title', [], METADATA_KEYS.title],
        ['width', [], METADATA_KEYS.width],
        ['height', [], METADATA_KEYS.height],
      ],
    ),
    track: new NodeReader(['tt', 'sg', 'm'], rows(TRACK_FIELDS)),
    segment: new NodeReader(['d', 'm'], rows(SEGMENT_FIELDS)),
    undocumented: new NodeReader(['d', 'm'], rows([...SEGMENT_FIELDS, 'duration', 'end'])),
  };
}
