import { type ErrorFacts, excerpt, printable, ResponseFormatError, redact } from '../errors/index.js';
import { HEADERS, isObject } from '../wire/index.js';
import { AttemptFailure, retryAfterMs } from './attempts.js';
import { parseJson, readText } from './body.js';
import type { Answer, AnswerFacts, AnswerIssue, AnswerSchema, Call, Identity } from './contract.js';
import { errorOfRefusal } from './service-error.js';

/** What must be known to make an error of a refusal. */
export interface AnswerContext {
  readonly facts: AnswerFacts;
  readonly identity: () => Identity;
  readonly webUrl: string;
  readonly nowMs: number;
  /** Ends the read of the body; see {@link readText}. */
  readonly signal?: AbortSignal | undefined;
}

/** The facts of an answer. */
export function factsOf(response: Response, attempts: number): AnswerFacts {
  const { status, headers } = response;
  const requestId = headers.get(HEADERS.requestId);
  // It is shown in errors, and a proxy may make it of what it was sent.
  return {
    status,
    headers,
    requestId: requestId === null ? undefined : printable(redact(requestId)),
    attempts,
  };
}

/**
 * The data of an answer, out of its envelope. Throws what the answer is instead: a refusal in JSON, or no JSON at all.
 * An HTML page under 200 comes from something in between that does not know the service, so a repeat of the request
 * would meet it again: it counts as refused. Under a status of failure, the status decides.
 */
export async function readData(call: Call, response: Response, context: AnswerContext): Promise<unknown> {
  const { status, requestId, attempts } = context.facts;
  const facts = { ...call.about, status, requestId, attempts };
  if (isRedirect(response)) {
    const error = redirected(call, response, facts);
    // "See other" comes after the work, and a browser does not say which redirect it was; any other one is a refusal.
    throw [301, 302, 307, 308].includes(status) ? new AttemptFailure(error, 'rejected') : error;
  }
  // "No content" is an answer, and a complete one.
  if (status === 204 || status === 205) return {};
  const text = await readText({ response, operation: call.operation, facts, signal: context.signal });
  const parsed = parseJson(text);
  if (response.ok && (parsed !== undefined || text.trim() === '')) {
    const salvaged = call.salvage?.(parsed?.json);
    if (salvaged !== undefined) return salvaged;
  }
  const unreadable =
    parsed === undefined
      ? new ResponseFormatError({ ...facts, path: call.operation, expected: 'JSON', received: text })
      : undefined;
  if (unreadable !== undefined && response.ok) throw unreadable;
  const envelope = openEnvelope(parsed?.json ?? {});
  if (response.ok && envelope.ok) return envelope.data;
  const waitMs = retryAfterMs(response.headers, context.nowMs);
  const { error, proof } = errorOfRefusal({
    operation: call.operation,
    status,
    code: envelope.code,
    message: readMessage(parsed?.json),
    retryAfterMs: waitMs,
    requestId,
    attempts,
    about: call.about ?? {},
    identity: context.identity(),
    webUrl: context.webUrl,
    answer: parsed?.json,
    cause: unreadable,
  });
  throw new AttemptFailure(error, proof, waitMs);
}

/** Whether fetch stopped at a redirect: by its status, or by the mask that browsers put on it. */
export function isRedirect(response: Response): boolean {
  return response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400);
}

function redirected(call: Call, response: Response, facts: ErrorFacts): ResponseFormatError {
  response.body?.cancel().catch(() => {});
  const location = response.headers.get('location');
  return new ResponseFormatError({
    ...facts,
    path: call.operation,
    expected: 'an answer',
    received: `a redirect${location === null ? '' : ` to ${location}`}`,
  });
}

/** What an answer's JSON says of itself, in any of the documented forms. */
export interface Envelope {
  /** Whether the answer says that the call succeeded. */
  readonly ok: boolean;
  /** The service's code, where one was given. */
  readonly code: number | undefined;
  /** The data: `data` of an envelope, else the whole answer. */
  readonly data: unknown;
}

/**
 * Opens the envelope of an answer: `{code,data}`, `{success,data}`, or no envelope at all (wire document,
 * "Endpoints": several answers are "also seen flat").
 */
export function openEnvelope(json: unknown): Envelope {
  if (!isObject(json)) return { ok: true, code: undefined, data: json };
  const code = readCode(json.code);
  const failed = (code !== undefined && code !== 0) || json.success === false;
  // A flat answer can have a field `data` only by being an envelope: no documented one has.
  const data =
    'data' in json && (json.data !== null || 'code' in json || 'success' in json) ? json.data : json;
  return { ok: !failed, code, data };
}

function readCode(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
  return undefined;
}

/** The most that is repeated of the service's words, in characters: a stack in them would drown the message. */
const LONGEST_MESSAGE = 500;

/** The service's words about a failure: the first field in which one of its versions puts them. */
export function readMessage(json: unknown): string | undefined {
  if (!isObject(json)) return undefined;
  for (const key of ['message', 'msg', 'error', 'detail', 'error_message', 'errorMessage']) {
    const value = json[key];
    const words = isObject(value) ? value.message : value;
    if (typeof words === 'string' && words !== '') return excerpt(words, LONGEST_MESSAGE);
  }
  return readMessage(json.data);
}

/** Reads `data` by a schema; throws {@link ResponseFormatError} with the path of the first thing that is wrong. */
export function readAnswer<T>(
  schema: AnswerSchema<T>,
  data: unknown,
  { operation, about }: Pick<Call, 'operation' | 'about'>,
  facts: ErrorFacts,
): T {
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const path = (issue?.path ?? []).reduce<string>(
    (whole, key) => (typeof key === 'number' ? `${whole}[${key}]` : `${whole}.${String(key)}`),
    operation,
  );
  let received: unknown = data;
  for (const key of issue?.path ?? []) {
    received = typeof received === 'object' && received !== null ? Reflect.get(received, key) : undefined;
  }
  throw new ResponseFormatError({ ...about, ...facts, path, expected: describe(issue), received });
}

function describe(issue: AnswerIssue | undefined): string {
  if (issue?.code === 'invalid_type' && issue.expected !== undefined) return issue.expected;
  return issue?.message ?? 'the documented form';
}

/**
 * What a call promises: `await call` returns the data, `await call.withResponse()` the data with the facts of the
 * answer. Nothing is sent twice when both are used.
 */
export interface ApiPromise<T> extends Promise<T> {
  /** The data with the answer's `status`, `headers`, `requestId`, and how many `attempts` it took. */
  withResponse(): Promise<Answer<T>>;
}

/** Makes {@link ApiPromise}s. */
export const ApiPromise = {
  /** A promise of what `read` makes of an answer's data. */
  of<S, T>(answer: Promise<Answer<S>>, read: (data: S) => T | Promise<T>): ApiPromise<T> {
    const data = answer.then((facts) => read(facts.data));
    // Awaited together, so that neither of the two can reject unhandled.
    const withResponse = async (): Promise<Answer<T>> => {
      const [facts, value] = await Promise.all([answer, data]);
      return { ...facts, data: value };
    };
    return Object.assign(data, { withResponse });
  },
};
