/**
 * Under which keys a field of a track or a segment is looked for, best first. No source documents them, so this
 * is a table of guesses: what the recordings show, what the local backend writes, what neighbouring formats use.
 * A key counts only when its value has the right type, both beside `d` and within `m` (beside wins). The first
 * key of a row is the one that `encodeDraft` writes for a field that was not there before.
 *
 * Single letters that could mean several things (`t`, `p`, `v`) are left out on purpose: a field that is missed
 * stays in `extra`, a field that is misread is a lie. Add your own with `decodeDraft(json, { keys })`.
 */
export const DRAFT_KEYS = {
  /** A string or a number. Tracks and segments. */
  id: ['id', 'uid', 'uuid', 'segmentId', 'segment_id', 'trackId', 'track_id'],
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
  end: ['e', 'et', 'end', 'endMs', 'end_ms', 'endTime', 'end_time', 'to'],
  /** Tracks and segments. */
  name: ['name', 'n', 'nm', 'title', 'label', 'filename', 'fileName', 'file_name'],
  text: ['text', 'txt', 'tx', 'content', 'caption', 'words'],
  /** 0 to 1. Tracks and segments. */
  volume: ['volume', 'vol', 'gain'],
  source: ['src', 'source', 'url', 'uri', 'u', 'path', 'file', 'cdn_url', 'cdnUrl', 'media', 'asset'],
  /** In ms, within the source. */
  sourceStart: ['in', 'sourceStart', 'source_start', 'trimStart', 'trim_start', 'inPoint', 'in_point', 'ss'],
  speed: ['speed', 'sp', 'rate', 'playbackRate', 'playback_rate'],
  /** A word or an object. */
  position: ['position', 'pos', 'placement', 'anchor'],
  /** A word or an object. */
  transition: ['transition', 'trans', 'transitionIn', 'transition_in'],
  /** Tracks and segments. */
  role: ['role', 'purpose', 'usage'],
} as const;

/** A field of `DRAFT_KEYS`. */
export type DraftField = keyof typeof DRAFT_KEYS;

/** More keys to look under; they come before those of `DRAFT_KEYS`. */
export type DraftKeys = { readonly [Field in DraftField]?: readonly string[] };

/** The documented metadata of the whole draft; facts, hence not for users to extend. */
export const METADATA_KEYS = { title: ['title'], width: ['width'], height: ['height'] } as const;

/** Every field that a node of a draft is read for. */
export type Field = DraftField | keyof typeof METADATA_KEYS;

/** Which values a field takes; under a key whose value is anything else the field is not. */
export type Reads = 'id' | 'text' | 'number' | 'value';

/**
 * How each field is read, and whether a field that was not there before is written into `m` or beside it. `slot`
 * is its place in a reader's arrays.
 */
export const FIELDS: { readonly [F in Field]: { slot: number; reads: Reads; inMeta: boolean } } = {
  id: { slot: 0, reads: 'id', inMeta: false },
  start: { slot: 1, reads: 'number', inMeta: false },
  duration: { slot: 2, reads: 'number', inMeta: false },
  end: { slot: 3, reads: 'number', inMeta: false },
  name: { slot: 4, reads: 'text', inMeta: true },
  text: { slot: 5, reads: 'text', inMeta: true },
  volume: { slot: 6, reads: 'number', inMeta: true },
  source: { slot: 7, reads: 'text', inMeta: true },
  sourceStart: { slot: 8, reads: 'number', inMeta: true },
  speed: { slot: 9, reads: 'number', inMeta: true },
  position: { slot: 10, reads: 'value', inMeta: true },
  transition: { slot: 11, reads: 'value', inMeta: true },
  role: { slot: 12, reads: 'text', inMeta: true },
  title: { slot: 13, reads: 'text', inMeta: true },
  width: { slot: 14, reads: 'number', inMeta: true },
  height: { slot: 15, reads: 'number', inMeta: true },
};
