import { sameJson } from '../draft/index.js';
import { fieldsOf } from '../wire/index.js';
import { AnswerText, GrowingText } from './answer-text.js';
import { DisplayText } from './display-text.js';
import { EmittedText, type RunEvent, type RunUsage } from './events.js';
import type { GuiAction } from './gui/screen-rules.js';
import { NoiseHold } from './noise.js';
import { TimelineStory } from './timeline-story.js';
import { type NewCall, ToolCalls } from './tool-calls.js';
import type { WireEvent, WirePart } from './wire-event.js';

/** The loops over a run. */
export interface Loops {
  /** Whether there are any. */
  readonly watched: boolean;
  /** Passes an event to them. */
  emit(event: RunEvent): void;
  /** Passes a text to them, as it is. */
  pass(event: EmittedText): void;
}

/** Reads the events of the wire one by one, passes them on as events of the run, and keeps what the result needs. */
export class Transcript {
  readonly timeline: TimelineStory;
  readonly usage = new UsageCount();
  readonly tools = new ToolCalls();
  /** The agent's words about its failure, and the event that has them; the first time counts. */
  failure: RunFailure | undefined;
  /** Whether the last event was spoilt on the way, so that its meaning is unknown. */
  damaged = false;
  /** What the service lists as generated, if the stream showed it. */
  generated: unknown;
  /** The wire event that brought the last words; null before any. */
  lastText: unknown = null;
  /** The last event with a call that may be repeated. */
  #heldCall: unknown = null;
  readonly #loops: Loops;
  readonly #answer = new AnswerText((from, to) => this.#streamed(from, to));
  readonly #recent = new RecentEvents();
  #noise = new NoiseHold();
  #display = new DisplayText();
  /** How many of its actions were passed on. */
  #acted = 0;
  /** Whether there was more than signs of life. */
  #begun = false;
  /** All deltas that were passed on, together. */
  #passed = new GrowingText();
  /** Words that were not looked at yet. */
  #waiting = '';

  constructor(loops: Loops) {
    this.timeline = new TimelineStory((event) => loops.emit(event));
    this.#loops = loops;
  }

  /** The answer so far. */
  get text(): string {
    this.catchUp();
    return this.#passed.toString();
  }

  /** The answer as a person should read it. */
  get displayText(): string {
    return this.#display.toString();
  }

  /** Whether a person would read nothing: no answer, or nothing but instructions for a screen. */
  get silent(): boolean {
    return this.#display.isBlank;
  }

  /** What the answer asks to be done on a screen. */
  get actions(): readonly GuiAction[] {
    return this.#display.actions;
  }

  /** Whether there was an answer and nothing of it is open: words yet to come whole, a tool yet to answer. */
  get complete(): boolean {
    return this.#begun && this.#answer.settled && this.tools.complete;
  }

  /** Whether there was more than signs of life, and not only a failure. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Reads an event. True when it is more than a sign of life. */
  take(event: WireEvent): boolean {
    if (this.#recent.repeats(event)) return true;
    const { parts, raw, mode, usage } = event;
    if (usage !== undefined) this.usage.add(usage, mode === 'partial');
    // How many characters of the text came before.
    let known = mode === 'whole' ? this.#settle(event) : 0;
    let content = parts.length === 0;
    let unknown = false;
    for (const part of parts) {
      if (part.kind === 'heartbeat') {
        this.#loops.emit({ type: 'heartbeat', raw });
        continue;
      }
      content = true;
      this.damaged = part.kind === 'damaged';
      if (part.kind === 'text') {
        if (mode === 'partial') known = this.#answer.repeats(event.author, part.text);
        const words = known === 0 ? part.text : part.text.slice(known);
        if (words !== '') this.#say(words, event);
        known = Math.max(0, known - part.text.length);
      } else unknown = !this.#takePart(part, event) || unknown;
    }
    // A whole event ends a turn: a sentence without its stop is complete.
    if (mode === 'whole') {
      this.catchUp();
      this.#pass('', this.#display.flush(), this.lastText);
    }
    if (unknown) this.#loops.emit({ type: 'unknown', raw });
    this.#begun ||= content && this.failure === undefined;
    return content;
  }

  /** No more words come: what was held back is passed on, unless it is noise. */
  close(): void {
    this.catchUp();
    const delta = this.#noise.end();
    this.#passed.add(delta);
    this.#pass(delta, this.#display.push(delta) + this.#display.flush(), this.lastText);
    for (const call of this.tools.release()) this.#called(call, this.#heldCall);
  }

  #streamed(from: number, to: number): readonly string[] {
    this.catchUp();
    const { length } = this.#passed;
    const passed = this.#passed.slice(from, to);
    if (to > length) passed.push(this.#noise.held.slice(Math.max(0, from - length), to - length));
    return passed;
  }

  #settle({ author, parts, raw }: WireEvent): number {
    let whole = '';
    for (const part of parts) if (part.kind === 'text') whole += part.text;
    if (whole === '') return 0;
    const { known, corrected } = this.#answer.settle(author, whole);
    if (corrected !== undefined) this.#replace(corrected, raw);
    return known;
  }

  #say(words: string, { author, mode, raw }: WireEvent): void {
    this.#answer.add(author, words, mode === 'partial');
    this.lastText = raw;
    this.#waiting += words;
    if (this.#loops.watched) this.catchUp();
  }

