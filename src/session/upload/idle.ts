import type { Clock } from '../../platform/clock.js';
import type { TimeLimit } from '../../transport/index.js';

/** The name of the option, for errors. */
const OPTION = 'timeouts.uploadIdle';

/**
 * How many idle times the answer may take after the last byte: the service stores the whole file, or fetches it, before
 * it answers, and giving up then would send 500 MB again.
 */
const ANSWER_IDLE_TIMES = 5;

/** The limit of an upload that moves no byte from here. */
export function answerLimit(idleMs: number): TimeLimit {
  return { ms: idleMs * ANSWER_IDLE_TIMES, option: OPTION };
}

/**
 * The limit where the runtime does not tell what it has taken of a body: nobody can say whether it is idle, and a slow
 * line may rightly take hours.
 */
export const UNOBSERVED_LIMIT: TimeLimit = { ms: 24 * 3_600_000, option: OPTION };

/** The idle limit of one upload: pushed back by every byte that is taken. */
export class UploadIdle implements TimeLimit {
  readonly option = OPTION;
  readonly ms: number;
  readonly #clock: Clock;
  #dueAt: number;

  constructor(clock: Clock, ms: number) {
    this.#clock = clock;
    this.ms = ms;
    this.#dueAt = clock.now() + ms;
  }

  dueAt(): number {
    return this.#dueAt;
  }

  /** A byte moved, or an attempt began. */
  moved(): void {
    this.#dueAt = this.#clock.now() + this.ms;
  }

  /** Everything was taken: only the answer is left. */
  awaitAnswer(): void {
    this.#dueAt = this.#clock.now() + this.ms * ANSWER_IDLE_TIMES;
  }
}
