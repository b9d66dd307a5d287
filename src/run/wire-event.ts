import { parseJson } from '../transport/index.js';
import { fieldsOf, isObject } from '../wire/json.js';

type JsonObject = Readonly<Record<string, unknown>>;

/** One thing that a wire event says, in any of the wire's forms. */
export type WirePart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'call';
      readonly id: string | undefined;
      readonly name: string;
      readonly args: JsonObject;
      /** Whether the tool's answer comes later than the event that follows: ADK's `longRunningToolIds`. */
      readonly longRunning: boolean;
    }
  | {
      readonly kind: 'response';
      readonly id: string | undefined;
      readonly name: string;
      readonly result: unknown;
    }
  | { readonly kind: 'state'; readonly delta: JsonObject }
  | {
      readonly kind: 'failure';
      readonly code: string | undefined;
      readonly message: string;
    }
  | { readonly kind: 'heartbeat' }
  /** What was an event before something on the way spoilt it. */
  | { readonly kind: 'damaged' }
  | { readonly kind: 'unknown' };

/**
 * How the text of an event relates to the text before it: `partial` comes ahead of a whole event that repeats it,
 * `whole` is that event, `delta` is never repeated.
 */
type TextMode = 'partial' | 'whole' | 'delta';

/** A wire event, made uniform. */
export interface WireEvent {
  readonly mode: TextMode;
  /** In the order of the wire. */
  readonly parts: readonly WirePart[];
  /** Empty where the form has none. */
  readonly author: string;
  readonly id: string | undefined;
  readonly usage: JsonObject | undefined;
  /** As it came. */
  readonly raw: unknown;
}

const UNKNOWN: WirePart = { kind: 'unknown' };
const DAMAGED: WirePart = { kind: 'damaged' };
const HEARTBEAT: WirePart = { kind: 'heartbeat' };

/** A sign of life: an event without data, or a comment. */
export function heartbeat(raw: unknown): WireEvent {
  return event([HEARTBEAT], raw);
}

/**
 * Reads one server-sent event in any form of the wire document. Narrowing is by hand, because a schema on each event
 * costs more than all the rest. Nothing is thrown: what has no name here comes out as `unknown`.
 */
export function decodeMessage(name: string | undefined, data: string): WireEvent {
  if (data === '') return heartbeat(data);
  const parsed = parseJson(data);
  if (parsed === undefined) return readText(name, data);
  const { json } = parsed;
  if (name === 'heartbeat') return heartbeat(json);
  if (!isObject(json)) return event([name === 'error' ? failureOf(undefined, json) : UNKNOWN], json);
  const failure = readFailure(json, name);
  if (isObject(json.content) || isObject(json.actions)) return readAdk(json, failure);
  if (failure !== undefined) return event([failure], json);
  // An envelope in place of an event, as every other call answers a failure: `{code: 2001, message}`.
  if (isRefusal(json)) return event([failureOf(json.code, json.message ?? json.msg ?? json)], json);
  return readSimple(json);
}

function event(parts: readonly WirePart[], raw: unknown): WireEvent {
  return { mode: 'delta', parts, author: '', id: undefined, usage: undefined, raw };
}

