import type { AgentQuestion } from '../errors/index.js';
import { fieldsOf } from '../wire/index.js';
import type { ToolCall } from './events.js';
import { questionIn } from './question.js';
import type { WirePart } from './wire-event.js';

type CallPart = Extract<WirePart, { readonly kind: 'call' }>;

interface Entry {
  readonly call: { id?: string; name: string; args: ToolCall['args']; result?: unknown };
  readonly question: AgentQuestion | undefined;
  /** Whether the tool's first answer is only a receipt: ADK's `longRunningToolIds`. */
  readonly longRunning: boolean;
  answered: boolean;
}

/** A call that is new, as it is passed on. */
export interface NewCall {
  readonly call: ToolCall;
  readonly question: AgentQuestion | undefined;
}

/**
 * The tool calls of an answer with their results, and the question among them. A call in a partial event waits for the
 * whole event, whose arguments are complete. The work per call does not grow with their number.
 */
export class ToolCalls {
  readonly #entries: Entry[] = [];
  readonly #byId = new Map<string, Entry>();
  /** Calls without an answer, by name, in order; those that were answered by their id are still among them. */
  readonly #waiting = new Map<string, { readonly entries: Entry[]; next: number }>();
  readonly #partial = new Map<string, CallPart>();
  #unanswered = 0;
  #lastQuestion: Entry | undefined;

  /** In order. */
  get list(): readonly ToolCall[] {
    return this.#entries.map(({ call }) => call);
  }

  /** Whether every tool has answered, except the one that asks the person. */
  get complete(): boolean {
    return (
      this.#partial.size === 0 &&
      this.#unanswered === (this.question !== undefined && this.#lastQuestion?.answered === false ? 1 : 0)
    );
  }

  /** What the agent asked last, if nothing has answered it. */
  get question(): AgentQuestion | undefined {
    const entry = this.#lastQuestion;
    return entry === undefined || (entry.answered && !entry.longRunning) ? undefined : entry.question;
  }

  /** A call of a partial event. */
  hold(part: CallPart): void {
    this.#partial.set(keyOf(part), part);
  }

  /** A call of a whole event. Undefined when it came before: then only its arguments are taken over. */
  add(part: CallPart): NewCall | undefined {
    const { id, name, args, longRunning } = part;
    this.#partial.delete(keyOf(part));
    // The partial event may lack the id.
    if (id !== undefined) this.#partial.delete(keyOf({ ...part, id: undefined }));
    const known = id === undefined ? undefined : this.#byId.get(id);
    if (known !== undefined) {
      known.call.args = args;
      return undefined;
    }
    const question = questionIn(id, name, args);
    const call = { ...(id !== undefined && { id }), name, args };
    const entry: Entry = { call, question, longRunning, answered: false };
    this.#entries.push(entry);
    this.#unanswered += 1;
    if (id !== undefined) this.#byId.set(id, entry);
    const waiting = this.#waiting.get(name);
    if (waiting === undefined) this.#waiting.set(name, { entries: [entry], next: 0 });
    else waiting.entries.push(entry);
    if (question !== undefined) this.#lastQuestion = entry;
    return { call: { ...call }, question };
  }

  /** Calls of partial events that no whole event repeated; of one name, or all. */
  release(name?: string): NewCall[] {
    const parts = [...this.#partial.values()].filter((part) => name === undefined || part.name === name);
    return parts.flatMap((part) => this.add(part) ?? []);
  }

  /** The answer of a tool: to the call of that id, else to the first call of that name without one. */
  answer(id: string | undefined, name: string, result: unknown): void {
    const entry = id === undefined ? this.#firstWaiting(name) : this.#byId.get(id);
    if (entry === undefined || entry.answered) return;
    entry.call.result = result;
    if (entry.question !== undefined && isReceipt(result)) return;
    entry.answered = true;
    this.#unanswered -= 1;
  }

  #firstWaiting(name: string): Entry | undefined {
    const waiting = this.#waiting.get(name);
    if (waiting === undefined) return undefined;
    while (waiting.entries[waiting.next]?.answered === true) waiting.next += 1;
    return waiting.entries[waiting.next];
  }
}

/**
 * Whether what answers a question only says that the person was asked: ADK puts such an answer behind every call that
 * waits for somebody, and the service may leave out the list that names those calls.
 */
function isReceipt(result: unknown): boolean {
  const { status } = fieldsOf(result);
  return result == null || (typeof status === 'string' && /^(?:pending|a?waiting)/i.test(status));
}

/** A call without an id is known by its name. */
function keyOf({ id, name }: Pick<CallPart, 'id' | 'name'>): string {
  return id === undefined ? `name ${name}` : `id ${id}`;
}
