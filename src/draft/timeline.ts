import { rolesOf } from './role.js';
import { summarize } from './summary.js';
import { type TimelineSegment, TimelineTrack } from './track.js';
import type { Draft } from './types.js';
import { type LanguageOptions, wordsFor } from './words.js';

/** What a timeline shows and plays at a point in time. */
export interface Moment {
  /** The pictures and words in the frame, the lowest first. */
  readonly onScreen: readonly TimelineSegment[];
  /** The sound of audio tracks, unless its volume is 0. No draft says whether a clip has sound of its own. */
  readonly heard: readonly TimelineSegment[];
  /** What runs on tracks of an undocumented type. */
  readonly unknown: readonly TimelineSegment[];
}

/**
 * A draft as a person sees it: tracks with their names and places, and what happens when. A timeline does not
 * change; to compare, draw or print one, see `diffTimelines`, `timelineSVG` and `timelineANSI`.
 */
export class Timeline {
  /** The draft that this timeline shows. */
  readonly draft: Draft;
  /** In the order of the draft; later pictures lie over earlier ones. */
  readonly tracks: readonly TimelineTrack[];
  /** The length that the draft states, else where its last segment ends, in ms. */
  readonly durationMs: number;

  constructor(draft: Draft) {
    const roles = rolesOf(draft.tracks);
    this.draft = draft;
    this.tracks = draft.tracks.map(
      (track, index) => new TimelineTrack(track, index, roles[index] ?? 'unknown'),
    );
    this.durationMs = draft.durationMs || this.tracks.reduce((end, track) => Math.max(end, track.endMs), 0);
  }

  /** What is on screen and heard at a point in time, in ms. */
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
