import { type ErrorFacts, excerpt, ResponseFormatError } from '../errors/index.js';
import { isObject } from '../wire/json.js';
import type { AnswerIssue, AnswerSchema, Call } from './contract.js';

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
  // A flat answer can have a field `data` of its own only by being an envelope: no documented one has.
  const data =
    'data' in json && (json.data !== null || 'code' in json || 'success' in json) ? json.data : json;
  return { ok: !failed, code, data };
}

function readCode(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return Number(value);
  return undefined;
}

/** The most that is repeated of the service's words, in characters: a stack of its own would drown the message. */
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
