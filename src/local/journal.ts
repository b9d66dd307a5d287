import { REDACTED, redact } from '../errors/index.js';
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
  /** Its body, when it is JSON of at most 1 MB. */
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
export function redactedJson(text: string): unknown {
  try {
    return JSON.parse(redact(text));
  } catch {
    return undefined;
  }
}
