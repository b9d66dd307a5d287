import { REDACTED, redact } from '../errors/index.js';
import { parseExact } from '../wire/index.js';
import type { FaultKind } from './faults/fault.js';
import type { Operation } from './service/routes.js';

/** One request as it was received. Credentials are redacted. */
export interface RequestRecord {
  /** When it arrived, in ms since the epoch of the backend's clock. */
  readonly at: number;
  /** What its answer carried as `x-request-id`. */
  readonly requestId: string;
  readonly method: string;
  /** The path with the query. */
  readonly path: string;
  readonly operation: Operation;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** How many bytes of its body have been read so far. */
  readonly bytes: number;
  /** The status that was answered; undefined while there is no answer, or when the connection died before one. */
  readonly status: number | undefined;
  /** The session that it is about, when it says so. */
  readonly sessionId: string | undefined;
  /** Its body, when it is JSON of at most 1 MB. The bodies that are kept have 16 MB in all; the oldest go first. */
  readonly body: unknown;
  /** True when the client went away before the answer was complete. */
  readonly aborted: boolean;
  /** The fault that it met, if any. */
  readonly fault: FaultKind | undefined;
}

/** One charge, made when the work begins. */
export interface ChargeRecord {
  /** When, in ms since the epoch of the backend's clock. */
  readonly at: number;
  readonly sessionId: string;
  readonly credits: number;
  /** What it was for. Only messages cost credits; export is free (wire document). */
  readonly reason: 'message';
  /** The message that was paid for. */
  readonly message: string;
  /** The request that brought it; the `requestId` of its record. */
  readonly requestId: string;
}

/** So many records are kept at least; a few more, so that not every request moves them all. */
const KEPT_RECORDS = 10_000;
const SPARE_RECORDS = 1000;

/** The bodies that are kept have so many bytes of JSON in all; the oldest go first. */
const KEPT_BYTES = 16 * 1024 * 1024;

/** Larger bodies (drafts of thousands of segments) are not kept. */
const LONGEST_BODY = 1024 * 1024;

/** What was asked of a backend and what it charged, bounded in records and in bytes. */
export class Journal {
  readonly requests: OpenRecord[] = [];
  readonly charges: ChargeRecord[] = [];
  #bodies: { readonly record: OpenRecord; readonly bytes: number }[] = [];
  #bytes = 0;

  add(record: OpenRecord): void {
    keep(this.requests, record);
  }

  charge(record: ChargeRecord): void {
    keep(this.charges, record);
  }

  /** Keeps a body of JSON with its record, without credentials. */
  keepBody(record: OpenRecord, text: string, bytes: number): void {
    if (bytes > LONGEST_BODY || text === '') return;
    record.body = redactedJson(text);
    this.#bodies.push({ record, bytes });
    this.#bytes += bytes;
    let gone = 0;
    for (; this.#bytes > KEPT_BYTES; gone += 1) {
      const oldest = this.#bodies[gone];
      if (oldest === undefined) break;
      oldest.record.body = undefined;
      this.#bytes -= oldest.bytes;
    }
    this.#bodies.splice(0, gone);
    // Bodies of a few bytes must not make this list longer than that of the records.
    if (this.#bodies.length <= KEPT_RECORDS + SPARE_RECORDS) return;
    for (const { bytes: size } of this.#bodies.splice(0, SPARE_RECORDS)) this.#bytes -= size;
  }

  clear(): void {
    this.requests.length = 0;
    this.charges.length = 0;
    this.#bodies = [];
    this.#bytes = 0;
  }
}

function keep<Record>(records: Record[], record: Record): void {
  records.push(record);
  if (records.length > KEPT_RECORDS + SPARE_RECORDS) records.splice(0, SPARE_RECORDS);
}

/** A record while the request is under way. */
export type OpenRecord = { -readonly [K in keyof RequestRecord]: RequestRecord[K] };

/** Headers whose whole value is a credential. */
const SECRET_HEADERS = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** Headers as a record, without credentials. */
export function redactHeaders(headers: Headers): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const [name, value] of headers) {
    const scheme = /^(\w+) /.exec(value)?.[1];
    if (SECRET_HEADERS.has(name)) clean[name] = scheme === undefined ? REDACTED : `${scheme} ${REDACTED}`;
    else clean[name] = redact(value);
  }
  return clean;
}

/** JSON text as data, without credentials; undefined when it is not JSON. */
function redactedJson(text: string): unknown {
  try {
    return parseExact(redact(text));
  } catch {
    return undefined;
  }
}
