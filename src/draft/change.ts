import type { Timeline } from './timeline.js';
import type { TimelineSegment, TimelineTrack } from './track.js';

/** What happened to a track or a segment. `trimmed`: its length, or its part of the source, changed. */
export type ChangeType = 'added' | 'removed' | 'moved' | 'trimmed' | 'changed';

/** A field that differs. */
export interface ChangedField {
  /**
   * The name of the field, as in `DraftSegment`, `DraftTrack` and `Draft`; `metadata.size` or `extra.foo` for a key
   * without a name here; `track` (index) when a segment moved to another track, `order` (index) when a
   * track or a segment changed places with its neighbours.
   */
  readonly name: string;
  /** Undefined if there was none. */
  readonly before: unknown;
  /** Undefined if there is none. */
  readonly after: unknown;
}

/** What every change has. */
export interface Change<Target, Thing> {
  readonly target: Target;
  readonly type: ChangeType;
  /** As it was; absent for what was added. */
  readonly before?: Thing | undefined;
  /** As it is; absent for what was removed. */
  readonly after?: Thing | undefined;
  /** What differs; empty for what was added or removed. */
  readonly fields: readonly ChangedField[];
}

/** A segment with the track that it lies on. */
export interface PlacedSegment {
  readonly track: TimelineTrack;
  readonly segment: TimelineSegment;
}

/** The whole timeline changed: its length, title, frame. */
export type WholeChange = Change<'timeline', Timeline>;

/** A track changed. One that was added or removed stands for all of its segments. */
export type TrackChange = Change<'track', TimelineTrack>;

/** A segment changed, on a track that existed before and still exists. */
export type SegmentChange = Change<'segment', PlacedSegment>;

/** A difference between two timelines. */
export type TimelineChange = WholeChange | TrackChange | SegmentChange;
