import type { JsonObject } from '../wire/json.js';
import { endOf, foundDuration, kindOf } from './decode.js';
import { FIELDS } from './keys.js';
import { readNumber, toDuration, toTime } from './number.js';
import { createReaders, type Readers } from './readers.js';
import type { Draft, DraftSegment, DraftTrack, TrackKind } from './types.js';
import { NodeWriter } from './writer.js';

/**
 * Writes a draft as the service's JSON. What came from `decodeDraft` and was not changed comes out as it was, in
 * the same places and order; a changed field goes where it was found; a new one under the first of its keys in
 * `DRAFT_KEYS`. A start is written where there was one, and where it differs from the end of the segment before.
 * Values of `extra` are passed on, not copied.
 */
export function encodeDraft(draft: Draft): unknown {
  const readers = createReaders(draft.keys);
  const node = new NodeWriter(draft, readers.draft);
  node.field('title', draft.title);
  node.field('width', draft.width);
  node.field('height', draft.height);
  writeDuration(node, draft.durationMs);
  writeList(
    node,
    't',
    draft.tracks.map((track) => encodeTrack(track, readers)),
  );
  return node.finish();
}

const CODES: { readonly [Kind in TrackKind]?: number } = { video: 0, audio: 1, text: 7 };

function encodeTrack(track: DraftTrack, readers: Readers): JsonObject {
  const node = new NodeWriter(track, readers.track);
  node.key('tt', kindOf(track.code) === track.kind ? track.code : CODES[track.kind]);
  node.field('id', track.id);
  node.field('name', track.name);
  node.field('role', track.role);
  node.field('volume', track.volume);
  let endMs = 0;
  const segments = track.segments.map((segment) => {
    const json = encodeSegment(segment, endMs, readers);
    endMs = endOf(segment);
    return json;
  });
  writeList(node, 'sg', segments);
  return node.finish();
}

function encodeSegment(segment: DraftSegment, previousEndMs: number, readers: Readers): JsonObject {
  const node = new NodeWriter(segment, readers.segment);
  writeStart(node, segment.startMs, previousEndMs);
  writeSegmentDuration(node, segment);
  node.field('id', segment.id);
  node.field('name', segment.name);
  node.field('text', segment.text);
  node.field('volume', segment.volume);
  node.field('source', segment.source);
  node.field('sourceStart', segment.sourceStartMs);
  node.field('speed', segment.speed);
  node.field('position', segment.position);
  node.field('transition', segment.transition);
  node.field('role', segment.role);
  return node.finish();
}

function writeStart(node: NodeWriter, startMs: number, previousEndMs: number): void {
  const before = node.reader.number(FIELDS.start);
  if (before === undefined && startMs === previousEndMs) return;
  node.field('start', startMs, before === undefined ? undefined : toTime(before));
}

/**
 * Where `d` was missing and the length was told otherwise, that stays so for as long as it is true. A length or an end
 * beside `d` that is no longer true goes.
 */
function writeSegmentDuration(node: NodeWriter, { startMs, durationMs }: DraftSegment): void {
  const { reader, json } = node;
  const documented = readNumber(json.d);
  const found = foundDuration(reader, startMs);
  if (documented === undefined && found === durationMs) node.keep('d');
  else writeDuration(node, durationMs);
  const before = documented === undefined ? found : toDuration(documented);
  const hasMoved = startMs !== toTime(reader.number(FIELDS.start) ?? startMs);
  node.field('duration', before === durationMs ? reader.number(FIELDS.duration) : undefined);
  node.field(
    'end',
    before === durationMs && !(documented !== undefined && hasMoved) ? reader.number(FIELDS.end) : undefined,
  );
}

function writeDuration(node: NodeWriter, durationMs: number | undefined): void {
  const before = readNumber(node.json.d);
  const unchanged = before === undefined ? durationMs === undefined : toDuration(before) === durationMs;
  if (unchanged) node.keep('d');
  else node.key('d', durationMs);
}

/** A list that was null or left out stays so while there is nothing in it. */
function writeList(node: NodeWriter, key: string, list: readonly JsonObject[]): void {
  if (list.length === 0 && !Array.isArray(node.json[key])) node.keep(key);
  else node.key(key, list);
}
