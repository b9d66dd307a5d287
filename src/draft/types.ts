/** What a track carries. A type code that the wire document does not list is `unknown`. */
export type TrackKind = 'video' | 'audio' | 'text' | 'unknown';

/**
 * What the service's JSON holds that has no name here, in its place: a key beside the known ones as
 * `extra.foo`, a key within the metadata `m` as `extra.m.foo`. Values are those of the JSON, not copies.
 */
export interface DraftExtra {
  readonly [key: string]: unknown;
}

/**
 * A timeline as the service keeps it, in full names. Plain data: change it by spreading
 * (`{ ...draft, tracks: … }`) and hand it to `encodeDraft`.
 */
export interface Draft {
  /** The length that the draft states for itself (`d`), in ms. `Timeline.durationMs` knows it in any case. */
  readonly durationMs?: number | undefined;
  /** What `m` is documented to hold. */
  readonly metadata: DraftMetadata;
  /** In the order of the JSON; later pictures lie over earlier ones. */
  readonly tracks: readonly DraftTrack[];
  /** Everything else. */
  readonly extra: DraftExtra;
}

/** The documented metadata of a draft. */
export interface DraftMetadata {
  /** What the project is called. */
  readonly title?: string | undefined;
  /** Of the frame, in pixels. */
  readonly width?: number | undefined;
  /** Of the frame, in pixels. */
  readonly height?: number | undefined;
}

/** A track: segments of one kind, in the order of the JSON. */
export interface DraftTrack {
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
  /** Everything else. */
  readonly extra: DraftExtra;
}

/**
 * A piece of a track. Only its duration and `m` are documented by the service; every other field is looked for
 * under the candidate keys of `DRAFT_KEYS`, beside `d` and within `m`, and is left out when none of them is there.
 */
export interface DraftSegment {
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
  /** Where the media lies: a URL or a path. */
  readonly source?: string | undefined;
  /** Where in the source the segment begins, in ms. */
  readonly sourceStartMs?: number | undefined;
  /** 2 plays twice as fast. */
  readonly speed?: number | undefined;
  /** Where it stands in the frame, as it came: a word such as `top-right`, or an object. */
  readonly position?: unknown;
  /** How it follows the one before, as it came: a word such as `crossfade`, or an object. */
  readonly transition?: unknown;
  /** What it is for: `logo`, `title`, `caption` … */
  readonly role?: string | undefined;
  /** Everything else. */
  readonly extra: DraftExtra;
}
