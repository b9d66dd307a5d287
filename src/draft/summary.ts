import { fileName, formatSpan, formatVolume, oneLine } from './format.js';
import { readRole } from './role.js';
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
function trackLine(track: TimelineTrack, words: Words): string {
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

/** What a track is called. `Music` or `Logo` is no name, but what it is for once more. */
export function trackName({ name, kind }: TimelineTrack): string {
  return readRole(name, kind) === undefined ? oneLine(name ?? '') : '';
}

function trackItems(track: TimelineTrack, words: Words): Item[] {
  const { segments, kind } = track;
  const [first] = segments;
  const name = kind === 'text' ? '' : trackName(track);
  if (first === undefined) return [{ name, details: words.inBrackets(words.empty) }];
  if (name !== '' || segments.length === 1) {
    const volume =
      track.volume ?? (segments.every((each) => each.volume === first.volume) ? first.volume : undefined);
    return [{ name: name || segmentName(first, kind, words), details: detailsOf(track, volume, words) }];
  }
  const items = segments.slice(0, TOLD).map((segment) => ({
    name: segmentName(segment, kind, words),
    details: detailsOf(segment, segment.volume, words),
  }));
  const next = segments[TOLD];
  if (next === undefined) return items;
  const rest = { startMs: next.startMs, endMs: segments.at(-1)?.endMs ?? next.endMs };
  return [...items, { name: words.more(segments.length - TOLD), details: detailsOf(rest, undefined, words) }];
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
