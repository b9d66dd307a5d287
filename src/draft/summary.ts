import type { DraftSegment, TrackKind } from './draft.js';
import type { Span } from './spans.js';
import type { TimelineTrack } from './timeline.js';
import { readRole, type TrackRole } from './track-role.js';

/** How many segments of a track without a name are listed. */
const LISTED = 3;

/** The tracks in one line: `Timeline (2 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%)`. */
export function summarize(tracks: readonly TimelineTrack[], words: Words): string {
  const heading = words.timeline(tracks.length);
  if (tracks.length === 0) return heading;
  const lines = tracks.map((track, index) => `${index + 1}. ${trackLine(track, words)}`);
  return `${heading}${words.colon}${lines.join(' ')}`;
}

/** The label of a track: `BGM`. */
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

/** The name of a track; empty for a name such as `Music` or `Logo`, which only repeats its role. */
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
  const items = segments.slice(0, LISTED).map((segment) => ({
    name: segmentName(segment, kind, words),
    details: detailsOf(segment, segment.volume, words),
  }));
  const next = segments[LISTED];
  if (next === undefined) return items;
  const rest = { startMs: next.startMs, endMs: segments.at(-1)?.endMs ?? next.endMs };
  return [
    ...items,
    { name: words.more(segments.length - LISTED), details: detailsOf(rest, undefined, words) },
  ];
}

/**
 * The name of a segment for a person: on a text track its words in quotes; else its name, else the name of its file;
 * else empty.
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

/** The words of summaries in one language. */
export interface Words {
  role(role: TrackRole): string;
  /** The label of a track with an undocumented type code. */
  unknown(code: string): string;
  timeline(tracks: number): string;
  readonly empty: string;
  more(count: number): string;
  quote(text: string): string;
  /** Between a label and its content. */
  readonly colon: string;
  readonly comma: string;
  inBrackets(text: string): string;
  /** After a number of seconds. */
  readonly second: string;
}

const ENGLISH: Words = {
  role: (role) => (role === 'bgm' ? 'BGM' : role.charAt(0).toUpperCase() + role.slice(1)),
  unknown: (code) => `Type ${code}`,
  timeline: (tracks) => `Timeline (${tracks} ${tracks === 1 ? 'track' : 'tracks'})`,
  empty: 'empty',
  more: (count) => `${count} more`,
  quote: (text) => `"${text}"`,
  colon: ': ',
  comma: ', ',
  inBrackets: (text) => ` (${text})`,
  second: 's',
};

const CHINESE_ROLES: { readonly [Role in TrackRole]: string } = {
  video: '视频',
  overlay: '叠加画面',
  logo: '徽标',
  bgm: '背景音乐',
  voice: '配音',
  sound: '音效',
  audio: '音频',
  title: '标题',
  caption: '说明文字',
  subtitle: '字幕',
  text: '文字',
  unknown: '未知',
};

const CHINESE: Words = {
  role: (role) => CHINESE_ROLES[role],
  unknown: (code) => `类型 ${code}`,
  timeline: (tracks) => `时间线（${tracks} 条轨道）`,
  empty: '空',
  more: (count) => `另有 ${count} 段`,
  quote: (text) => `“${text}”`,
  colon: '：',
  comma: '，',
  inBrackets: (text) => `（${text}）`,
  second: '秒',
};

/** The language of sentences and labels. */
export interface LanguageOptions {
  /** A language tag: everything that begins with `zh` is Chinese, everything else English. Default `'en'`. */
  readonly language?: string | undefined;
}

/** Whether a language tag means Chinese. */
export function isChinese(language: string | undefined): boolean {
  return /^(zh|chinese|中文)/i.test(language ?? '');
}

/** The words of a language. */
export function wordsFor(language: string | undefined): Words {
  return isChinese(language) ? CHINESE : ENGLISH;
}

/** A stretch of time for people: `0-3.5s`, and from a minute on `1:05-1:20`. */
export function formatSpan({ startMs, endMs }: Span, second: string): string {
  const start = toSeconds(startMs);
  const end = toSeconds(endMs);
  return start < 60 && end < 60 ? `${start}-${end}${second}` : `${clock(start)}-${clock(end)}`;
}

/** A length of time for people: `3.5s`, and from a minute on `1:05`. */
export function formatLength(ms: number, second: string): string {
  const seconds = toSeconds(ms);
  return seconds < 60 ? `${seconds}${second}` : clock(seconds);
}

/** To the hundredth, so that neighbouring frames differ. */
function toSeconds(ms: number): number {
  return Math.round(ms / 10) / 100;
}

function clock(seconds: number): string {
  const hundredths = Math.round(Math.max(0, seconds) * 100);
  const hours = Math.floor(hundredths / 360_000);
  const minutes = Math.floor(hundredths / 6000) % 60;
  const rest = (hundredths % 6000) / 100;
  const tail = `:${rest < 10 ? '0' : ''}${rest}`;
  return hours > 0 ? `${hours}:${minutes < 10 ? '0' : ''}${minutes}${tail}` : minutes + tail;
}

/** A volume for people. A value over 10 cannot be a factor and is read as a percentage. */
export function formatVolume(volume: number): string {
  return `${Math.round(volume > 10 ? volume : volume * 100)}%`;
}

/** The longest name or text, in characters. */
const LONGEST = 80;

/** A name or text on one line, without characters that control a terminal or the direction of writing. */
export function oneLine(text: string): string {
  const line = text
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  if (line.length <= LONGEST) return line;
  const characters = [...line];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : line;
}

/** The file name at the end of a URL or a path. */
export function fileName(source: string): string {
  const [path = ''] = source.split(/[?#]/, 1);
  const name = path.split(/[/\\]/).at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
