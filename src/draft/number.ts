/** Times are kept within what a number counts exactly, so that no sum of them is Infinity or NaN. */
const LIMIT = Number.MAX_SAFE_INTEGER;

/** A number, or a string that spells one. */
export function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isNaN(number) ? undefined : number;
}

/** A point in time, in ms. */
export function toTime(ms: number): number {
  return ms > LIMIT ? LIMIT : ms < -LIMIT ? -LIMIT : ms;
}

/** A length of time, in ms: what would be negative is nothing. */
export function toDuration(ms: number): number {
  return ms > 0 ? toTime(ms) : 0;
}
