import { formatLength, formatVolume, oneLine } from '../format.js';
import { detailsOf, segmentName } from '../summary.js';
import type { Timeline } from '../timeline.js';
import type { TimelineSegment, TimelineTrack } from '../track.js';
import type { Words } from '../words.js';

/** What stands over a picture: what the project is called, its length and frame. */
export function headingOf(
  timeline: Timeline,
  words: Words,
): { readonly title: string; readonly facts: string } {
  const { title, width, height } = timeline.draft;
  const length = formatLength(timeline.durationMs, words.second);
  const facts = width && height ? `${length} · ${width}×${height}` : length;
  return { title: oneLine(title ?? '') || words.timeline(timeline.tracks.length), facts };
}

/** What stands on a segment: text without its quotes, sound with its volume. */
export function captionOf(segment: TimelineSegment, track: TimelineTrack, words: Words): string {
  const name = segmentName(segment, track.kind, { ...words, quote: (text) => text });
  const volume = track.kind === 'audio' ? (segment.volume ?? track.volume) : undefined;
  return [name, volume === undefined ? '' : formatVolume(volume)].filter((part) => part !== '').join(' · ');
}

/** All that is known of a segment: `city.mp4 (0-4s)`. */
export function tooltipOf(segment: TimelineSegment, track: TimelineTrack, words: Words): string {
  return (segmentName(segment, track.kind, words) + detailsOf(segment, segment.volume, words)).trim();
}

/** How far a picture reaches, in ms: to the end of the video and of every segment. Never 0. */
export function extentOf(timeline: Timeline): number {
  return timeline.tracks.reduce((end, track) => Math.max(end, track.endMs), timeline.durationMs) || 1000;
}
