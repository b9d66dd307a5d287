import { OptionError } from '../errors/option.js';
import { isObject } from '../wire/json.js';
import type {
  ChangedField,
  ChangeType,
  PlacedSegment,
  SegmentChange,
  TimelineChange,
  TrackChange,
} from './change.js';
import { changedFields } from './fields.js';
import { matchByContent, matchSegments, matchTracks } from './match.js';
import { outOfOrder } from './order.js';
import { sameButStart } from './same.js';
import type { Timeline } from './timeline.js';
import type { TimelineSegment, TimelineTrack } from './track.js';

/**
 * How one timeline differs from another: empty exactly when they are equal in all that was decoded. Tracks and
 * segments are matched by their id, else by source and content, else by order. Each segment that differs is named
 * once: by a change of its own, or by that of its track if the whole track was added or removed. Changes come in the
 * order of the tracks, and on a track by time; tracks that were removed come last.
 *
 * @throws OptionError for what is no timeline, as a draft.
 */
export function diffTimelines(a: Timeline, b: Timeline): TimelineChange[] {
  checkTimeline(a, 'a');
  checkTimeline(b, 'b');
  const tracks = matchTracks(a.tracks, b.tracks);
  const fields = changedFields(a.draft, b.draft, ['durationMs', 'title', 'width', 'height']);
  const changes: TimelineChange[] =
    fields.length === 0 ? [] : [{ target: 'timeline', type: 'changed', before: a, after: b, fields }];
  const ofTracks = diffTracks(tracks.pairs);
  const ofSegments = diffSegments(tracks.pairs);
  const added = new Set(tracks.added);
  for (const after of b.tracks) {
    if (added.has(after)) changes.push({ target: 'track', type: 'added', after, fields: [] });
    const ofTrack = ofTracks.get(after);
    if (ofTrack !== undefined) changes.push(ofTrack);
    for (const change of ofSegments.get(after) ?? []) changes.push(change);
  }
  for (const before of tracks.removed) changes.push({ target: 'track', type: 'removed', before, fields: [] });
  return changes;
}

/** A draft has tracks too, but of another form. Not `instanceof`: there may be two copies of the package. */
function checkTimeline(value: unknown, field: string): void {
  if (isObject(value) && 'draft' in value) return;
  const hint = 'Of a draft, pass `new Timeline(draft)`.';
  throw new OptionError({ field, accepted: 'a Timeline', hint });
}

type Pairs<Thing> = readonly (readonly [before: Thing, after: Thing])[];

function diffTracks(pairs: Pairs<TimelineTrack>): Map<TimelineTrack, TrackChange> {
  const changes = new Map<TimelineTrack, TrackChange>();
  const moved = movedAmong(pairs);
  for (const [before, after] of pairs) {
    const fields = changedFields(before.draft, after.draft, ['kind', 'code', 'id', 'name', 'role', 'volume']);
    if (moved.has(after)) fields.push({ name: 'order', before: before.index, after: after.index });
    if (fields.length > 0)
      changes.set(after, { target: 'track', type: typeOf(fields), before, after, fields });
  }
  return changes;
}

/** Of the segments on tracks that were there before and still are, by the track as it is. */
function diffSegments(tracks: Pairs<TimelineTrack>): Map<TimelineTrack, SegmentChange[]> {
  const changes = new Map<TimelineTrack, SegmentChange[]>(tracks.map(([, to]) => [to, []]));
  const put = (change: SegmentChange | undefined, track: TimelineTrack | undefined): void => {
    if (change !== undefined && track !== undefined) changes.get(track)?.push(change);
  };
  const lanes = tracks.map(([from, to]) => ({
    from,
    to,
    matcher: matchSegments(from.segments, to.segments),
  }));
  const across = matchByContent(
    lanes.flatMap(({ matcher }) => matcher.removed),
    lanes.flatMap(({ matcher }) => matcher.added),
  );
  const sources = new Map(tracks.map(([from]) => [from.index, from]));
  const targets = new Map(tracks.map(([, to]) => [to.index, to]));
  for (const [before, after] of across.pairs) {
    const from = sources.get(before.trackIndex);
    const to = targets.get(after.trackIndex);
    if (from && to)
      put(compare({ track: from, segment: before }, { track: to, segment: after }, 'track'), to);
  }
  const crossed = new Set(across.pairs.flat());
  for (const { from, to, matcher } of lanes) {
    matcher.without(crossed).byOrder(() => '');
    for (const segment of matcher.removed) {
      put({ target: 'segment', type: 'removed', before: { track: from, segment }, fields: [] }, to);
    }
    // A new start says already that a segment moved; another place among the others matters for those that kept theirs.
    const moved = movedAmong(matcher.pairs.filter(([before, after]) => before.startMs === after.startMs));
    for (const [before, after] of matcher.pairs) {
      const place = moved.has(after) ? 'order' : undefined;
      put(compare({ track: from, segment: before }, { track: to, segment: after }, place), to);
    }
    for (const segment of matcher.added) {
      put({ target: 'segment', type: 'added', after: { track: to, segment }, fields: [] }, to);
    }
  }
  for (const list of changes.values()) list.sort((x, y) => startOf(x) - startOf(y));
  return changes;
}

function startOf({ before, after }: SegmentChange): number {
  return (after ?? before)?.segment.startMs ?? 0;
}

const SEGMENT_FIELDS = [
  'startMs',
  'durationMs',
  'sourceStartMs',
  'id',
  'name',
  'text',
  'volume',
  'source',
  'speed',
  'position',
  'transition',
  'role',
] as const;

/** `place` says what is new about where it comes, beside its start. */
function compare(
  before: PlacedSegment,
  after: PlacedSegment,
  place: 'track' | 'order' | undefined,
): SegmentChange | undefined {
  const fields = segmentFields(before.segment, after.segment);
  if (place === 'track') fields.push({ name: place, before: before.track.index, after: after.track.index });
  if (place === 'order')
    fields.push({ name: place, before: before.segment.index, after: after.segment.index });
  return fields.length === 0 ? undefined : { target: 'segment', type: typeOf(fields), before, after, fields };
}

function segmentFields(before: TimelineSegment, after: TimelineSegment): ChangedField[] {
  if (!sameButStart(before, after)) return changedFields(before, after, SEGMENT_FIELDS);
  if (before.startMs === after.startMs) return [];
  return [{ name: 'startMs', before: before.startMs, after: after.startMs }];
}

const PLACE = ['startMs', 'track', 'order'];
const LENGTH = ['durationMs', 'sourceStartMs'];

function typeOf(fields: readonly ChangedField[]): ChangeType {
  const rest = fields.filter(({ name }) => !PLACE.includes(name));
  if (rest.length === 0) return 'moved';
  return rest.every(({ name }) => LENGTH.includes(name)) ? 'trimmed' : 'changed';
}

/** Of those that were there before, the ones that come at another place among the others. */
function movedAmong<Thing extends { readonly index: number }>(pairs: Pairs<Thing>): Set<Thing> {
  const sorted = [...pairs].sort(([, x], [, y]) => x.index - y.index);
  const moved = outOfOrder(sorted.map(([before]) => before.index));
  return new Set(sorted.filter((_, place) => moved.has(place)).map(([, after]) => after));
}
