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
  id: ['id', 'uid', 'uuid'],
  /** In ms. */
  start: [
    's',
    'st',
    'start',
    'startMs',
    'start_ms',
    'startTime',
    'start_time',
    'begin',
    'from',
    'at',
    'offset',
  ],
  /** In ms. Only where there is no `d`. */
  duration: ['dur', 'duration', 'durationMs', 'duration_ms', 'length'],
  /** In ms, on the timeline. Only where there is neither `d` nor another duration. */
  end: ['e', 'et', 'end', 'endMs', 'end_ms', 'endTime', 'end_time'],
  /** Tracks and segments. */
  name: ['name', 'nm', 'title', 'label', 'filename', 'fileName', 'file_name'],
  text: ['text', 'txt', 'tx', 'content', 'caption', 'words'],
  /** 0 to 1. Tracks and segments. */
  volume: ['volume', 'vol', 'gain'],
  source: ['src', 'source', 'url', 'uri', 'path', 'file', 'cdn_url', 'cdnUrl'],
  /** In ms, within the source. */
  sourceStart: ['in', 'sourceStart', 'source_start', 'trimStart', 'trim_start', 'inPoint', 'in_point'],
  speed: ['speed', 'sp', 'rate', 'playbackRate', 'playback_rate'],
  /** A word or an object. */
  position: ['position', 'pos', 'placement', 'anchor'],
  /** A word or an object. */
  transition: ['transition', 'trans', 'transitionIn', 'transition_in'],
  /** Tracks and segments. */
  role: ['role', 'purpose'],
} as const;

/** A field of `DRAFT_KEYS`. */
export type DraftField = keyof typeof DRAFT_KEYS;

/** More keys to look under; they come before those of `DRAFT_KEYS`. */
export type DraftKeys = { readonly [Field in DraftField]?: readonly string[] };

/** Every field that a node of a draft is read for: those, and the documented metadata of the whole draft. */
export type Field = DraftField | 'title' | 'width' | 'height';

/** The keys of a field, best first. What is documented stands under its own name only. */
export function knownKeys(field: Field): readonly string[] {
  const keys: { readonly [F in Field]?: readonly string[] } = DRAFT_KEYS;
  return keys[field] ?? [field];
}

/** Which values a field takes; under a key whose value is anything else the field is not. */
export type Reads = 'id' | 'text' | 'number' | 'value';

/** The place of each field in what a reader found, and how it is read. */
export const FIELDS: { readonly [F in Field]: readonly [slot: number, reads: Reads] } = {
  id: [0, 'id'],
  start: [1, 'number'],
  duration: [2, 'number'],
  end: [3, 'number'],
  name: [4, 'text'],
  text: [5, 'text'],
  volume: [6, 'number'],
  source: [7, 'text'],
  sourceStart: [8, 'number'],
  speed: [9, 'number'],
  position: [10, 'value'],
  transition: [11, 'value'],
  role: [12, 'text'],
  title: [13, 'text'],
  width: [14, 'number'],
  height: [15, 'number'],
};
