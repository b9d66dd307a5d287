import type { DraftKeys } from './keys.js';

/** What a track carries. A type code that the wire document does not list is `unknown`. */
export type TrackKind = 'video' | 'audio' | 'text' | 'unknown';

/** An object of the service's JSON, as it came. Its values are those of the JSON, not copies. */
export interface DraftExtra {
  readonly [key: string]: unknown;
}

/** What every node of a draft has beside its named fields, so that nothing is lost. */
export interface DraftNode {
  /**
   * The node's `m` as it came, known keys and unknown ones; empty where there is none. The named fields are what the
   * decoder read in it. To change one of those, set the field.
   */
  readonly metadata: DraftExtra;
  /** The keys beside `m` that have no name here; `m` itself, if it is not an object. */
  readonly extra: DraftExtra;
  /**
   * The node as it was decoded, not a copy. Left out of a node made by hand. `encodeDraft` sees in it where each field
   * stood and how it was written; what it writes are the fields, `metadata` and `extra`.
   */
  readonly raw?: DraftExtra | undefined;
}

/**
 * A timeline as the service keeps it, in full names. Plain data: change it by spreading
 * (`{ ...draft, tracks: … }`) and hand it to `encodeDraft`.
 */
export interface Draft extends DraftNode {
  /** The length that the draft states for itself (`d`), in ms. `Timeline.durationMs` has one in any case. */
  readonly durationMs?: number | undefined;
  /** What the project is called. */
  readonly title?: string | undefined;
  /** Of the frame, in pixels. */
  readonly width?: number | undefined;
  /** Of the frame, in pixels. */
  readonly height?: number | undefined;
  /** In the order of the JSON; later pictures lie over earlier ones. */
  readonly tracks: readonly DraftTrack[];
  /** The keys of the user that it was decoded with, if any; `encodeDraft` looks under the same. */
  readonly keys?: DraftKeys | undefined;
}

/** A track: segments of one kind, in the order of the JSON. */
export interface DraftTrack extends DraftNode {
  /** From `tt`: 0 is video, 1 audio, 7 text (wire document), anything else `unknown`. */
  readonly kind: TrackKind;
  /** `tt` as it came. May be left out of a track made by hand, when `kind` says it. */
  readonly code?: unknown;
  /** Stays with the track through edits, where the service gives one. */
  readonly id?: string | undefined;
  /** What the track is called. */
  readonly name?: string | undefined;
  /** What it is for: `overlay`, `logo`, `caption`, `voiceover` … */
  readonly role?: string | undefined;
  /** 0 to 1, for all of its segments. */
  readonly volume?: number | undefined;
  readonly segments: readonly DraftSegment[];
}

/**
 * A piece of a track. Only its duration and `m` are documented by the service; every other field is looked for
 * under the candidate keys of `DRAFT_KEYS`, beside `d` and within `m`, and undefined when none of them is there.
 */
export interface DraftSegment extends DraftNode {
  /** Start on the timeline, in ms. Where the JSON gives none: where the segment before it on its track ends. */
  readonly startMs: number;
  /** Duration on the timeline, in ms; never negative. */
  readonly durationMs: number;
  /** Stays with the segment through edits, where the service gives one. */
  readonly id?: string | undefined;
  /** What it is called: usually a file's name or a title of music. */
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
