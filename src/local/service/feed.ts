import type { Ending, Gate } from '../faults/gate.js';
import { ConnectionLost, never } from '../http/exchange.js';

/**
 * What a run writes and an answer reads. The work never waits for its reader: it continues when the reader is slow,
 * stalled or gone, as the service's does. Faults strike where it is written, so that "undone" stops the work exactly
 * there.
 */
export class Feed implements AsyncIterable<Uint8Array> {
  readonly #gate: Gate;
  readonly #onStrike: (ending: Ending) => void;
  readonly #signal: AbortSignal;
  #waiting: Uint8Array[] = [];
  #ending: Ending | undefined;
  #wake = (): void => {};

  constructor(gate: Gate, signal: AbortSignal, onStrike: (ending: Ending) => void) {
    this.#gate = gate;
    this.#signal = signal;
    this.#onStrike = onStrike;
  }

  /** The answer begins. */
  open(): void {
    const { ending, bytes } = this.#gate.open();
    this.#take(bytes, ending);
  }

  /** True when nothing that is written can reach the reader any more. */
  get over(): boolean {
    return this.#ending !== undefined;
  }

  /** Writes; `event` says that these bytes are one whole event. */
  write(text: string, event: boolean): void {
    if (this.over || text === '') return;
    const { bytes, ending } = this.#gate.feed(new TextEncoder().encode(text), event);
    this.#take(bytes, ending);
  }

  /** Writes what a fault wants said, past the gate. */
  writePast(text: string): void {
    this.#waiting.push(new TextEncoder().encode(text));
    this.#wake();
  }

  /** Nothing more comes. */
  end(): void {
    if (this.over) return;
    const { bytes, ending } = this.#gate.close();
    this.#take(bytes, ending);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) {
        yield next;
        continue;
      }
      if (this.#ending === 'reset') throw new ConnectionLost('reset').toFetchError(true);
      if (this.#ending === 'end' || this.#ending === 'error-event') return;
      if (this.#ending === 'stall') await never(this.#signal);
      await this.#more();
    }
  }

  #take(bytes: Uint8Array, ending: Ending | undefined): void {
    if (bytes.byteLength > 0) this.#waiting.push(bytes);
    this.#ending = ending;
    if (ending !== undefined) this.#onStrike(ending);
    this.#wake();
  }

  #more(): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => reject(this.#signal.reason);
      if (this.#signal.aborted) {
        onAbort();
        return;
      }
      this.#signal.addEventListener('abort', onAbort, { once: true });
      this.#wake = () => {
        this.#signal.removeEventListener('abort', onAbort);
        resolve();
      };
    });
  }
}
