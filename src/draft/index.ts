export type {
  Change,
  ChangedField,
  ChangeType,
  PlacedSegment,
  SegmentChange,
  TimelineChange,
  TrackChange,
  WholeChange,
} from './change.js';
export { type DecodeOptions, decodeDraft } from './decode.js';
export { describeChanges } from './describe.js';
export { diffTimelines } from './diff.js';
export { encodeDraft } from './encode.js';
export { DRAFT_KEYS, type DraftField, type DraftKeys } from './keys.js';
export { type AnsiOptions, timelineANSI } from './picture/ansi.js';
export type { Theme } from './picture/style.js';
export { type SvgOptions, timelineSVG } from './picture/svg.js';
export type { TrackRole } from './role.js';
export type { Span } from './spans.js';
export { type Moment, Timeline } from './timeline.js';
export { type TimelineSegment, TimelineTrack } from './track.js';
export type { Draft, DraftExtra, DraftNode, DraftSegment, DraftTrack, TrackKind } from './types.js';
export type { LanguageOptions } from './words.js';
