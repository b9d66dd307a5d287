import type { LocalSegment, PictureMeta } from '../dialect.js';

/** When a segment is on screen (or heard), with what comes before and after it taken into account. */
export interface Span<Meta> {
  segment: LocalSegment<Meta>;
  /** First moment, in ms on the timeline. */
  from: number;
  /** The moment it is gone, in ms on the timeline; beyond the segment's end while the next one fades in over it. */
  to: number;
  /** How long it takes to come in over the one before, in ms; 0 for a cut. */
  fadeInMs: number;
  /** How long the next one takes to come in over this one, in ms; 0 for a cut. */
  fadeOutMs: number;
}

/**
 * Starts and durations are rounded to whole ms, so neighbours can miss each other by a frame. A hole of that size is
 * closed, or the ground would flash through.
 */
const LARGEST_SEAM_MS = 100;

/**
 * Lays out the segments of one picture track, bottom to top. `endMs` is the end of the video, up to which the last
 * picture stays if it misses it by a seam.
 */
export function layOutPictures(
  segments: readonly LocalSegment<PictureMeta>[],
  endMs: number,
): Span<PictureMeta>[] {
  const sorted = segments.filter(({ d }) => d > 0).sort((a, b) => a.s - b.s);
  // A video opens with its first picture, not with a fade out of nothing.
  const fadeIn = ({ m, s, d }: LocalSegment<PictureMeta>): number =>
    m.transition?.type === 'crossfade' && s > 0 ? Math.min(m.transition.d, d) : 0;
  return sorted.map((segment, index) => {
    const end = segment.s + segment.d;
    const next = sorted[index + 1];
    const nextStart = next?.s ?? endMs;
    const joined = Math.abs(nextStart - end) <= LARGEST_SEAM_MS;
    const fadeOutMs = joined && next ? fadeIn(next) : 0;
    return {
      segment,
      from: segment.s,
      to: (joined ? nextStart : end) + fadeOutMs,
      fadeInMs: fadeIn(segment),
      fadeOutMs,
    };
  });
}

/** A segment's span where nothing fades over: texts and sounds come and go alone. */
export function layOutAlone<Meta>(segments: readonly LocalSegment<Meta>[]): Span<Meta>[] {
  return segments
    .filter(({ d }) => d > 0)
    .map((segment) => ({
      segment,
      from: segment.s,
      to: segment.s + segment.d,
      fadeInMs: 0,
      fadeOutMs: 0,
    }));
}

/** How much of a picture shows over what is beneath: 0 to 1. */
export function fadedIn({ from, fadeInMs }: Span<unknown>, ms: number): number {
  return fadeInMs === 0 ? 1 : Math.min(1, Math.max(0, (ms - from) / fadeInMs));
}
