import { OptionError } from '../errors/option.js';
import { isObject } from '../wire/json.js';

/** What a track carries. A type code that the wire document does not list is `unknown`. */
export type TrackKind = 'video' | 'audio' | 'text' | 'unknown';

/** An object of the service's JSON, as it came. Its values are those of the JSON, not copies. */
export interface DraftExtra {
  readonly [key: string]: unknown;
}

/** What every node of a draft has beside its named fields, so that nothing is lost. */
export interface DraftNode {
  /**
   * The node's `m` as it came, known keys and unknown ones; empty where it is missing. The named fields are what the
   * decoder read in it. To change one of those, set the field.
   */
  readonly metadata: DraftExtra;
  /** The keys beside `m` that have no name here; also `m`, if it is not an object. */
  readonly extra: DraftExtra;
  /**
   * The node as it was decoded, not a copy. Left out of a node made by hand. `encodeDraft` finds in it where each field
   * was and how it was written; it writes the fields, `metadata` and `extra`.
   */
  readonly raw?: DraftExtra | undefined;
}

/**
 * A timeline as the service keeps it, in full names. Plain data: change it by spreading
 * (`{ ...draft, tracks: … }`) and pass it to `encodeDraft`.
 */
export interface Draft extends DraftNode {
  /** The length that the draft states (`d`), in ms. `Timeline.durationMs` is always there. */
  readonly durationMs?: number | undefined;
  /** The name of the project. */
  readonly title?: string | undefined;
  /** Of the frame, in pixels. */
  readonly width?: number | undefined;
  /** Of the frame, in pixels. */
  readonly height?: number | undefined;
  /** In the order of the JSON; later tracks cover earlier ones. */
  readonly tracks: readonly DraftTrack[];
  /** The user's keys that it was decoded with, if any; `encodeDraft` uses the same. */
  readonly keys?: DraftKeys | undefined;
}

/** A track: segments of one kind, in the order of the JSON. */
export interface DraftTrack extends DraftNode {
  /** From `tt`: 0 is video, 1 audio, 7 text (wire document), anything else `unknown`. */
  readonly kind: TrackKind;
  /** `tt` as it came. May be left out of a track made by hand that has a `kind`. */
  readonly code?: unknown;
  /** Stays the same through edits, where the service sets one. */
  readonly id?: string | undefined;
  /** The name of the track. */
  readonly name?: string | undefined;
  /** What it is for: `overlay`, `logo`, `caption`, `voiceover` … */
  readonly role?: string | undefined;
  /** 0 to 1, for all of its segments. */
  readonly volume?: number | undefined;
  readonly segments: readonly DraftSegment[];
}

/**
 * A piece of a track. Only its duration and `m` are documented by the service; every other field is looked for
 * under the candidate keys of `DRAFT_KEYS`, beside `d` and within `m`, and undefined when all of them are missing.
 */
export interface DraftSegment extends DraftNode {
  /** Start on the timeline, in ms. Where the JSON has no start: the end of the segment before it on its track. */
  readonly startMs: number;
  /** Duration on the timeline, in ms; never negative. */
  readonly durationMs: number;
  /** Stays the same through edits, where the service sets one. */
  readonly id?: string | undefined;
  /** Its name: usually that of a file, or the title of music. */
  readonly name?: string | undefined;
  /** The words that are shown, on a text track. */
  readonly text?: string | undefined;
  /** 0 to 1. */
  readonly volume?: number | undefined;
  /** Where the media is: a URL or a path. */
  readonly source?: string | undefined;
  /** Where in the source the segment begins, in ms. */
  readonly sourceStartMs?: number | undefined;
  /** 2 plays twice as fast. */
  readonly speed?: number | undefined;
  /** Its place in the frame, as it came: a word such as `top-right`, or an object. */
  readonly position?: unknown;
  /** How it follows the one before, as it came: a word such as `crossfade`, or an object. */
  readonly transition?: unknown;
  /** What it is for: `logo`, `title`, `caption` … */
  readonly role?: string | undefined;
}

/** Checks that a value has the form of a draft. @throws OptionError for anything else, such as JSON not yet decoded. */
export function checkDraft(value: unknown): void {
  if (isObject(value) && Array.isArray(value.tracks) && value.tracks.every(hasSegments)) return;
  throw new OptionError({ field: 'draft', accepted: 'the result of decodeDraft(json)' });
}

function hasSegments(track: unknown): boolean {
  return isObject(track) && Array.isArray(track.segments);
}

/**
 * Under which keys a field of a track or a segment is looked for, best first. No source documents them, so this
 * is a table of guesses: what the recordings show, what the local backend writes, what similar formats use.
 * A key counts only when its value has the right type, both beside `d` and within `m` (beside wins). The first
 * key of a row is the one that `encodeDraft` writes for a field that was not there before.
 *
 * Single letters that could mean several things (`t`, `p`, `v`, `n`) are left out on purpose: a field that is missed
 * stays in `extra`, a field that is misread is wrong. Add more keys with `decodeDraft(json, { keys })`.
 */
export const DRAFT_KEYS = {
  /** A string or a number. Tracks and segments. */
  id: ['id', 'uuid'],
  /** In ms. */
  start: ['s', 'st', 'start', 'startMs', 'start_ms', 'startTime', 'start_time', 'begin', 'offset'],
  /** In ms. Only where there is no `d`. */
  duration: ['dur', 'duration', 'durationMs', 'duration_ms'],
  /** In ms, on the timeline. Only where there is neither `d` nor another duration. */
  end: ['e', 'et', 'end', 'endMs', 'end_ms', 'endTime', 'end_time'],
  /** Tracks and segments. */
  name: ['name', 'nm', 'title', 'label', 'filename', 'fileName', 'file_name'],
  text: ['text', 'txt', 'tx', 'content', 'caption'],
  /** 0 to 1. Tracks and segments. */
  volume: ['volume', 'vol', 'gain'],
  source: ['src', 'source', 'url', 'uri', 'path', 'file', 'cdn_url', 'cdnUrl'],
  /** In ms, within the source. */
  sourceStart: ['in', 'sourceStart', 'source_start', 'trimStart', 'trim_start', 'inPoint', 'in_point'],
  speed: ['speed', 'sp', 'rate', 'playbackRate', 'playback_rate'],
  /** A word or an object. */
  position: ['position', 'pos', 'anchor'],
  /** A word or an object. */
  transition: ['transition', 'transitionIn', 'transition_in'],
  /** Tracks and segments. */
  role: ['role', 'purpose'],
} as const;

/** A field of `DRAFT_KEYS`. */
export type DraftField = keyof typeof DRAFT_KEYS;

/** More keys to look under; they come before those of `DRAFT_KEYS`. */
export type DraftKeys = { readonly [Field in DraftField]?: readonly string[] };

/** Every field that a node of a draft is read for: those, and the documented metadata of the whole draft. */
export type Field = DraftField | 'title' | 'width' | 'height';

/** Whether a name is one of those in `DRAFT_KEYS`. */
export function isDraftField(name: string): name is DraftField {
  return Object.hasOwn(DRAFT_KEYS, name);
}

/** The keys of a field, best first. A documented field has its name as its only key. */
export function knownKeys(field: string): readonly string[] {
  return isDraftField(field) ? DRAFT_KEYS[field] : [field];
}
