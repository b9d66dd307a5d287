import { OptionError } from '../errors/option.js';
import { isObject } from '../wire/json.js';
import { type DraftExtra, type DraftNode, knownKeys } from './draft.js';
import { matchByContent, matchSegments, matchTracks, outOfOrder } from './match-tracks.js';
import { readNumber } from './node-reader.js';
import { sameButStart, sameContent, sameJson } from './same-json.js';
import type { Timeline, TimelineSegment, TimelineTrack } from './timeline.js';

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
  /** Undefined where the field was missing. */
  readonly before: unknown;
  /** Undefined where the field is missing now. */
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

/** A segment and its track. */
export interface PlacedSegment {
  readonly track: TimelineTrack;
  readonly segment: TimelineSegment;
}

/** The whole timeline changed: its length, title, frame. */
export type WholeChange = Change<'timeline', Timeline>;

/** A track changed. One that was added or removed includes all of its segments. */
export type TrackChange = Change<'track', TimelineTrack>;

/** A segment changed, on a track that existed before and still exists. */
export type SegmentChange = Change<'segment', PlacedSegment>;

/** A difference between two timelines. */
export type TimelineChange = WholeChange | TrackChange | SegmentChange;

/**
 * How one timeline differs from another: empty exactly when they are equal in all that was decoded. Tracks and
 * segments are matched by their id, else by source and content, else by order. Each segment that differs appears
 * once: in a change, or in that of its track if the whole track was added or removed. Changes are sorted by track, and
 * within a track by time; removed tracks are last.
 *
 * @throws OptionError for an argument that is not a timeline, such as a draft.
 * @example
 * ```ts
 * const before = await session.timeline();
 * await session.run('Make the music quieter');
 * console.log(describeChanges(diffTimelines(before, await session.timeline())));
 * ```
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

/** The changes without fields in which only the query of an address changed, such as its signature. */
export function withoutResigned(changes: readonly TimelineChange[]): TimelineChange[] {
  return changes.flatMap((change) => {
    const fields = change.fields.filter(({ before, after }) => !sameContent(before, after));
    if (fields.length === change.fields.length) return change;
    return fields.length === 0 ? [] : { ...change, type: typeOf(fields), fields };
  });
}

/** A draft has tracks too, in another form. Not `instanceof`: there may be two copies of the package. */
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

/** Changes of segments on tracks that exist before and after, by the track after. */
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
    // A new start already means that a segment moved; the order matters only for those that kept their start.
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

/** `place`: what is new about its place, beside its start. */
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

/** Of the pairs, the things whose place among the others changed. */
function movedAmong<Thing extends { readonly index: number }>(pairs: Pairs<Thing>): Set<Thing> {
  const sorted = [...pairs].sort(([, x], [, y]) => x.index - y.index);
  if (sorted.every(([before], place) => before.index > (sorted[place - 1]?.[0].index ?? -1)))
    return new Set();
  const moved = outOfOrder(sorted.map(([before]) => before.index));
  return new Set(sorted.filter((_, place) => moved.has(place)).map(([, after]) => after));
}

/**
 * What differs between two nodes: of the fields `names`, of their metadata and of their extra. A key of the metadata
 * that a field was read from is not listed twice.
 */
function changedFields<Node extends DraftNode>(
  before: Node,
  after: Node,
  names: readonly (keyof Node & string)[],
): ChangedField[] {
  const fields: ChangedField[] = [];
  for (const name of names) {
    if (!sameJson(before[name], after[name])) fields.push({ name, before: before[name], after: after[name] });
  }
  const metadata = changedKeys('metadata', before.metadata, after.metadata);
  const unlisted = metadata.filter((key) => !fields.some((field) => isReadFrom(field, key)));
  return [...fields, ...unlisted, ...changedKeys('extra', before.extra, after.extra)];
}

/** Whether a field changed because a key of the metadata did. */
function isReadFrom(field: ChangedField, key: ChangedField): boolean {
  const candidates = knownKeys(field.name.replace(/Ms$/, ''));
  if (!candidates.includes(key.name.slice('metadata.'.length))) return false;
  return reads(key.before, field.before) && reads(key.after, field.after);
}

function reads(json: unknown, value: unknown): boolean {
  return sameJson(json, value) || (value !== undefined && readNumber(json) === value);
}

function changedKeys(place: 'metadata' | 'extra', before: DraftExtra, after: DraftExtra): ChangedField[] {
  if (sameJson(before, after)) return [];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys]
    .map((key) => ({ name: `${place}.${key}`, before: ownValue(before, key), after: ownValue(after, key) }))
    .filter((field) => !sameJson(field.before, field.after));
}

function ownValue(node: DraftExtra, key: string): unknown {
  return Object.hasOwn(node, key) ? node[key] : undefined;
}
