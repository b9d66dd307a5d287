import type { RunBaseline } from '../errors/index.js';
import type { WireEvent, WirePart } from './decode.js';
import type { RunEvent, ToolCall } from './events.js';
import { GrowingText } from './growing-text.js';
import { RecentEvents } from './recent-events.js';
import { AnswerText } from './text.js';
import { dropNoise, NoiseHold } from './text-noise.js';
import { TimelineStory } from './timeline-story.js';
import { UsageCount } from './usage.js';

/** Takes the events of the wire one by one, passes them on as events of the run, and keeps what the result needs. */
export class Transcript {
  readonly timeline: TimelineStory;
  readonly usage = new UsageCount();
  /** What the agent said about its failure; the first time counts. */
  failure: { readonly code: string | undefined; readonly message: string } | undefined;
  /** Whether the last event was spoilt on the way, so that nobody knows what it said. */
  damaged = false;
  /** What the service lists as generated, if the stream showed it. */
  generated: unknown;
  /** The wire event that brought the last words; null before any. */
  lastText: unknown = null;
  readonly #tell: (event: RunEvent) => void;
  readonly #toolCalls: ToolCall[] = [];
  readonly #answer = new AnswerText(() => this.#told.toString() + this.#noise.held);
  readonly #recent = new RecentEvents();
  readonly #noise = new NoiseHold();
  /** Whether there was more than signs of life. */
  #begun = false;
  /** All deltas that were passed on, together. */
  readonly #told = new GrowingText();

  constructor(before: RunBaseline | null, tell: (event: RunEvent) => void) {
    this.timeline = new TimelineStory(before, tell);
    this.#tell = tell;
  }

  /** The answer so far. */
  get text(): string {
    return this.#answer.corrected ? dropNoise(this.#answer.text) : this.#told.toString();
  }

  /** Whether there was an answer and nothing of it is open: words yet to come whole, a tool yet to answer. */
  get complete(): boolean {
    return this.#begun && this.#answer.settled && this.#toolCalls.every((call) => 'result' in call);
  }

  /** The tools that were used, in order, with what they answered. */
  get toolCalls(): readonly ToolCall[] {
    return this.#toolCalls;
  }

  /** Takes an event. True when it is more than a sign of life. */
  take(event: WireEvent): boolean {
    if (this.#recent.repeats(event)) return true;
    const { parts, raw, mode, usage } = event;
    if (usage !== undefined) this.usage.add(usage, mode === 'partial');
    // How many characters of a whole event's text were told by its partial ones.
    let known = mode === 'whole' ? this.#settle(event) : 0;
    let content = parts.length === 0;
    let unknown = false;
    for (const part of parts) {
      if (part.kind === 'heartbeat') {
        this.#tell({ type: 'heartbeat', raw });
        continue;
      }
      content = true;
      this.damaged = part.kind === 'damaged';
      if (part.kind === 'text') {
        if (mode !== 'whole') this.#answer.add(event.author, part.text, mode === 'partial');
        if (part.text.length > known) this.#say(part.text.slice(known), raw);
        known = Math.max(0, known - part.text.length);
      } else unknown = !this.#takePart(part, raw) || unknown;
    }
    if (unknown) this.#tell({ type: 'unknown', raw });
    this.#begun ||= content;
    return content;
  }

  /** No more words come: what was held back is passed on, unless it is noise. */
  close(): void {
    this.#release(this.#noise.end(), this.lastText);
  }

  #settle({ author, parts }: WireEvent): number {
    let whole = '';
    for (const part of parts) if (part.kind === 'text') whole += part.text;
    return whole === '' ? 0 : this.#answer.settle(author, whole);
  }

  #say(words: string, raw: unknown): void {
    this.lastText = raw;
    this.#release(this.#noise.push(words), raw);
  }

  #release(delta: string, raw: unknown): void {
    if (delta === '') return;
    this.#told.add(delta);
    this.#tell({ type: 'text', delta, text: this.#told.toString(), raw });
  }

  /** False for what has no event of its own. */
  #takePart(part: WirePart, raw: unknown): boolean {
    switch (part.kind) {
      case 'call': {
        // A partial event may carry a call that the whole one repeats.
        if (part.id !== undefined && this.#toolCalls.some(({ id }) => id === part.id)) return true;
        const call = { ...(part.id !== undefined && { id: part.id }), name: part.name, args: part.args };
        this.#toolCalls.push(call);
        this.#tell({ type: 'tool_call', ...call, raw });
        return true;
      }
      case 'response': {
        const { id, name, result } = part;
        this.#answerCall(id, name, result);
        this.#tell({ type: 'tool_result', ...(id !== undefined && { id }), name, result, raw });
        return true;
      }
      case 'state':
        return this.#takeState(part.delta, raw);
      case 'failure':
        this.failure ??= part;
        return true;
      default:
        return false;
    }
  }

  #answerCall(id: string | undefined, name: string, result: unknown): void {
    const index = this.#toolCalls.findIndex(
      (call) => (id === undefined ? call.name === name : call.id === id) && !('result' in call),
    );
    const call = this.#toolCalls[index];
    if (call !== undefined) this.#toolCalls[index] = { ...call, result };
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