/** Data that is not JSON: a word of a protocol that nothing documents (`[DONE]`), or the remains of an event. */
function readText(name: string | undefined, data: string): WireEvent {
  if (name === 'heartbeat') return heartbeat(data);
  if (name === 'error') return event([failureOf(undefined, data)], data);
  return event([/[{\uFFFD\0]/.test(data) ? DAMAGED : UNKNOWN], data);
}

/** The simplified forms: `{type, …}` and `{text}`. */
function readSimple(json: JsonObject): WireEvent {
  switch (json.type) {
    case 'text': {
      const text = json.content ?? json.text;
      return event([typeof text === 'string' ? { kind: 'text', text } : UNKNOWN], json);
    }
    case 'tool_call':
      return event([readCall(json) ?? UNKNOWN], json);
    case 'tool_result':
      return event([readResponse(json, json.result) ?? UNKNOWN], json);
    case 'heartbeat':
      return heartbeat(json);
    case undefined:
      if (typeof json.text === 'string') return event([{ kind: 'text', text: json.text }], json);
      // An event that only closes something: ADK sends its fields without content, too.
      return typeof json.invocationId === 'string' || typeof json.invocation_id === 'string'
        ? readAdk(json, undefined)
        : event([UNKNOWN], json);
    default:
      return event([UNKNOWN], json);
  }
}

/** ADK's form, camelCase or snake_case. */
function readAdk(json: JsonObject, failure: WirePart | undefined): WireEvent {
  const parts: WirePart[] = [];
  const author = typeof json.author === 'string' ? json.author : '';
  if (isObject(json.content) && Array.isArray(json.content.parts)) {
    const later = json.longRunningToolIds ?? json.long_running_tool_ids;
    for (const part of json.content.parts) parts.push(readPart(part, author, later));
  }
  if (isObject(json.actions)) {
    const delta = json.actions.stateDelta ?? json.actions.state_delta;
    if (isObject(delta) && !isEmpty(delta)) parts.push({ kind: 'state', delta });
    const artifacts = json.actions.artifactDelta ?? json.actions.artifact_delta;
    if (isObject(artifacts) && !isEmpty(artifacts)) parts.push(UNKNOWN);
  }
  if (failure !== undefined) parts.push(failure);
  const usage = json.usageMetadata ?? json.usage_metadata;
  return {
    mode: json.partial === true ? 'partial' : 'whole',
    parts,
    author,
    id: typeof json.id === 'string' && json.id !== '' ? json.id : undefined,
    usage: isObject(usage) ? usage : undefined,
    raw: json,
  };
}

function readPart(part: unknown, author: string, later: unknown): WirePart {
  if (!isObject(part)) return UNKNOWN;
  if (typeof part.text === 'string') {
    // What a model thinks and what the person said are not the answer.
    return part.thought === true || author === 'user' ? UNKNOWN : { kind: 'text', text: part.text };
  }
  const call = part.functionCall ?? part.function_call;
  if (isObject(call)) return readCall(call, later) ?? UNKNOWN;
  const response = part.functionResponse ?? part.function_response;
  if (isObject(response)) return readResponse(response, response.response) ?? UNKNOWN;
  return UNKNOWN;
}

function readCall(json: JsonObject, later?: unknown): WirePart | undefined {
  const { id, name, args } = json;
  if (typeof name !== 'string') return undefined;
  return {
    kind: 'call',
    id: typeof id === 'string' ? id : undefined,
    name,
    args: argumentsOf(args),
    longRunning: Array.isArray(later) && later.includes(id),
  };
}

/** The arguments of a call; some models write them as JSON text. */
function argumentsOf(args: unknown): JsonObject {
  return fieldsOf(typeof args === 'string' ? parseJson(args)?.json : args);
}

function readResponse(json: JsonObject, result: unknown): WirePart | undefined {
  const { id, name } = json;
  if (typeof name !== 'string') return undefined;
  return { kind: 'response', id: typeof id === 'string' ? id : undefined, name, result };
}

/** `errorCode`/`errorMessage`, `{error}`, an event called `error` or a `{type: 'error'}`. */
function readFailure(json: JsonObject, name: string | undefined): WirePart | undefined {
  const code = json.errorCode ?? json.error_code;
  const message = json.errorMessage ?? json.error_message;
  // ADK puts the finish reason of an answer without content into `errorCode`: STOP is a silent edit, not a failure.
  if (isSaid(code) && code !== 'STOP') return failureOf(code, isSaid(message) ? message : code);
  if (isSaid(message) && code !== 'STOP') return failureOf(undefined, message);
  if (isSaid(json.error) || isObject(json.error)) return failureOf(undefined, json.error);
  if (name === 'error' || json.type === 'error')
    return failureOf(json.code, json.message ?? json.content ?? json);
  return undefined;
}

function isRefusal({ code, type, content }: JsonObject): boolean {
  if (type !== undefined || content !== undefined) return false;
  return typeof code === 'number' ? code !== 0 : typeof code === 'string' && /^0*[1-9]\d*$/.test(code);
}

function failureOf(code: unknown, said: unknown): WirePart {
  if (isObject(said) && isSaid(said.message))
    return failureOf(code ?? said.code ?? said.status, said.message);
  const message = typeof said === 'string' ? said : JSON.stringify(said);
  return { kind: 'failure', code: isSaid(code) ? String(code) : undefined, message };
}

/** Whether a field says anything: not null, not empty, not the code 0. */
function isSaid(value: unknown): value is string | number {
  return (typeof value === 'number' && value !== 0) || (typeof value === 'string' && value !== '');
}

function isEmpty(object: JsonObject): boolean {
  for (const _ in object) return false;
  return true;
}
