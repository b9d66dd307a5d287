import { callerFrames, placeOf } from './caller.js';
import { brief, cleaned } from './cleaned.js';
import { printable, redact } from './redact.js';

/** Shared by every copy of the package in a process, so that `isNemoVideoError` works across them. */
const BRAND: unique symbol = Symbol.for('nemovideo-sdk.error');

/** Under this name Node, Deno and Bun look for the way in which an object is printed. */
const INSPECT = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom');

/** What was known when an error occurred. Every field is a fact, not prose. */
export interface ErrorFacts {
  /** The service's code (1001, 2001, …): as sent, else the one that the documents assign to the HTTP status. */
  readonly code?: number | undefined;
  /** The HTTP status, when there was an answer. */
  readonly status?: number | undefined;
  /** The address that was tried. Only its origin and path are kept: the rest may be a signature. */
  readonly address?: string | undefined;
  /** The session that the call was about. */
  readonly sessionId?: string | undefined;
  /** The render that the call was about. */
  readonly renderId?: string | undefined;
  /** The service's `x-request-id`, for support. */
  readonly requestId?: string | undefined;
  /** How many times the request was sent. */
  readonly attempts?: number | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * The root of every error that this library throws. Its message says what happened; `hint` says what to do.
 * Neither ever contains a credential. Printed, it shows both, the line of the caller, and the fields that have a value.
 *
 * @example
 * ```ts
 * try {
 *   await nemo.createVideo({ prompt: 'A 10-second video about the sea' });
 * } catch (error) {
 *   if (!isNemoVideoError(error)) throw error;
 *   console.error(error.message, error.hint, error.retryable);
 * }
 * ```
 */
export abstract class NemoVideoError extends Error {
  /** The name of the class, written out: a minifier shortens the class itself. */
  abstract override readonly name: string;
  /** The service's code (1001, 2001, …): as sent, else the one that the documents assign to the HTTP status. */
  declare readonly code: number | undefined;
  /** The HTTP status, when there was an answer. */
  declare readonly status: number | undefined;
  /** The session that the call was about. */
  declare readonly sessionId: string | undefined;
  /** The render that the call was about. */
  declare readonly renderId: string | undefined;
  /** The service's `x-request-id`, for support. */
  declare readonly requestId: string | undefined;
  /** How many times the request was sent; 0 when nothing was sent. */
  declare readonly attempts: number;
  /** Of an upload: the name of the file that failed. */
  declare readonly file?: string | undefined;
  /** Of an upload: the place of that file in the list that was given. */
  declare readonly index?: number | undefined;
  /** Of an upload of several files: those that are in the session. The same call again does not send them again. */
  declare readonly uploaded?:
    | readonly {
        readonly name: string;
        readonly kind: 'video' | 'image' | 'audio';
        readonly url: string;
      }[]
    | undefined;
  /** Whether the same call may succeed later without any change. */
  abstract readonly retryable: boolean;
  /** What a person can do about it, in one sentence. */
  abstract readonly hint: string;

  constructor(message: string, facts: ErrorFacts = {}) {
    super(
      printable(redact(message)),
      facts.cause === undefined ? undefined : { cause: cleaned(facts.cause) },
    );
    const { code, status, sessionId, renderId, requestId, attempts = 0 } = facts;
    putFacts(this, { code, status, sessionId, renderId, requestId, attempts });
    Object.defineProperty(this, BRAND, { value: true });
    Object.defineProperty(this, INSPECT, { value: inspected });
  }

  /** Message, hint, and the line of the caller. */
  override toString(): string {
    return [headOf(this), ...callerFrames(this.stack).slice(0, 1)].join('\n');
  }

  /** For logs: what has a value, with the message, the line of the caller (`at`) and the causes. */
  toJSON(): object {
    const { name, message, cause } = this;
    const [frame] = callerFrames(this.stack);
    // What is undefined is left out of JSON.
    const at = frame?.trim().replace(/^at /, '');
    return { name, message, ...fieldsOf(this), hint: this.hint, at, cause: brief(cause) };
  }
}

/** ` at https://…/path`, for a message; empty where no address is known. */
export function at(address: string | undefined): string {
  if (address === undefined || !URL.canParse(address)) return '';
  const { origin, pathname } = new URL(address);
  return ` at ${origin}${pathname.replace(/\/$/, '')}`;
}

/** How Node, Deno and Bun print an error of the family. */
function inspected(
  this: NemoVideoError,
  depth: number,
  options: object,
  inspect: (value: unknown, options: object) => string,
): string {
  if (depth < 0) return `[${this.name}: ${this.message}]`;
  const caller = callerFrames(this.stack);
  const frames = caller.length > 0 ? caller : (this.stack ?? '').split('\n').filter((line) => placeOf(line));
  const fields = { ...fieldsOf(this), ...(this.cause === undefined ? {} : { cause: this.cause }) };
  const shown = Object.keys(fields).length > 0 ? ` ${inspect(fields, { ...options, depth })}` : '';
  return [headOf(this), ...frames].join('\n') + shown;
}

function headOf({ name, message, hint }: NemoVideoError): string {
  return `${name}: ${message}\n    hint: ${hint}`;
}

/** The facts of an error that have a value: not `undefined`, empty, or a count of nothing. */
function fieldsOf(error: NemoVideoError): Record<string, unknown> {
  const spoken = ['name', 'message', 'stack', 'hint', 'cause'];
  return Object.fromEntries(
    // An error of another version may list what has no value.
    Object.entries(error).filter(([key, value]) => !spoken.includes(key) && hasValue(value)),
  );
}

/**
 * Whether `error` is an error of this library, from whichever copy of the package: the brand is shared by all of
 * them, `instanceof` is not.
 */
export function isNemoVideoError(error: unknown): error is NemoVideoError {
  return error instanceof NemoVideoError || (typeof error === 'object' && error !== null && BRAND in error);
}

/** Whether `error` means that the caller gave up: this library's own, or the platform's `AbortError`. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/**
 * Puts facts on an error. What has no value is not enumerable: Node prints every enumerable field of an error that is not
 * caught, and a wall of `undefined` hides the message.
 */
export function putFacts(error: NemoVideoError, facts: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(facts)) {
    Object.defineProperty(error, name, {
      value,
      enumerable: hasValue(value),
      configurable: true,
      writable: true,
    });
  }
}

/** Whether a fact says anything: an empty text or a count of nothing does not. */
function hasValue(value: unknown): boolean {
  return value !== undefined && value !== '' && value !== 0;
}

/** Puts a snapshot on an error, in place of an earlier one. Not enumerable: the draft in it would fill a log. */
export function putSnapshot<E extends NemoVideoError>(error: E, snapshot: unknown): E {
  return Object.defineProperty(error, 'snapshot', {
    value: snapshot,
    enumerable: false,
    configurable: true,
    writable: true,
  });
}

/** Facts of an error that the service itself reports. */
export interface ServiceFacts extends ErrorFacts {
  /** What the service said, in its words. */
  readonly serviceMessage?: string | undefined;
}

/** The sentence of the library, then the service's own words. */
export function say(sentence: string, facts: ServiceFacts): string {
  return facts.serviceMessage ? `${sentence} (the service said: ${facts.serviceMessage})` : sentence;
}
