import { detailsOf, formatLength, formatVolume, oneLine, segmentName, type Words } from '../summary.js';
import type { Timeline, TimelineSegment, TimelineTrack } from '../timeline.js';

/** The heading of a picture: the name of the project, its length and frame. */
export function headingOf(
  timeline: Timeline,
  words: Words,
): { readonly title: string; readonly facts: string } {
  const { title, width, height } = timeline.draft;
  const length = formatLength(timeline.durationMs, words.second);
  const facts = width && height ? `${length} · ${width}×${height}` : length;
  return { title: oneLine(title ?? '') || words.timeline(timeline.tracks.length), facts };
}

/** The caption on a segment: text without quotes, sound with its volume. */
export function captionOf(segment: TimelineSegment, track: TimelineTrack, words: Words): string {
  const name = segmentName(segment, track.kind, { ...words, quote: (text) => text });
  const volume = track.kind === 'audio' ? (segment.volume ?? track.volume) : undefined;
  return [name, volume === undefined ? '' : formatVolume(volume)].filter((part) => part !== '').join(' · ');
}

/** The name, time and volume of a segment: `city.mp4 (0-4s)`. */
export function tooltipOf(segment: TimelineSegment, track: TimelineTrack, words: Words): string {
  return (segmentName(segment, track.kind, words) + detailsOf(segment, segment.volume, words)).trim();
}

/** How far a picture reaches, in ms: to the end of the video and of every segment. Never 0. */
export function extentOf(timeline: Timeline): number {
  return timeline.tracks.reduce((end, track) => Math.max(end, track.endMs), timeline.durationMs) || 1000;
}

/** A track has at most this many rows; what does not fit is drawn over the others. */
const MOST_ROWS = 4;

/** The segments of a track in rows without overlaps: what overlaps moves to the row below. */
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

/** Distances between marks that are easy to read, in ms. */
const STEPS = [
  100, 200, 500, 1e3, 2e3, 5e3, 10e3, 15e3, 30e3, 60e3, 120e3, 300e3, 600e3, 900e3, 1800e3, 3600e3,
];

/** A mark on the ruler. */
export interface Mark {
  readonly ms: number;
  readonly label: string;
}

/** Marks at even times from 0 to `endMs`: at most `most` and the one at 0. */
export function marksUpTo(endMs: number, most: number, second: string): Mark[] {
  let step = STEPS.find((ms) => endMs / ms <= most) ?? 3600e3;
  while (endMs / step > most) step *= 2;
  return Array.from({ length: Math.floor(endMs / step) + 1 }, (_, index) => {
    const ms = index * step;
    return { ms, label: ms === 0 ? '0' : formatLength(ms, second) };
  });
}

/** Characters that fill two columns of a terminal, and about an em on a page: East Asian ones and emoji. */
const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]/u;

/** Characters that fill nothing. */
const EMPTY = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** The characters of a text as a reader sees them. */
export function graphemesOf(text: string): Iterable<string> {
  if (SINGLE.test(text)) return text;
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Text of characters that never combine with a neighbour. A segmenter takes a hundred times as long for it. */
const SINGLE =
  /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2013-\u2026\u2190-\u25ff\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uff01-\uff5e]*$/;

/** Made once: making it takes longer than most texts. */
let segmenter: Intl.Segmenter | undefined;

/** How many columns of a terminal a grapheme fills. */
export function columnsOf(grapheme: string): 0 | 1 | 2 {
  if (/^[\x20-\x7e]$/.test(grapheme)) return 1;
  if (WIDE.test(grapheme)) return 2;
  return EMPTY.test(grapheme) ? 0 : 1;
}

/** About how wide a grapheme is in a sans serif face, in em: rather too much than too little. */
export function emOf(grapheme: string): number {
  if (WIDE.test(grapheme)) return 1.05;
  if (EMPTY.test(grapheme)) return 0;
  if (/^[ijlftrI.,:;'|!()[\] -]/.test(grapheme)) return 0.36;
  return /^[mwMW@%—…\p{Lu}]/u.test(grapheme) ? 0.82 : 0.6;
}

/** `text`, or as much of its beginning as fits with an ellipsis; empty when not even that fits. */
export function clipText(text: string, width: number, measure: (grapheme: string) => number): string {
  if (width <= 0) return '';
  const room = width - measure('…');
  let used = 0;
  let clipped = '';
  for (const grapheme of graphemesOf(text)) {
    used += measure(grapheme);
    if (used > width) return clipped === '' ? '' : `${clipped.trimEnd()}…`;
    if (used <= room) clipped += grapheme;
  }
  return text;
}
