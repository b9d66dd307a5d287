import { type ChildProcess, fork } from 'node:child_process';
import { type ChildProgram, inspectChild } from '../renderer/entries.js';
import type { MediaFormat } from './header.js';
import type { InspectOrder, InspectReply } from './inspect-child.js';
import type { MediaFacts } from './probe.js';

/** A child without work ends after so many ms: what it holds of memory is for others then. */
const IDLE_MS = 30_000;

/** A file that takes longer than this many ms is given up: the others wait for it. */
const LONGEST_MS = 60_000;

interface Waiting {
  readonly resolve: (facts: MediaFacts | null) => void;
  readonly reject: (error: Error) => void;
}

/** Looks at files in a process beside this one, which is started for the first, kept for the next, and holds up no exit. */
export class Inspector {
  readonly #program: () => ChildProgram;
  readonly #longestMs: number;
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #orders = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(program = inspectChild, longestMs = LONGEST_MS) {
    this.#program = program;
    this.#longestMs = longestMs;
  }

  /**
   * What a file is; null without FFmpeg's bindings.
   * @throws Error where it cannot be decoded, or where the process that tries it ends
   */
  inspect(path: string, format: MediaFormat): Promise<MediaFacts | null> {
    this.#child ??= this.#start();
    this.#orders += 1;
    const order: InspectOrder = { id: this.#orders, path, format };
    return new Promise((resolve, reject) => {
      this.#waiting.set(order.id, { resolve, reject });
      // The limit runs from the last reply: more orders do not put it off.
      if (this.#waiting.size === 1) this.#watch();
      // A process that has ended shows in how it ends.
      this.#child?.send(order, () => {});
    });
  }

  #start(): ChildProcess {
    const { path, execArgv } = this.#program();
    const child = fork(path, { execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.on('message', (reply: InspectReply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ('failure' in reply) waiting?.reject(new Error(reply.failure));
      else waiting?.resolve(reply.facts);
      this.#watch();
    });
    const onEnd = (): void => this.#ended(child);
    child.once('exit', onEnd).once('error', onEnd);
    return child;
  }

  /** The process ended: what it was to look at is given up, and the next file gets another. */
  #ended(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    clearTimeout(this.#timer);
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new Error('the process that decodes ended'));
  }

  /** With work, the process is waited for, for so long; without, it holds up nothing, and ends after a while. */
  #watch(): void {
    const child = this.#child;
    const hasWork = this.#waiting.size > 0;
    if (hasWork) child?.ref();
    else child?.unref();
    if (hasWork) child?.channel?.ref();
    else child?.channel?.unref();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => child?.kill('SIGKILL'), hasWork ? this.#longestMs : IDLE_MS).unref();
  }
}

let shared: Inspector | undefined;

/** Looks at a file in the process that all backends of this one share. */
export function inspectBeside(path: string, format: MediaFormat): Promise<MediaFacts | null> {
  shared ??= new Inspector();
  return shared.inspect(path, format);
}
