import { CODES } from '../../wire/index.js';

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

/** The documents put 1001 beside 401 and 1002 beside 404; 2001 and 4xxx have no status of their own. */
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
    body: new TextEncoder().encode(JSON.stringify(value)),
  };
}
