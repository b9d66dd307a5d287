import type { ChangedField } from './change.js';
import { knownKeys } from './keys.js';
import { readNumber } from './number.js';
import { sameJson } from './same.js';
import type { DraftExtra, DraftNode } from './types.js';

/**
 * What differs between two nodes: of the fields `names`, of their metadata and of their extra. A key of the metadata
 * that a field was read from is not told twice.
 */
export function changedFields<Node extends DraftNode>(
  before: Node,
  after: Node,
  names: readonly (keyof Node & string)[],
): ChangedField[] {
  const fields: ChangedField[] = [];
  for (const name of names) {
    if (!sameJson(before[name], after[name])) fields.push({ name, before: before[name], after: after[name] });
  }
  const metadata = changedKeys('metadata', before.metadata, after.metadata);
  const untold = metadata.filter((key) => !fields.some((field) => isReadFrom(field, key)));
  return [...fields, ...untold, ...changedKeys('extra', before.extra, after.extra)];
}

/** Whether a field changed because a key of the metadata did. */
function isReadFrom(field: ChangedField, key: ChangedField): boolean {
  const candidates = knownKeys(field.name.replace(/Ms$/, ''));
  if (!candidates.includes(key.name.slice('metadata.'.length))) return false;
  return reads(key.before, field.before) && reads(key.after, field.after);
}

function reads(json: unknown, value: unknown): boolean {
  return sameJson(json, value) || (value !== undefined && readNumber(json) === value);
}

function changedKeys(place: 'metadata' | 'extra', before: DraftExtra, after: DraftExtra): ChangedField[] {
  if (sameJson(before, after)) return [];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys]
    .map((key) => ({ name: `${place}.${key}`, before: ownValue(before, key), after: ownValue(after, key) }))
    .filter((field) => !sameJson(field.before, field.after));
}

function ownValue(node: DraftExtra, key: string): unknown {
  return Object.hasOwn(node, key) ? node[key] : undefined;
}
