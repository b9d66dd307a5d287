import type { TimelineSegment } from '../track.js';

/** A track is not drawn in more rows than this; what does not fit is drawn over what is there. */
const MOST_ROWS = 4;

/** The segments of a track in rows of which each shows one thing at a time: overlaps come to lie below. */
export function rowsOf(segments: readonly TimelineSegment[]): TimelineSegment[][] {
  const rows: TimelineSegment[][] = [[]];
  const ends: number[] = [Number.NEGATIVE_INFINITY];
  for (const segment of [...segments].sort((a, b) => a.startMs - b.startMs)) {
    let row = ends.findIndex((endMs) => endMs <= segment.startMs);
    if (row < 0 && rows.length < MOST_ROWS) row = rows.push([]) - 1;
    if (row < 0) row = ends.indexOf(Math.min(...ends));
    rows[row]?.push(segment);
    ends[row] = Math.max(ends[row] ?? segment.endMs, segment.endMs);
  }
  return rows;
}
