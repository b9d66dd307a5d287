import { endOf } from './decode.js';
import type { TrackRole } from './role.js';
import { gapsBetween, overlapsOf, type Span } from './spans.js';
import type { DraftSegment, DraftTrack, TrackKind } from './types.js';

/** A segment in its place on a timeline. */
export interface TimelineSegment extends DraftSegment, Span {
  /** `startMs + durationMs`. */
  readonly endMs: number;
  /** Its place in its track. */
  readonly index: number;
  /** The place of its track in the timeline. */
  readonly trackIndex: number;
}

/** A track of a timeline. */
export class TimelineTrack implements Span {
  /** Its place in the timeline. */
  readonly index: number;
  readonly kind: TrackKind;
  /** The service's type code (`tt`) as it came. */
  readonly code: unknown;
  /** What it is for; decides what it is called. */
  readonly role: TrackRole;
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** 0 to 1, for all of its segments. */
  readonly volume: number | undefined;
  /** In the order of the draft. */
  readonly segments: readonly TimelineSegment[];
  /** Where its first segment starts, in ms; 0 without segments. */
  readonly startMs: number;
  /** Where its last segment ends, in ms; 0 without segments. */
  readonly endMs: number;
  /** The track of the draft that this one shows. */
  readonly draft: DraftTrack;

  constructor(draft: DraftTrack, index: number, role: TrackRole) {
    this.index = index;
    this.kind = draft.kind;
    this.code = draft.code;
    this.role = role;
    this.id = draft.id;
    this.name = draft.name;
    this.volume = draft.volume;
    this.segments = draft.segments.map((segment, place) => placed(segment, place, index));
    let startMs = Number.POSITIVE_INFINITY;
    let endMs = 0;
    for (const segment of this.segments) {
      startMs = Math.min(startMs, segment.startMs);
      endMs = Math.max(endMs, segment.endMs);
    }
    this.startMs = this.segments.length === 0 ? 0 : startMs;
    this.endMs = endMs;
    this.draft = draft;
  }

  /** The stretches between its segments in which nothing plays. */
  get gaps(): Span[] {
    return gapsBetween(this.segments);
  }

  /** The stretches in which two or more of its segments play. */
  get overlaps(): Span[] {
    return overlapsOf(this.segments);
  }

  /** What plays at a point in time, in ms. A segment plays from its start until just before its end. */
  at(ms: number): TimelineSegment[] {
    return this.segments.filter(({ startMs, endMs }) => startMs <= ms && ms < endMs);
  }
}

/** Field by field: spreading a segment takes ten times as long. */
function placed(segment: DraftSegment, index: number, trackIndex: number): TimelineSegment {
  return {
    startMs: segment.startMs,
    durationMs: segment.durationMs,
    id: segment.id,
    name: segment.name,
    text: segment.text,
    volume: segment.volume,
    source: segment.source,
    sourceStartMs: segment.sourceStartMs,
    speed: segment.speed,
    position: segment.position,
    transition: segment.transition,
    role: segment.role,
    metadata: segment.metadata,
    extra: segment.extra,
    raw: segment.raw,
    endMs: endOf(segment),
    index,
    trackIndex,
  };
}
