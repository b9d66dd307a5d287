import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../platform/clock.js';
import { type AdkEvent, type AdkPart, AGENT } from '../../wire/index.js';

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
