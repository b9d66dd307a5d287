export { type DecodeOptions, decodeDraft, draftJson } from './decode-draft.js';
export { describeChanges } from './describe-changes.js';
export type {
  Change,
  ChangedField,
  ChangeType,
  PlacedSegment,
  SegmentChange,
  TimelineChange,
  TrackChange,
  WholeChange,
} from './diff-timelines.js';
export { diffTimelines, withoutResigned } from './diff-timelines.js';
export type { Draft, DraftExtra, DraftNode, DraftSegment, DraftTrack, TrackKind } from './draft.js';
export { DRAFT_KEYS, type DraftField, type DraftKeys } from './draft.js';
export { encodeDraft } from './encode-draft.js';
export type { Theme } from './picture/palette.js';
export { type AnsiOptions, timelineANSI } from './picture/timeline-ansi.js';
export { type SvgOptions, timelineSVG } from './picture/timeline-svg.js';
export { sameContent, sameJson } from './same-json.js';
export { replaceSandboxPaths } from './sandbox-paths.js';
export type { Span } from './spans.js';
export type { LanguageOptions } from './summary.js';
export { type Moment, Timeline, type TimelineSegment, TimelineTrack } from './timeline.js';
export type { TrackRole } from './track-role.js';
