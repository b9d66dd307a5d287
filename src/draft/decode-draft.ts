import { ResponseFormatError } from '../errors/service.js';
import { parseExact } from '../wire/exact-json.js';
import { isObject, type JsonObject } from '../wire/json.js';
import type { Draft, DraftKeys, DraftSegment, DraftTrack, TrackKind } from './draft.js';
import { createReaders, FIELDS, metaOf, type NodeReader, type Readers, readNumber } from './node-reader.js';
import { endOf, toDuration, toTime } from './spans.js';

/** How to decode a draft. */
export interface DecodeOptions {
  /** More keys to look under for the fields of tracks and segments; they come before those of `DRAFT_KEYS`. */
  readonly keys?: DraftKeys | undefined;
}

/**
 * Reads the service's JSON of a timeline (wire document, "The draft"): short keys become full names, times are ms,
 * numbers in strings are read, `m` is kept as `metadata` and every key without a name here in `extra`, so that
 * `encodeDraft(decodeDraft(json))` deeply equals `json`. The draft shares parts of `json`: don't change it.
 *
 * @throws ResponseFormatError with the path, for JSON that is not a draft: a `t` or `sg` that is not a list, a track or a
 * segment that is not an object, a duration `d` that is not a number. Null counts as missing.
 */
export function decodeDraft(json: unknown, options: DecodeOptions = {}): Draft {
  return new Decoder(options.keys).draft(json);
}

/** The JSON of a draft that may be a text, as some agents put it into the state. Any other value is returned as it is. */
export function draftJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parseExact(value);
  } catch {
    return value;
  }
}

/** The meaning of a type code `tt` (wire document). */
export function kindOf(code: unknown): TrackKind {
  switch (readNumber(code)) {
    case 0:
      return 'video';
    case 1:
      return 'audio';
    case 7:
      return 'text';
    default:
      return 'unknown';
  }
}

class Decoder {
  readonly #keys: DraftKeys | undefined;
  readonly #readers: Readers;

  constructor(keys: DraftKeys | undefined) {
    this.#keys = keys;
    this.#readers = createReaders(keys);
  }

  draft(json: unknown): Draft {
    if (!isObject(json)) throw unexpected('draft', 'an object', json);
    const durationMs = readDuration(json, () => 'draft');
    const tracks = readList(json.t, 'draft.t').map((track, index) =>
      this.#readTrack(track, `draft.t[${index}]`),
    );
    const reader = this.#readers.draft;
    const extra = reader.read(json);
    return {
      durationMs,
      title: reader.text(FIELDS.title),
      width: reader.number(FIELDS.width),
      height: reader.number(FIELDS.height),
      tracks,
      keys: this.#keys,
      metadata: metaOf(json),
      extra,
      raw: json,
    };
  }

  #readTrack(json: unknown, path: string): DraftTrack {
    if (!isObject(json)) throw unexpected(path, 'an object', json);
    const reader = this.#readers.track;
    const extra = reader.read(json);
    return {
      kind: kindOf(json.tt),
      code: json.tt,
      id: reader.text(FIELDS.id),
      name: reader.text(FIELDS.name),
      role: reader.text(FIELDS.role),
      volume: reader.number(FIELDS.volume),
      segments: this.#readSegments(readList(json.sg, `${path}.sg`), path),
      metadata: metaOf(json),
      extra,
      raw: json,
    };
  }

  #readSegments(list: readonly unknown[], path: string): DraftSegment[] {
    const segments: DraftSegment[] = [];
    let endMs = 0;
    const pathOf = (): string => `${path}.sg[${segments.length}]`;
    for (const json of list) {
      if (!isObject(json)) throw unexpected(pathOf(), 'an object', json);
      const segment = this.#readSegment(json, endMs, pathOf);
      endMs = endOf(segment);
      segments.push(segment);
    }
    return segments;
  }

  #readSegment(json: JsonObject, previousEndMs: number, pathOf: () => string): DraftSegment {
    const reader = this.#readers.segment;
    const extra = reader.read(json);
    const startMs = toTime(reader.number(FIELDS.start) ?? previousEndMs);
    const durationMs = readDuration(json, pathOf) ?? foundDuration(reader, startMs);
    return {
      startMs,
      durationMs,
      id: reader.text(FIELDS.id),
      name: reader.text(FIELDS.name),
      text: reader.text(FIELDS.text),
      volume: reader.number(FIELDS.volume),
      source: reader.text(FIELDS.source),
      sourceStartMs: reader.number(FIELDS.sourceStart),
      speed: reader.number(FIELDS.speed),
      position: reader.value(FIELDS.position),
      transition: reader.value(FIELDS.transition),
      role: reader.text(FIELDS.role),
      metadata: metaOf(json),
      extra,
      raw: json,
    };
  }
}

/** The length of a segment without `d`, in ms: 0 when it has no other length and no end. */
export function foundDuration(reader: NodeReader, startMs: number): number {
  return toDuration(reader.number(FIELDS.duration) ?? (reader.number(FIELDS.end) ?? startMs) - startMs);
}

/** A list; empty where it is null or missing. */
function readList(json: unknown, path: string): readonly unknown[] {
  if (json === undefined || json === null) return [];
  if (!Array.isArray(json)) throw unexpected(path, 'a list', json);
  return json;
}

/** The documented duration `d`. The path is composed only for an error. */
function readDuration(json: JsonObject, pathOf: () => string): number | undefined {
  const { d } = json;
  if (d === undefined || d === null) return undefined;
  const ms = readNumber(d);
  if (ms !== undefined) return toDuration(ms);
  throw unexpected(`${pathOf()}.d`, 'a number of milliseconds', d);
}

function unexpected(path: string, expected: string, received: unknown): ResponseFormatError {
  return new ResponseFormatError({ path, expected, received });
}
