import type { ChangedField } from './change.js';
import { Extra } from './extra.js';
import { sameJson } from './same.js';
import type { DraftExtra, DraftNode } from './types.js';

/**
 * What differs between two nodes: of the fields `names`, of their metadata and of their extra. A key of the metadata
 * that was read into a field is not told twice.
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
  const told = metadata.length === 0 ? [] : [...fieldKeys(before), ...fieldKeys(after)];
  const untold = metadata.filter(({ name }) => !told.includes(name));
  fields.push(...untold, ...changedKeys('extra', before.extra, after.extra));
  // The same field in other words (`"0.5"` for 0.5) is a difference too, if the only one.
  return fields.length === 0 ? metadata : fields;
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

function fieldKeys(node: DraftNode): string[] {
  const origin = Extra.originOf(node.extra);
  if (origin === undefined) return [];
  origin.reader.read(origin.json);
  return origin.reader.places.filter(({ inMeta }) => inMeta).map(({ key }) => `metadata.${key}`);
}