  /**
   * Looks at the words that wait. A loop gets each text as it came; without one, those of several events are looked at
   * together, which takes less.
   */
  catchUp(): void {
    if (this.#waiting === '') return;
    const delta = this.#noise.push(this.#waiting);
    this.#waiting = '';
    if (delta === '') return;
    this.#passed.add(delta);
    this.#pass(delta, this.#display.push(delta), this.lastText);
  }

  /** Passes on what is new: words of the answer, and what of them can be shown. */
  #pass(delta: string, displayDelta: string, raw: unknown, replaced = false): void {
    if (this.#loops.watched && (delta !== '' || displayDelta !== '' || replaced)) {
      const text = this.#passed.toString();
      this.#loops.pass(new EmittedText(delta, text, displayDelta, this.#display.toString(), raw, replaced));
    }
    const { actions } = this.#display;
    for (; this.#acted < actions.length; this.#acted += 1) {
      const action = actions[this.#acted];
      if (action !== undefined) this.#loops.emit({ type: 'action', ...action, raw });
    }
  }

  /** The answer is another one than was streamed. */
  #replace(text: string, raw: unknown): void {
    this.lastText = raw;
    this.#noise = new NoiseHold();
    this.#passed = new GrowingText();
    this.#display = new DisplayText();
    const passed = this.#noise.push(text);
    this.#passed.add(passed);
    this.#display.push(passed);
    this.#pass('', '', raw, true);
  }

  /** False for a part that makes no event. */
  #takePart(part: WirePart, { mode, raw }: WireEvent): boolean {
    switch (part.kind) {
      case 'call': {
        if (mode === 'partial') {
          this.tools.hold(part);
          this.#heldCall = raw;
          return true;
        }
        const call = this.tools.add(part);
        if (call !== undefined) this.#called(call, raw);
        return true;
      }
      case 'response': {
        const { id, name, result } = part;
        for (const call of this.tools.release(name)) this.#called(call, this.#heldCall);
        this.tools.answer(id, name, result);
        this.#loops.emit({ type: 'tool_result', ...(id !== undefined && { id }), name, result, raw });
        return true;
      }
      case 'state':
        return this.#takeState(part.delta, raw);
      case 'failure':
        this.failure ??= { code: part.code, message: part.message, raw };
        return true;
      default:
        return false;
    }
  }

  #called({ call, question }: NewCall, raw: unknown): void {
    this.#loops.emit({ type: 'tool_call', ...call, raw });
    if (question !== undefined) this.#loops.emit({ type: 'question', question, raw });
  }

  #takeState(delta: Readonly<Record<string, unknown>>, raw: unknown): boolean {
    let named = true;
    for (const [key, value] of Object.entries(delta)) {
      if (key === 'generated_media') this.generated = value;
      named = key === 'draft' && this.timeline.take(value, raw) && named;
    }
    return named;
  }
}

/** The agent's words about its failure. */
export interface RunFailure {
  readonly code: string | undefined;
  readonly message: string;
  /** The event that has them. */
  readonly raw: unknown;
}

/** How many events are remembered: a repetition follows soon, and an event may hold a whole draft. */
const REMEMBERED = 4;

/**
 * Recognises a whole event that comes again: one with the same id and the same content; or, where there are no ids, one
 * that follows itself. The id alone is not enough: no document says that the service's are unique.
 */
export class RecentEvents {
  readonly #recent: WireEvent[] = [];
  #partial: WireEvent | undefined;

  /** Whether this event came before. */
  repeats(event: WireEvent): boolean {
    const { mode, id, parts } = event;
    // Signs of life and bookkeeping may come between an event and its repetition.
    if (parts.length === 0 || parts[0]?.kind === 'heartbeat') return false;
    if (mode !== 'whole') {
      // Without an id, only what follows itself can be recognised.
      if (this.#recent.length > 0 && this.#recent.at(-1)?.id === undefined) this.#recent.pop();
      if (mode !== 'partial' || id === undefined) return false;
      const last = this.#partial;
      this.#partial = event;
      return last?.id === id && sameTime(event, last) && sameEvent(event, last);
    }
    const candidates = id === undefined ? this.#recent.slice(-1) : this.#recent;
    if (candidates.some((other) => other.id === id && sameEvent(event, other))) return true;
    this.#recent.push(event);
    if (this.#recent.length > REMEMBERED) this.#recent.shift();
    return false;
  }
}

function sameEvent(a: WireEvent, b: WireEvent): boolean {
  return a.author === b.author && sameJson(a.parts, b.parts);
}

/** Several partial events of an answer may share an id, and be equal by chance: "ha", "ha". */
function sameTime(a: WireEvent, b: WireEvent): boolean {
  return fieldsOf(a.raw).timestamp === fieldsOf(b.raw).timestamp;
}

type Counts = Readonly<Record<string, unknown>>;

/**
 * Adds up `usageMetadata`. Each whole event counts one answer of the model; a partial event counts what its answer has
 * used so far, and is used only where no whole event has counts.
 */
export class UsageCount {
  #whole: Counts | undefined;
  #partial: Counts | undefined;

  add(counts: Counts, partial: boolean): void {
    if (partial) this.#partial = counts;
    else this.#whole = this.#whole === undefined ? counts : sum(this.#whole, counts);
  }

  /** Undefined when the service counted nothing. */
  get total(): RunUsage | undefined {
    return this.#whole ?? this.#partial;
  }
}

function sum(a: Counts, b: Counts): Counts {
  const total: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const before = total[key];
    total[key] = typeof value === 'number' && typeof before === 'number' ? before + value : value;
  }
  return total;
}
