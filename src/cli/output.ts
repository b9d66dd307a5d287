import { writeFile } from 'node:fs/promises';
import type { AgentQuestion, NemoVideoError, VideoEvent } from '../index.js';
import { isAbortError, isNemoVideoError, OptionError } from '../index.js';

/** What the process ended with. */
export const EXIT = { done: 0, failed: 1, usage: 2, awaitingInput: 3, interrupted: 130 } as const;

/** @throws OptionError, which names the flag, when the file cannot be written. */
export async function saveFile(flag: string, path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((cause: unknown) => {
    throw new OptionError({ field: flag, accepted: 'a file that can be written', cause });
  });
}

/** Where a command writes. */
export interface Streams {
  readonly out: { write(text: string): unknown };
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
}

/**
 * What a command reports: for a person, the answer on standard output and everything else on standard error; with
 * `--json`, one JSON object a line on standard output, each with a `type`.
 */
export class Output {
  readonly #streams: Streams;
  readonly #json: boolean;
  #onLine = false;
  #lastMessage = '';

  constructor(streams: Streams, json: boolean) {
    this.#streams = streams;
    this.#json = json;
  }

  /** The answer of the command. `text` is what a person gets. */
  result(text: string, json: object): void {
    this.#clear();
    if (this.#json) this.#line({ type: 'result', ...json });
    else this.#streams.out.write(`${text}\n`);
  }

  /** Something on the way, for a program only. */
  event(json: { readonly type: string; readonly [field: string]: unknown }): void {
    if (this.#json) this.#line(json);
  }

  /** Words of the agent, as they come. */
  words(delta: string): void {
    if (delta === '') return;
    if (this.#json) this.#line({ type: 'text', delta });
    else this.#streams.out.write(delta);
  }

  /** Something that a person should know. */
  note(text: string): void {
    this.#clear();
    if (!this.#json) this.#streams.err.write(`${text}\n`);
  }

  /** How far a video is. A terminal shows one line that moves; anything else gets a line per message. */
  progress({ phase, percent, message, timeline }: VideoEvent): void {
    if (this.#json) {
      this.#line({
        type: 'progress',
        phase,
        percent,
        message,
        ...(timeline && { timeline: timeline.toString() }),
      });
      return;
    }
    const { err } = this.#streams;
    if (err.isTTY) {
      const filled = Math.round(percent / 5);
      const bar = `${'█'.repeat(filled)}${'░'.repeat(20 - filled)}`;
      const room = Math.max(10, (err.columns ?? 80) - 28);
      err.write(`\r\u001b[K${bar} ${String(percent).padStart(3)} %  ${cut(message, room)}`);
      this.#onLine = true;
    } else if (message !== this.#lastMessage) {
      err.write(`${String(percent).padStart(3)} %  ${message}\n`);
    }
    this.#lastMessage = message;
  }

  /** What the agent wants to know, and how to answer. */
  question(question: AgentQuestion, answer: string): void {
    this.#clear();
    if (this.#json) {
      const { id, title, source, questions } = question;
      this.#line({ type: 'question', id, title, source, questions, answer });
      return;
    }
    const lines = question.questions.flatMap(({ prompt, options }, index) => [
      `${index + 1}. ${prompt}`,
      ...options.map(({ label }) => `   - ${label}`),
    ]);
    this.#streams.err.write(
      `${[question.title ?? 'The agent asks:', ...lines].join('\n')}\nAnswer with: ${answer}\n`,
    );
  }

  /** Why the command failed. */
  error(error: unknown, hint?: string): void {
    this.#clear();
    const facts = isNemoVideoError(error) ? factsOf(error) : { name: 'Error', message: String(error) };
    const advice = hint ?? facts.hint;
    if (this.#json)
      this.#line({ type: 'error', ...facts, ...(advice === undefined ? {} : { hint: advice }) });
    else
      this.#streams.err.write(`${facts.message}${/[.!?]$/.test(facts.message) ? '' : '.'} ${advice ?? ''}\n`);
  }

  /** Reports an interruption, with what to do next, and returns its exit code. Throws any other error again. */
  interrupted(error: unknown, hint: string): number {
    if (!isAbortError(error)) throw error;
    this.error(error, hint);
    return EXIT.interrupted;
  }

  #line(json: object): void {
    this.#streams.out.write(`${JSON.stringify(json)}\n`);
  }

  #clear(): void {
    if (this.#onLine) this.#streams.err.write('\r\u001b[K');
    this.#onLine = false;
  }
}

interface Facts {
  readonly name: string;
  readonly message: string;
  readonly hint?: string;
  readonly code?: number;
  readonly retryable?: boolean;
}

function factsOf({ name, message, hint, code, retryable }: NemoVideoError): Facts {
  return { name, message, hint, retryable, ...(code === undefined ? {} : { code }) };
}

function cut(text: string, width: number): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}
