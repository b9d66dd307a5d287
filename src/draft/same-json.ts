import type { DraftSegment } from './draft.js';

/** Whether two values of JSON are deeply equal. The order of keys does not count. */
export function sameJson(a: unknown, b: unknown): boolean {
  return sameApart(a, b, () => false);
}

/**
 * Whether two values of JSON are deeply equal apart from the queries of web addresses: a service signs the same address
 * anew at each read.
 */
export function sameContent(a: unknown, b: unknown): boolean {
  return sameApart(a, b, sameAddress);
}

function sameAddress(a: unknown, b: unknown): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return false;
  return /^https?:/i.test(a) && withoutQuery(a) === withoutQuery(b);
}

/** An address without its query and fragment. */
export function withoutQuery(address: string): string {
  return address.replace(/[?#].*/s, '');
}

type Same = (x: unknown, y: unknown) => boolean;

/** At any depth: pairs still to compare wait in a list. `same`: whether two unequal values count as equal. */
function sameApart(a: unknown, b: unknown, same: Same): boolean {
  if (a === b) return true;
  const left: unknown[] = [];
  let x = a;
  let y = b;
  do {
    if (!isContainer(x) || !isContainer(y)) {
      if (!same(x, y)) return false;
    } else if (Array.isArray(x) !== Array.isArray(y) || !sameKeys(x, y, left, same)) {
      return false;
    }
    y = left.pop();
    x = left.pop();
  } while (x !== undefined);
  return true;
}

/** Whether two objects have the same keys and values; pairs of objects among the values are added to `left`. */
function sameKeys(x: Container, y: Container, left: unknown[], same: Same): boolean {
  const keys = Object.keys(y);
  let index = 0;
  for (const key in x) {
    // Mostly the keys are in the same order, which is faster than looking each up.
    if (key !== keys[index] && !Object.hasOwn(y, key)) return false;
    index += 1;
    const inX = x[key];
    const inY = y[key];
    if (inX === inY) continue;
    if (isContainer(inX)) left.push(inX, inY);
    else if (!same(inX, inY)) return false;
  }
  return index === keys.length;
}

type Container = { readonly [key: string]: unknown };

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

/** Whether two segments are equal apart from their start. */
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

/** Whether two segments are equal. */
export function sameSegment(a: DraftSegment, b: DraftSegment): boolean {
  return a.startMs === b.startMs && sameButStart(a, b);
}
