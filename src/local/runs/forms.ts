import type { AdkEvent, AdkPart } from '../../wire/index.js';

/** How the events of a run are written (wire document, "The event stream"). `adk` is what the recordings show. */
export type EventForm = 'adk' | 'snake' | 'simple' | 'text';

/** An event as server-sent events; empty when the form has no words for it. */
export function encodeEvent(event: AdkEvent, form: EventForm): string {
  return wireObjects(event, form)
    .map((object) => `data: ${JSON.stringify(object)}\n\n`)
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
