import { isObject } from '../../wire/index.js';
import type { Met } from '../faults/faults.js';
import type { Effect } from '../faults/work.js';
import { type OpenRecord, redactedJson } from '../journal.js';
import { Refusal } from './answer.js';
import { ConnectionLost } from './connection.js';

/** A request under way, before a body of JSON has been read. */
export interface OpenedExchange {
  readonly request: Request;
  readonly url: URL;
  /** The id in the path, or ''. */
  readonly id: string;
  readonly ip: string;
  /** Aborts when the client goes away or the backend closes. */
  readonly signal: AbortSignal;
  /** What is written down about it. */
  readonly record: OpenRecord;
  /** Its body as it arrives, when it is not JSON. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The fault of its connection. */
  readonly effect: Effect;
  /** Its odd answers. */
  readonly odd: Met['answer'];
}

/** A request under way, as routes see it. */
export interface Exchange extends OpenedExchange {
  /** Its body when it is JSON. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** Drafts of ten thousand segments have 3 MB. */
const MOST_JSON_BYTES = 32 * 1024 * 1024;

/** Larger bodies (drafts of thousands of segments) are not written down. */
const MOST_NOTED_BYTES = 1024 * 1024;

/** The body of a request as it arrives, counted. Throws the signal's reason when it aborts, ConnectionLost when the client fails. */
export async function* bytesOf(
  request: Request,
  record: OpenRecord,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (request.body === null) return;
  const reader = request.body.getReader();
  const stop = (): void => void reader.cancel(signal.reason).catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  const read = (): ReturnType<typeof reader.read> =>
    reader.read().catch((cause: unknown) => {
      record.aborted = true;
      throw new ConnectionLost('reset', cause);
    });
  try {
    for (let next = await read(); !next.done; next = await read()) {
      record.bytes += next.value.byteLength;
      yield next.value;
    }
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

/** Lets the rest of a body pass: a client that is still writing does not read the answer. */
export async function drain(body: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of body) {
    // Nobody wants it.
  }
}

/** Whether the body is JSON by what its headers say. */
export function isJson(request: Request): boolean {
  return /\bjson\b/i.test(request.headers.get('content-type') ?? '');
}

/** Reads a body of JSON, and writes it down without credentials. */
export async function readJson(
  body: AsyncIterable<Uint8Array>,
  record: OpenRecord,
): Promise<Record<string, unknown>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_JSON_BYTES) throw new Refusal(413, 'the body is too large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (bytes <= MOST_NOTED_BYTES) record.body = redactedJson(text);
  // Calls that take no body are sent with the type of one now and then.
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Told below.
  }
  throw new Refusal(400, 'the body is not a JSON object');
}

/** A string field of a body; refuses with 400 when it is missing. */
export function text(json: Readonly<Record<string, unknown>>, field: string): string {
  const value = json[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new Refusal(400, `${field} is missing`);
}
