import type { LocalDraft } from '../../dialect.js';
import { type Picture, picturesIn, type Setting } from './tracks.js';

/** Shares time out among pictures. */

/** The shortest and the longest video that the agent makes, in ms. */
export const VIDEO_LENGTH = { least: 1000, most: 600_000 } as const;
/** Nobody sees a picture that is shorter, in ms. */
export const SHORTEST_PICTURE = 200;

/** How long a picture can last at most: a clip no longer than its source, a still as long as one likes. */
export function mostOf(picture: Picture, setting: Setting): number {
  if (picture.m.kind !== 'video') return Number.POSITIVE_INFINITY;
  const source = setting.media.find(({ url }) => url === picture.m.src)?.durationMs;
  if (source === undefined) return Number.POSITIVE_INFINITY;
  return Math.max(Math.floor((source - (picture.m.in ?? 0)) / (picture.m.speed ?? 1)), 1);
}

/** Whole numbers in the same proportions, whose sum is exactly `total`. */
function exactly(lengths: readonly number[], total: number): number[] {
  let sum = 0;
  let given = 0;
  return lengths
    .map((length) => {
      sum += length;
      const share = Math.round(sum) - given;
      given += share;
      return share;
    })
    .map((share, index, all) => (index === all.length - 1 ? share + total - given : share));
}

/**
 * The length of each part so that together they last `total`: in proportion to `weights`, none longer than its
 * limit. Undefined where the limits leave the total out of reach.
 */
export function shareOut(
  weights: readonly number[],
  limits: readonly number[],
  total: number,
): number[] | undefined {
  const lengths = weights.map(() => 0);
  let open = weights.map((_, index) => index);
  let left = total;
  while (open.length > 0) {
    const weight = open.reduce((sum, index) => sum + (weights[index] ?? 1), 0);
    const share = (index: number): number => (left * (weights[index] ?? 1)) / weight;
    const full = open.filter((index) => share(index) >= (limits[index] ?? 0));
    if (full.length === 0) {
      for (const index of open) lengths[index] = share(index);
      return exactly(lengths, total);
    }
    for (const index of full) {
      lengths[index] = limits[index] ?? 0;
      left -= limits[index] ?? 0;
    }
    open = open.filter((index) => !full.includes(index));
  }
  return Math.abs(left) < 1 ? exactly(lengths, total) : undefined;
}

/** Makes the pictures of the draft last `total` together, in proportion to what they last now; false where they can't. */
export function fitPictures(draft: LocalDraft, total: number, setting: Setting): boolean {
  const pictures = picturesIn(draft);
  const lengths = shareOut(
    pictures.map(({ d }) => d),
    pictures.map((picture) => mostOf(picture, setting)),
    total,
  );
  if (!lengths) return false;
  for (const [index, picture] of pictures.entries()) picture.d = lengths[index] ?? picture.d;
  return true;
}
