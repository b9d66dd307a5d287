import { checkDraft, type Draft, type DraftSegment, type DraftTrack, type TrackKind } from './draft.js';
import { endOf, gapsBetween, overlapsOf, type Span } from './spans.js';
import { type LanguageOptions, summarize, wordsFor } from './summary.js';
import { rolesOf, type TrackRole } from './track-role.js';

/** What a timeline shows and plays at a point in time. */
export interface Moment {
  /** The pictures and words in the frame, the lowest first. */
  readonly onScreen: readonly TimelineSegment[];
  /** The sound of audio tracks, unless its volume is 0. Whether a video clip has sound is not in a draft. */
  readonly heard: readonly TimelineSegment[];
  /** What runs on tracks of an undocumented type. */
  readonly unknown: readonly TimelineSegment[];
}

/**
 * A draft as a person sees it: tracks with their names and places, and what happens when. A timeline does not
 * change; to compare, draw or print one, see `diffTimelines`, `timelineSVG` and `timelineANSI`.
 *
 * @example
 * ```ts
 * const timeline = new Timeline(decodeDraft({ t: [{ tt: 7, sg: [{ d: 3000, m: { text: 'Hi' } }] }], d: 3000 }));
 * console.log(String(timeline), timeline.durationMs);
 * console.log(timeline.at(1_000).onScreen.map(({ text }) => text));
 * ```
 */
export class Timeline {
  /** The draft that this timeline shows. */
  readonly draft: Draft;
  /** In the order of the draft; later tracks cover earlier ones. */
  readonly tracks: readonly TimelineTrack[];
  /** The length that the draft states, else where its last segment ends, in ms. */
  readonly durationMs: number;

  /** @throws OptionError for anything but a `Draft`, such as the service's JSON before `decodeDraft`. */
  constructor(draft: Draft) {
    checkDraft(draft);
    const roles = rolesOf(draft.tracks);
    this.draft = draft;
    this.tracks = draft.tracks.map(
      (track, index) => new TimelineTrack(track, index, roles[index] ?? 'unknown'),
    );
    this.durationMs = draft.durationMs || this.tracks.reduce((end, track) => Math.max(end, track.endMs), 0);
  }

  /** The segments that play at a point in time, in ms. */
  at(ms: number): Moment {
    const onScreen: TimelineSegment[] = [];
    const heard: TimelineSegment[] = [];
    const unknown: TimelineSegment[] = [];
    for (const track of this.tracks) {
      for (const segment of track.at(ms)) {
        if (track.kind === 'unknown') unknown.push(segment);
        else if (track.kind !== 'audio') onScreen.push(segment);
        else if ((segment.volume ?? track.volume) !== 0) heard.push(segment);
      }
    }
    return { onScreen, heard, unknown };
  }

  /** Whether there is something to export: a track with a segment. The service refuses a draft without one. */
  isExportable(): boolean {
    return this.tracks.some(({ segments }) => segments.length > 0);
  }

  /**
   * The summary in the form that users of the service know, on one line:
   * `Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)`.
   *
   * A track is called by its role. Its name follows, or else the names of its segments, of which the first three are
   * listed; text is in quotes; then come the time, and the volume where the draft states one.
   */
  toString({ language }: LanguageOptions = {}): string {
    return summarize(this.tracks, wordsFor(language));
  }
}

/** A segment in its place on a timeline. */
export interface TimelineSegment extends DraftSegment, Span {
  /** `startMs + durationMs`. */
  readonly endMs: number;
  /** Its place in its track. */
  readonly index: number;
  /** The place of its track in the timeline. */
  readonly trackIndex: number;
}

/**
 * A track of a timeline.
 *
 * @example
 * ```ts
 * for (const track of timeline.tracks) console.log(track.role, track.segments.length, track.endMs);
 * ```
 */
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
    let startMs = this.segments[0]?.startMs ?? 0;
    let endMs = 0;
    for (const segment of this.segments) {
      startMs = Math.min(startMs, segment.startMs);
      endMs = Math.max(endMs, segment.endMs);
    }
    this.startMs = startMs;
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

/** Field by field: spreading a segment is ten times slower. */
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
