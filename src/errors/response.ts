import { type ErrorFacts, NemoVideoError } from './base.js';
import { excerpt } from './redact.js';

/** Facts of a {@link ResponseFormatError}. */
export interface ResponseFormatFacts extends ErrorFacts {
  /** Where in the answer the problem is, e.g. `draft.t[3].sg[0].d`; the operation's name when the whole is not JSON. */
  readonly path: string;
  /** What the service's documents describe there. */
  readonly expected: string;
  /** What was there instead. At most its first 200 characters are quoted. */
  readonly received?: unknown;
}

/** The service's answer does not have the form that its documents describe. */
export class ResponseFormatError extends NemoVideoError {
  override readonly name = 'ResponseFormatError';
  /** Where in the answer the problem is. */
  readonly path: string;
  readonly retryable = false;
  readonly hint = 'Check `baseUrl`, proxies and the SDK version; parse your own JSON first.';

  constructor(facts: ResponseFormatFacts) {
    super(`${facts.path}: expected ${facts.expected}, received ${quote(facts.received)}`, facts);
    this.path = facts.path;
  }
}

/** How much is quoted, in characters. */
const QUOTED = 200;

function quote(value: unknown): string {
  if (value === undefined) return 'nothing';
  const isText = typeof value === 'string';
  // What is far behind the cut need not be looked at.
  const short = excerpt((isText ? value : safeJson(value)).slice(0, 100 * QUOTED), QUOTED);
  return isText ? JSON.stringify(short) : short;
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
