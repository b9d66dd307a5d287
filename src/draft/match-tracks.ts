import { sameSegment, withoutQuery } from './same-json.js';
import type { TimelineSegment, TimelineTrack } from './timeline.js';

type Identified = { readonly id?: string | undefined };
type Key<Thing> = (thing: Thing) => string | undefined;

/** Pairs the things of two sides by one kind of evidence after the other, each among those still unmatched. */
export class Matcher<Thing extends Identified> {
  readonly pairs: (readonly [before: Thing, after: Thing])[] = [];
  /** Unmatched things of the side before. */
  removed: readonly Thing[];
  /** Unmatched things of the side after. */
  added: readonly Thing[];

  constructor(before: readonly Thing[], after: readonly Thing[]) {
    this.removed = before;
    this.added = after;
  }

  /** Pairs the first with a key with the first of that key on the other side, the second with the second. */
  byKey(keyOf: Key<Thing>, keyAfter: Key<Thing> = keyOf): this {
    if (this.removed.length === 0 || this.added.length === 0) return this;
    // The place of the next unmatched thing with a key, and behind each place the one after it with the same key.
    const next = new Map<string, number | undefined>();
    const behind: (number | undefined)[] = [];
    for (let place = this.removed.length - 1; place >= 0; place -= 1) {
      const before = this.removed[place];
      const key = before === undefined ? undefined : keyOf(before);
      if (key === undefined) continue;
      behind[place] = next.get(key);
      next.set(key, place);
    }
    if (next.size === 0) return this;
    return this.pair((after) => {
      const key = keyAfter(after);
      const place = key === undefined ? undefined : next.get(key);
      if (key === undefined || place === undefined) return undefined;
      next.set(key, behind[place]);
      return this.removed[place];
    });
  }

  /** Pairs the members of a group in order. Two with different ids are never the same thing. */
  byOrder(groupOf: (thing: Thing) => string): this {
    const nameless: Key<Thing> = (thing) => (thing.id === undefined ? groupOf(thing) : undefined);
    return this.byKey(nameless).byKey(nameless, groupOf).byKey(groupOf, nameless);
  }

  /** Leaves out things that were matched elsewhere. */
  without(matched: ReadonlySet<Thing>): this {
    if (matched.size === 0) return this;
    this.removed = this.removed.filter((thing) => !matched.has(thing));
    this.added = this.added.filter((thing) => !matched.has(thing));
    return this;
  }

  /** Pairs each unmatched thing of the side after with what `find` returns for it. */
  pair(find: (after: Thing) => Thing | undefined): this {
    const used = new Set<Thing>();
    const added = this.added.filter((after) => {
      const before = find(after);
      if (before === undefined) return true;
      used.add(before);
      this.pairs.push([before, after]);
      return false;
    });
    if (used.size === 0) return this;
    this.added = added;
    this.removed = this.removed.filter((before) => !used.has(before));
    return this;
  }
}

/** Tracks: by id, else by their content, else by order among those of their kind. */
export function matchTracks(
  before: readonly TimelineTrack[],
  after: readonly TimelineTrack[],
): Matcher<TimelineTrack> {
  const matcher = new Matcher(before, after).byKey(idOf).byKey((track) => ballotsOf(track).join('\n'));
  const byVotes = electTracks(matcher.removed, matcher.added);
  return matcher.pair((track) => byVotes.get(track)).byOrder(({ kind }) => kind);
}

/**
 * Segments of one track: by id, else by source and content. Equal segments at the beginning and the end are left out.
 */
export function matchSegments(
  before: readonly TimelineSegment[],
  after: readonly TimelineSegment[],
): Matcher<TimelineSegment> {
  let start = 0;
  while (alike(before[start], after[start])) start += 1;
  let end = 0;
  while (
    end < Math.min(before.length, after.length) - start &&
    alike(before.at(-1 - end), after.at(-1 - end))
  )
    end += 1;
  return matchByContent(before.slice(start, before.length - end), after.slice(start, after.length - end));
}

/** Segments that may have moved to another track: by id, else by source and content. */
export function matchByContent(
  before: readonly TimelineSegment[],
  after: readonly TimelineSegment[],
): Matcher<TimelineSegment> {
  return new Matcher(before, after).byKey(idOf).byKey(contentOf);
}

function alike(a: TimelineSegment | undefined, b: TimelineSegment | undefined): boolean {
  return a !== undefined && b !== undefined && sameSegment(a, b);
}

function idOf({ id }: Identified): string | undefined {
  return id;
}

/** What a segment shows or plays, at whatever time. A signature in an address is not a part of that. */
function contentOf({ source, text, name }: TimelineSegment): string | undefined {
  return source?.includes('?') ? withoutQuery(source) : (source ?? text ?? name);
}

/** How many segments of a track vote. */
const VOTERS = 100;

/** A ballot that fits more tracks than this is no evidence for any of them. */
const COMMON = 8;

/** The name of a track and its segments vote for the track that it was; the most votes win, then the nearest. */
function electTracks(
  before: readonly TimelineTrack[],
  after: readonly TimelineTrack[],
): Map<TimelineTrack, TimelineTrack> {
  const candidates = new Map<string, TimelineTrack[]>();
  for (const track of before) {
    for (const ballot of new Set(ballotsOf(track))) {
      const tracks = candidates.get(ballot);
      if (tracks === undefined) candidates.set(ballot, [track]);
      else if (tracks.length <= COMMON) tracks.push(track);
    }
  }
  const results = after.flatMap((to) => {
    const votes = new Map<TimelineTrack, number>();
    for (const ballot of ballotsOf(to)) {
      const tracks = candidates.get(ballot) ?? [];
      if (tracks.length > COMMON) continue;
      for (const from of tracks) votes.set(from, (votes.get(from) ?? 0) + 1);
    }
    return Array.from(votes, ([from, count]) => ({
      from,
      to,
      count,
      distance: Math.abs(from.index - to.index),
    }));
  });
  const elected = new Map<TimelineTrack, TimelineTrack>();
  const taken = new Set<TimelineTrack>();
  for (const { from, to } of results.sort((x, y) => y.count - x.count || x.distance - y.distance)) {
    if (taken.has(from) || elected.has(to)) continue;
    taken.add(from);
    elected.set(to, from);
  }
  return elected;
}

function ballotsOf(track: TimelineTrack): string[] {
  const ballots = track.name === undefined ? [] : [track.name];
  for (const segment of track.segments.slice(0, VOTERS)) {
    const content = segment.id ?? contentOf(segment);
    if (content !== undefined) ballots.push(content);
  }
  return ballots.map((ballot) => `${track.kind}\n${ballot}`);
}

/**
 * The places of `numbers` that have to move to bring the others into ascending order: as few as possible, that is all
 * but a longest ascending subsequence. All numbers are different.
 */
export function outOfOrder(numbers: readonly number[]): Set<number> {
  // The place of the last number of the best subsequence of each length, and what precedes each number in its best.
  const lastOf: number[] = [];
  const previous: (number | undefined)[] = [];
  numbers.forEach((number, place) => {
    const length = countBelow(lastOf, number, numbers);
    previous[place] = lastOf[length - 1];
    lastOf[length] = place;
  });
  const moving = new Set(numbers.keys());
  for (let place = lastOf.at(-1); place !== undefined; place = previous[place]) moving.delete(place);
  return moving;
}

function countBelow(places: readonly number[], number: number, numbers: readonly number[]): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[places[middle] ?? 0] ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
