import type { Timeline, TimelineChange } from '../draft/index.js';
import type { AgentQuestion } from '../errors/index.js';
import type { ActionKind } from './gui/screen-rules.js';

/** What every event has. `JSON.stringify` leaves it out. */
interface Carried {
  /**
   * What it was made from, as it came: an ADK event, a state answer, the text of a heartbeat. Null for events that
   * come from no byte of the stream (`still_working`, `recovering`).
   */
  readonly raw: unknown;
}

/** Some words of the answer. All deltas together are the `text` of the last one. */
export interface TextEvent extends Carried {
  readonly type: 'text';
  /** As the agent sent them; may be empty where only `displayDelta` has something new. */
  readonly delta: string;
  /** The whole answer so far. */
  readonly text: string;
  /**
   * What a person should see of the answer, by whole sentences: without instructions for a screen, and without characters
   * that a terminal would act on. Empty while a sentence is not complete.
   */
  readonly displayDelta: string;
  /** All that a person should see so far. */
  readonly displayText: string;
  /**
   * Only present when the agent took back what it had streamed: `text` and `displayText` replace everything before, and the
   * deltas so far do not add up to them.
   */
  readonly replaced?: true;
}

/** The agent uses one of its tools. Internal to the service: not meant for people to read. */
export interface ToolCallEvent extends Carried {
  readonly type: 'tool_call';
  readonly id?: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What a tool answered. Internal to the service: not meant for people to read. */
export interface ToolResultEvent extends Carried {
  readonly type: 'tool_result';
  readonly id?: string;
  readonly name: string;
  readonly result: unknown;
}

/**
 * Which of the two stages of a generation a timeline belongs to (wire document: after a first clip the backend
 * continues): `clip`, the first pictures on a timeline that had none; `finish`, the music, titles
 * and effects after them.
 */
export type TimelineStage = 'clip' | 'finish';

/** The timeline as it is now: from `stateDelta.draft`, or from the state read after a silent or broken run. */
export interface TimelineEvent extends Carried {
  readonly type: 'timeline';
  readonly timeline: Timeline;
  /** Compared with the timeline before this event. */
  readonly changes: readonly TimelineChange[];
  /** Where the changes show it. */
  readonly stage?: TimelineStage;
}

/**
 * The agent asks. Nothing was finished; answer with `session.answer(question, answers)` when the run has ended. The tool
 * call of the question comes before it.
 */
export interface QuestionEvent extends Carried {
  readonly type: 'question';
  readonly question: AgentQuestion;
}

/** The answer asks the person to do something on a screen. Carrying it out is up to you, or to `Assistant`. */
export interface ActionEvent extends Carried {
  readonly type: 'action';
  readonly action: ActionKind;
  /** The words that asked for it. */
  readonly phrase: string;
}

/** The service is alive. */
export interface HeartbeatEvent extends Carried {
  readonly type: 'heartbeat';
}

/** Every two minutes: time to inform the person that the work continues. */
export interface StillWorkingEvent extends Carried {
  readonly type: 'still_working';
  /** Since the message was sent, in ms. */
  readonly elapsedMs: number;
}

/** The stream broke, and the session's state will be read to find out the outcome of the message. */
export interface RecoveringEvent extends Carried {
  readonly type: 'recovering';
  /** 1 for the first read. */
  readonly attempt: number;
  /** How long until the state is read, in ms. */
  readonly nextCheckMs: number;
}

/** Something that this version of the library has no name for. */
export interface UnknownEvent extends Carried {
  readonly type: 'unknown';
}

/** What happens while the agent works on a message. */
export type RunEvent =
  | TextEvent
  | ToolCallEvent
  | ToolResultEvent
  | TimelineEvent
  | QuestionEvent
  | ActionEvent
  | HeartbeatEvent
  | StillWorkingEvent
  | RecoveringEvent
  | UnknownEvent;

/** Every event is one of these: its JSON leaves `raw` out, which can be large and is not meant for a page. */
export class EmittedEvent {
  declare readonly raw: unknown;

  /** The event without `raw`, for `JSON.stringify`. */
  toJSON(): object {
    const { raw: _, ...rest } = this;
    return rest;
  }
}

/** A `text` event: a class, because there are hundreds of thousands of them. */
export class EmittedText extends EmittedEvent implements TextEvent {
  readonly type = 'text';
  readonly delta: string;
  readonly text: string;
  readonly displayDelta: string;
  readonly displayText: string;
  declare readonly replaced?: true;
  override readonly raw: unknown;

  constructor(
    delta: string,
    text: string,
    displayDelta: string,
    displayText: string,
    raw: unknown,
    replaced: boolean,
  ) {
    super();
    this.delta = delta;
    this.text = text;
    this.displayDelta = displayDelta;
    this.displayText = displayText;
    this.raw = raw;
    if (replaced) Object.assign(this, { replaced });
  }
}

/** A tool that the agent used, and what it answered. */
export interface ToolCall {
  readonly id?: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Absent when the tool did not answer. */
  readonly result?: unknown;
}

/** What the service counted: `usageMetadata` under its own names, numbers added up over the answers of the model. */
export interface RunUsage {
  readonly promptTokenCount?: number;
  readonly candidatesTokenCount?: number;
  readonly totalTokenCount?: number;
  readonly [key: string]: unknown;
}

/** The outcome of a message. */
export interface RunResult {
  /** The answer as the agent gave it; empty for a silent edit. */
  readonly text: string;
  /** The answer as a person should read it: without instructions for a screen. */
  readonly displayText: string;
  /** What those instructions asked for, in order. */
  readonly actions: readonly { readonly action: ActionKind; readonly phrase: string }[];
  /** The timeline afterwards, where it became known: from the stream or from a state read. */
  readonly timeline?: Timeline;
  /** Compared with the timeline before the message. Empty when nothing changed, or when no timeline became known. */
  readonly changes: readonly TimelineChange[];
  /** `changes` in words, one sentence each. */
  readonly summary: readonly string[];
  /** What the service generated meanwhile, as it lists it, where that became known. */
  readonly generated: readonly unknown[];
  /** What the agent asked last, if it waits for the answer: `session.answer(question, answers)`. Nothing was finished. */
  readonly question?: AgentQuestion;
  /** The agent said nothing, as with about 30 % of edits (wire document): `changes` shows what it did. */
  readonly silent: boolean;
  /** The stream broke, and the outcome was learned from the session's state. `text` may be cut short. */
  readonly recovered: boolean;
  /**
   * The stream ended where an answer ends, as far as that can be known. False after a break, and where the body ended
   * cleanly but was empty, or words were never repeated whole, or a tool never answered: then the service may still be
   * at work, and `session.state()` shows more later.
   */
  readonly complete: boolean;
  readonly toolCalls: readonly ToolCall[];
  readonly usage?: RunUsage;
  /** From sending to the end, in ms. */
  readonly elapsedMs: number;
}
