import type { JsonObject } from '../wire/json.js';
import { foundDuration, kindOf } from './decode-draft.js';
import {
  checkDraft,
  type Draft,
  type DraftNode,
  type DraftSegment,
  type DraftTrack,
  type Field,
  knownKeys,
  type TrackKind,
} from './draft.js';
import {
  createReaders,
  FIELDS,
  metaOf,
  type NodeReader,
  type Readers,
  readNumber,
  setKey,
} from './node-reader.js';
import { endOf, toDuration, toTime } from './spans.js';

/**
 * Writes a draft as the service's JSON. What came from `decodeDraft` and was not changed is written as it was, in
 * the same places and order; a changed field where it was found; a new one under the first of its keys in `DRAFT_KEYS`.
 * A start is written where there was one, and where it differs from the end of the segment before.
 * Values of `extra` are shared, not copied.
 *
 * @throws OptionError for anything but a `Draft`.
 */
export function encodeDraft(draft: Draft): unknown {
  checkDraft(draft);
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
 * A length that was written under another key than `d` stays there while it is right. A length or an end beside `d` that
 * is wrong now is removed.
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

/** A list that was null or missing stays so while it is empty. */
function writeList(node: NodeWriter, key: string, list: readonly JsonObject[]): void {
  if (list.length === 0 && !Array.isArray(node.json[key])) node.keep(key);
  else node.key(key, list);
}

/**
 * Puts one node together again: the places and the order of its fields are those of the JSON it was decoded from, the
 * values are the caller's.
 */
class NodeWriter {
  /** What the node was decoded from; empty for one made by hand. */
  readonly json: JsonObject;
  /** Has just read `json`. */
  readonly reader: NodeReader;
  readonly #beside: Map<string, unknown>;
  readonly #meta: Map<string, unknown>;

  constructor({ metadata = {}, extra = {}, raw = {} }: DraftNode, reader: NodeReader) {
    reader.read(raw);
    this.json = raw;
    this.reader = reader;
    this.#beside = new Map(Object.entries(extra));
    this.#meta = new Map(Object.entries(metadata));
  }

  /** Sets a field, or leaves it out. An unchanged value is written as it was: `"3000"` stays a string. */
  field(field: Field, value: unknown, before: unknown = this.#before(field)): void {
    const place = this.reader.places.find((found) => found.field === field);
    const { key, inMeta } = place ?? homeOf(field);
    const target = inMeta ? this.#meta : this.#beside;
    if (place !== undefined && value === before) {
      // A field within `m` is in the metadata already, and may have been changed there.
      if (!inMeta) target.set(key, this.reader.value(FIELDS[field]));
    } else if (value !== undefined) {
      target.set(key, value);
    } else if (place !== undefined) {
      target.delete(key);
    }
  }

  /** Sets a key beside `m`, or leaves it out. */
  key(key: string, value: unknown): void {
    if (value !== undefined) this.#beside.set(key, value);
  }

  /** Keeps a key beside `m` as it was, or left out as it was. */
  keep(key: string): void {
    if (Object.hasOwn(this.json, key)) this.#beside.set(key, this.json[key]);
  }

  /** The node as JSON, its keys in the order they had. */
  finish(): JsonObject {
    if (this.#meta.size > 0 || metaOf(this.json) === this.json.m) {
      this.#beside.set('m', inOrderOf(metaOf(this.json), this.#meta));
    }
    return inOrderOf(this.json, this.#beside);
  }

  #before(field: Field): unknown {
    const slot = FIELDS[field];
    switch (slot.reads) {
      case 'number':
        return this.reader.number(slot);
      case 'value':
        return this.reader.value(slot);
      default:
        return this.reader.text(slot);
    }
  }
}

const BESIDE: readonly Field[] = ['id', 'start', 'duration', 'end'];

/** Where a new field is written. */
function homeOf(field: Field): { readonly key: string; readonly inMeta: boolean } {
  return { key: knownKeys(field)[0] ?? field, inMeta: !BESIDE.includes(field) };
}

function inOrderOf(model: JsonObject, entries: Map<string, unknown>): JsonObject {
  const json: JsonObject = {};
  for (const key of Object.keys(model)) {
    if (entries.has(key)) setKey(json, key, entries.get(key));
  }
  for (const [key, value] of entries) {
    if (!Object.hasOwn(model, key)) setKey(json, key, value);
  }
  return json;
}
