/**
 * Under which keys a field of a track or a segment is looked for, best first. No source documents them, so this
 * is a table of guesses: what the recordings show, what the local backend writes, what neighbouring formats use.
 * A key counts only when its value has the right type, both beside `d` and within `m` (beside wins). The first
 * key of a row is the one that `encodeDraft` writes for a field that was not there before.
 *
 * Single letters that could mean several things (`t`, `p`, `v`, `n`) are left out on purpose: a field that is missed
 * stays in `extra`, a field that is misread is a lie. Add your own with `decodeDraft(json, { keys })`.
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

/** The keys of a field, best first. What is documented stands under its own name only. */
export function knownKeys(field: string): readonly string[] {
  return isDraftField(field) ? DRAFT_KEYS[field] : [field];
}

/** Which values a field takes; under a key whose value is anything else the field is not. */
export type Reads = 'id' | 'text' | 'number' | 'value';

/** What a reader knows of a field. */
export interface FieldSlot {
  /** Its place in what was found. */
  readonly slot: number;
  readonly reads: Reads;
}

/** Every field. Handed to a reader as `FIELDS.name`: a look-up by name would be felt ten thousand times. */
export const FIELDS: { readonly [F in Field]: FieldSlot } = {
  id: { slot: 0, reads: 'id' },
  start: { slot: 1, reads: 'number' },
  duration: { slot: 2, reads: 'number' },
  end: { slot: 3, reads: 'number' },
  name: { slot: 4, reads: 'text' },
  text: { slot: 5, reads: 'text' },
  volume: { slot: 6, reads: 'number' },
  source: { slot: 7, reads: 'text' },
  sourceStart: { slot: 8, reads: 'number' },
  speed: { slot: 9, reads: 'number' },
  position: { slot: 10, reads: 'value' },
  transition: { slot: 11, reads: 'value' },
  role: { slot: 12, reads: 'text' },
  title: { slot: 13, reads: 'text' },
  width: { slot: 14, reads: 'number' },
  height: { slot: 15, reads: 'number' },
};
