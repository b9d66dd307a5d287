// Types of the event stream, for reading and for the local backend to write. There is no schema on purpose: a
// stream can carry 200,000 events, and zod on each costs more than all the rest. `run/` narrows by hand.

/** A part of an ADK event's content. Exactly one of the known fields is set. */
export interface AdkPart {
  readonly text?: string;
  readonly functionCall?: {
    readonly id?: string;
    readonly name: string;
    readonly args?: Record<string, unknown>;
  };
  readonly functionResponse?: { readonly id?: string; readonly name: string; readonly response?: unknown };
}

/** An ADK `Event` (recordings, wire document "The event stream"). */
export interface AdkEvent {
  readonly id: string;
  readonly invocationId: string;
  readonly author: string;
  /** In ms in the recordings; ADK's Python servers send seconds. */
  readonly timestamp: number;
  readonly partial?: boolean;
  readonly turnComplete?: boolean;
  readonly content?: { readonly role: 'model' | 'user'; readonly parts: readonly AdkPart[] };
  readonly actions?: {
    readonly stateDelta?: Record<string, unknown>;
    readonly artifactDelta?: Record<string, unknown>;
    readonly [key: string]: unknown;
  };
  readonly usageMetadata?: Record<string, unknown>;
  readonly finishReason?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly longRunningToolIds?: readonly string[];
}
