import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../platform/clock.js';
import { type AdkEvent, type AdkPart, AGENT, stringifyExact } from '../../wire/index.js';

const NO_ACTIONS = {
  stateDelta: {},
  artifactDelta: {},
  requestedAuthConfigs: {},
  requestedToolConfirmations: {},
};

/** Makes the events of one run, with the fields in the order in which the recordings have them. */
export class EventMaker {
  readonly #clock: Clock;
  readonly #invocationId = `e-${randomUUID()}`;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Some words, ahead of the whole event. */
  partial(text: string): AdkEvent {
    return { ...this.#model([{ text }]), partial: true };
  }

  /** What the model says and calls, whole. */
  whole(parts: readonly AdkPart[]): AdkEvent {
    return this.#model(parts);
  }

  /** The last words of a run, whole. */
  last(parts: readonly AdkPart[], tokens: number): AdkEvent {
    return { ...this.#model(parts), usageMetadata: { totalTokenCount: tokens }, finishReason: 'STOP' };
  }

  /** What a tool answered, and the state that it left. The role is `user`, as in the recordings. */
  response(part: AdkPart, stateDelta: Record<string, unknown>): AdkEvent {
    return {
      invocationId: this.#invocationId,
      author: AGENT,
      content: { role: 'user', parts: [part] },
      actions: { ...NO_ACTIONS, stateDelta },
      id: eventId(),
      longRunningToolIds: [],
      timestamp: this.#clock.now(),
    };
  }

  /** The agent failed. */
  failure(errorCode: string, errorMessage: string): AdkEvent {
    return {
      invocationId: this.#invocationId,
      author: AGENT,
      errorCode,
      errorMessage,
      id: eventId(),
      actions: NO_ACTIONS,
      longRunningToolIds: [],
      timestamp: this.#clock.now(),
    };
  }

  #model(parts: readonly AdkPart[]): AdkEvent {
    return {
      invocationId: this.#invocationId,
      author: AGENT,
      id: eventId(),
      actions: NO_ACTIONS,
      longRunningToolIds: [],
      timestamp: this.#clock.now(),
      content: { role: 'model', parts },
    };
  }
}

/** The id of a tool call, as ADK makes it. */
export function callId(): string {
  return `adk-${randomUUID()}`;
}

function eventId(): string {
  return randomBytes(6).toString('base64url');
}

/** A text in a few words at a time; put together they are the text again. */
export function inChunks(text: string, words = 3): string[] {
  const chunks: string[] = [];
  let chunk: string[] = [];
  // Text without spaces (Chinese) is cut every few characters; `u` keeps emoji whole.
  for (const [word] of text.matchAll(/\S{1,12}\s*|\s+/gu)) {
    chunk.push(word);
    if (chunk.length < words) continue;
    chunks.push(chunk.join(''));
    chunk = [];
  }
  if (chunk.length > 0) chunks.push(chunk.join(''));
  return chunks;
}

/** How the events of a run are written (wire document, "The event stream"). `adk` is what the recordings show. */
export type EventForm = 'adk' | 'snake' | 'simple' | 'text';

/** An event as server-sent events; empty when the form has no words for it. */
export function encodeEvent(event: AdkEvent, form: EventForm): string {
  return wireObjects(event, form)
    .map((object) => `data: ${stringifyExact(object)}\n\n`)
    .join('');
}

/** A sign of life, as each form has it. */
export function encodeHeartbeat(form: EventForm): string {
  if (form === 'simple') return 'data: {"type":"heartbeat"}\n\n';
  if (form === 'snake') return 'event: heartbeat\ndata: {}\n\n';
  if (form === 'text') return ': still working\n\n';
  return 'data:\n\n';
}

function wireObjects(event: AdkEvent, form: EventForm): readonly unknown[] {
  if (form === 'adk') return [event];
  if (form === 'snake') return [snake(event)];
  if (event.errorMessage !== undefined) return [{ error: event.errorMessage }];
  // These forms have no whole event: what was said in part is not said again.
  const parts = event.content?.parts ?? [];
  const words = event.partial === true ? parts.flatMap((part) => part.text ?? []) : [];
  if (form === 'text') return words.map((text) => ({ text }));
  return [...words.map((content) => ({ type: 'text', content })), ...parts.flatMap(simpleTool)];
}

function simpleTool(part: AdkPart): unknown[] {
  const { functionCall: call, functionResponse: response } = part;
  if (call !== undefined) return [{ type: 'tool_call', name: call.name, args: call.args ?? {} }];
  if (response !== undefined)
    return [{ type: 'tool_result', name: response.name, result: response.response }];
  return [];
}

/** ADK's Python names. Only ADK's own keys change: arguments, answers and state belong to the agent. */
function snake(event: AdkEvent): Record<string, unknown> {
  const renamed = rename(event);
  if (event.content !== undefined)
    renamed.content = { ...event.content, parts: event.content.parts.map((part) => rename(part)) };
  if (event.actions !== undefined) renamed.actions = rename(event.actions);
  return renamed;
}

function rename(object: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      value,
    ]),
  );
}
