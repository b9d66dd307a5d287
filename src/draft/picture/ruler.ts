import { formatLength } from '../format.js';

/** Distances between marks that people read easily, in ms. */
const STEPS = [
  100, 200, 500, 1e3, 2e3, 5e3, 10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 900e3, 1800e3, 3600e3,
];

/** A mark on the ruler. */
export interface Mark {
  readonly ms: number;
  readonly label: string;
}

/** Marks at even times from 0 to `endMs`, as close as people like them but at most `most` and the one at 0. */
export function marksUpTo(endMs: number, most: number, second: string): Mark[] {
  let step = STEPS.find((ms) => endMs / ms <= most) ?? 3600e3;
  while (endMs / step > most) step *= 2;
  return Array.from({ length: Math.floor(endMs / step) + 1 }, (_, index) => {
    const ms = index * step;
    return { ms, label: ms === 0 ? '0' : formatLength(ms, second) };
  });
}
