import { CODES, isObject, parseExact, stringifyExact } from '../../wire/index.js';
import type { Effect, Met } from '../faults/faults.js';
import type { OpenRecord } from '../journal.js';

/** A request under way, before a body of JSON has been read. */
export interface OpenedExchange {
  readonly request: Request;
  readonly url: URL;
  /** The origin of the web page that asks, where it may be answered. */
  readonly origin: string | undefined;
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

/** What a body of JSON may have at most; the draft of a render more, for ten thousand segments have 3 MB. */
export const JSON_BYTES = { usual: 4 * 1024 * 1024, draft: 32 * 1024 * 1024 } as const;

/** The body of a request as it arrives, counted. Throws the signal's reason when it aborts, ConnectionLost when the client fails. */
export async function* bytesOf(
  request: Request,
  record: Pick<OpenRecord, 'bytes'> & { aborted?: boolean },
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
    // It is not wanted.
  }
}

/** Whether the body is JSON by what its headers say. */
export function isJson(request: Request): boolean {
  return /\bjson\b/i.test(request.headers.get('content-type') ?? '');
}

/** Reads a body of JSON of at most so many bytes, and hands its text to `keep`. */
export async function readJson(
  body: AsyncIterable<Uint8Array>,
  most: number,
  keep: (text: string, bytes: number) => void = () => {},
): Promise<Record<string, unknown>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > most) throw new Refusal(413, 'the body is too large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  keep(text, bytes);
  // Calls that take no body are sent with the type of one now and then.
  if (text.trim() === '') return {};
  try {
    const value = parseExact(text);
    if (isObject(value)) return value;
  } catch {
    // Reported below.
  }
  throw new Refusal(400, 'the body is not a JSON object');
}

/** A string field of a body; refuses with 400 when it is missing. */
export function text(json: Readonly<Record<string, unknown>>, field: string): string {
  const value = json[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new Refusal(400, `${field} is missing`);
}

/** A piece of an answer's body. */
type Body = Uint8Array<ArrayBuffer> | AsyncIterable<Uint8Array>;

/** What a route answers. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Body | undefined;
  /** True when its fault has been seen to where it is made. */
  gated?: boolean;
}

/**
 * What the service refuses, as a route throws it. `code` goes into the body; the status is the documented one of the
 * code where the documents name one, else the one given.
 */
export class Refusal extends Error {
  readonly code: number;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(code: number, message: string, status = statusOf(code), headers: Record<string, string> = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

/** The documents put 1001 beside 401 and 1002 beside 404; 2001 and 4xxx have no own status. */
function statusOf(code: number): number {
  if (code === CODES.tokenInvalid) return 401;
  if (code === CODES.sessionNotFound) return 404;
  return code >= 400 && code <= 599 ? code : 200;
}

/** An answer of JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: new TextEncoder().encode(stringifyExact(value)),
  };
}

/** How a connection dies: `refuse` before the backend sees anything, `reset` at any time after. */
export class ConnectionLost extends Error {
  readonly kind: 'reset' | 'refuse';

  /** `cause`: what the client's own body failed with, when that is why. */
  constructor(kind: 'reset' | 'refuse', cause?: unknown) {
    super(kind === 'refuse' ? 'the connection was refused' : 'the connection was reset', { cause });
    this.name = 'ConnectionLost';
    this.kind = kind;
  }

  /** What the runtime's own fetch would have thrown: a TypeError with the reason as its cause. */
  toFetchError(midBody: boolean): TypeError {
    const code = this.kind === 'refuse' ? 'ECONNREFUSED' : 'ECONNRESET';
    const cause = Object.assign(new Error(this.kind === 'refuse' ? `connect ${code}` : `read ${code}`), {
      code,
    });
    return new TypeError(midBody ? 'terminated' : 'fetch failed', { cause: this.cause ?? cause });
  }
}

/** Never resolves; rejects with the signal's reason when it aborts. */
export function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
