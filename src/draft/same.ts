import type { DraftSegment } from './types.js';

/** Whether two values of JSON are deeply equal, however deep: by a list of what is left, not by recursion. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const left: unknown[] = [a, b];
  while (left.length > 0) {
    const y = left.pop();
    const x = left.pop();
    if (x === y) continue;
    if (!isContainer(x) || !isContainer(y) || Array.isArray(x) !== Array.isArray(y)) return false;
    const keys = Object.keys(x);
    if (Object.keys(y).length !== keys.length) return false;
    for (const key of keys) {
      if (!Object.hasOwn(y, key)) return false;
      const inX = x[key];
      const inY = y[key];
      if (inX === inY) continue;
      if (!isContainer(inX)) return false;
      left.push(inX, inY);
    }
  }
  return true;
}

function isContainer(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null;
}

/** Whether two segments are alike but for when they start. */
export function sameButStart(a: DraftSegment, b: DraftSegment): boolean {
  return (
    a.durationMs === b.durationMs &&
    a.id === b.id &&
    a.name === b.name &&
    a.text === b.text &&
    a.volume === b.volume &&
    a.source === b.source &&
    a.sourceStartMs === b.sourceStartMs &&
    a.speed === b.speed &&
    a.role === b.role &&
    sameJson(a.position, b.position) &&
    sameJson(a.transition, b.transition) &&
    sameJson(a.metadata, b.metadata) &&
    sameJson(a.extra, b.extra)
  );
}

/** Whether two segments are alike in everything. */
export function sameSegment(a: DraftSegment, b: DraftSegment): boolean {
  return a.startMs === b.startMs && sameButStart(a, b);
}
