import { fileName, formatSpan, formatVolume, oneLine } from './format.js';
import type { Span } from './spans.js';
import type { TimelineTrack } from './track.js';
import type { DraftSegment, TrackKind } from './types.js';
import type { Words } from './words.js';

/** How many segments of a track without a name are told one by one. */
const TOLD = 3;

/** The tracks in one line: `Timeline (2 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%)`. */
export function summarize(tracks: readonly TimelineTrack[], words: Words): string {
  const heading = words.timeline(tracks.length);
  if (tracks.length === 0) return heading;
  const lines = tracks.map((track, index) => `${index + 1}. ${trackLine(track, words)}`);
  return `${heading}${words.colon}${lines.join(' ')}`;
}

/** What a person calls the track: `BGM`. */
export function trackLabel({ kind, code, role }: TimelineTrack, words: Words): string {
  const isCode = kind === 'unknown' && (typeof code === 'number' || typeof code === 'string');
  return isCode ? words.unknown(oneLine(String(code))) : words.role(role);
}

/** One track: `BGM: Lo-fi (0-10s, 35%)`. */
export function trackLine(track: TimelineTrack, words: Words): string {
  const label = trackLabel(track, words);
  return label + trackContent(track, label, words);
}

/** What follows the label of a track: `: Lo-fi (0-10s, 35%)`, or without a name ` (0-10s)`. */
export function trackContent(track: TimelineTrack, label: string, words: Words): string {
  const items = trackItems(track, words);
  const [only] = items;
  if (items.length === 1 && only?.name === '') return only.details;
  return words.colon + items.map(({ name, details }) => (name || label) + details).join(words.comma);
}

interface Item {
  readonly name: string;
  readonly details: string;
}

function trackItems(track: TimelineTrack, words: Words): Item[] {
  const { segments, kind } = track;
  const [first] = segments;
  const name = kind === 'text' ? '' : oneLine(track.name ?? '');
  if (first === undefined) return [{ name, details: words.inBrackets(words.empty) }];
  if (name !== '' || segments.length === 1) {
    const details = detailsOf(track, track.volume ?? commonVolume(segments), words);
    return [{ name: name || segmentName(first, kind, words), details }];
  }
  const items = segments.slice(0, TOLD).map((segment) => ({
    name: segmentName(segment, kind, words),
    details: detailsOf(segment, segment.volume, words),
  }));
  const rest = segments.slice(TOLD);
  if (rest.length === 0) return items;
  const span = {
    startMs: rest.reduce((least, { startMs }) => Math.min(least, startMs), Number.POSITIVE_INFINITY),
    endMs: rest.reduce((most, { endMs }) => Math.max(most, endMs), 0),
  };
  return [...items, { name: words.more(rest.length), details: detailsOf(span, undefined, words) }];
}

/**
 * What a person calls a segment: on a text track its words in quotes; else its name, else the name of its file;
 * else nothing.
 */
export function segmentName(segment: DraftSegment, kind: TrackKind, words: Words): string {
  const name = oneLine(segment.name ?? '') || oneLine(fileName(segment.source ?? ''));
  const text = oneLine(segment.text ?? '') || (kind === 'text' ? name : '');
  return text !== '' && (kind === 'text' || name === '') ? words.quote(text) : name;
}

/** When it plays and how loud: ` (0-10s, 35%)`. */
export function detailsOf(span: Span, volume: number | undefined, words: Words): string {
  const time = formatSpan(span, words.second);
  return words.inBrackets(volume === undefined ? time : `${time}${words.comma}${formatVolume(volume)}`);
}

function commonVolume(segments: readonly DraftSegment[]): number | undefined {
  const volume = segments[0]?.volume;
  return segments.every((segment) => segment.volume === volume) ? volume : undefined;
}
