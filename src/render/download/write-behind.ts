import type { FileWriter } from '../../platform/files.js';

/** How much may wait while a write is under way, in bytes. */
const MOST_WAITING = 256 * 1024;

/** A piece of a file that has arrived. */
export interface ArrivedChunk {
  readonly bytes: Uint8Array;
  /** Whether nobody else can have its memory, so that it may be given back once it is written. */
  readonly exclusive: boolean;
}

/**
 * Writes chunks in order while the next ones arrive. What arrives during a write is written with the next one: a call
 * costs more than the bytes of a chunk. A failure is thrown by the next call, whichever it is.
 */
export class WriteBehind {
  readonly #writer: FileWriter;
  #waiting: ArrivedChunk[] = [];
  #waitingBytes = 0;
  /** The write that is under way. */
  #writing: Promise<void> = Promise.resolve();
  /** All that was taken; undefined when it is written. */
  #flushing: Promise<void> | undefined;

  constructor(writer: FileWriter) {
    this.#writer = writer;
  }

  /** Takes a chunk; resolves when there is room for the next. */
  async write(chunk: ArrivedChunk): Promise<void> {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.bytes.byteLength;
    if (this.#flushing === undefined) {
      this.#flushing = this.#flush();
      // Told by the next write, or by `settle`.
      this.#flushing.catch(() => {});
    }
    if (this.#waitingBytes >= MOST_WAITING) await this.#writing;
  }

  /** Resolves when everything that was taken is written. */
  async settle(): Promise<void> {
    await this.#flushing;
  }

  /** Closes the file when the writes have ended, whichever way. */
  async close(): Promise<void> {
    await this.#flushing?.catch(() => {});
    await this.#writer.close();
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      this.#waitingBytes = 0;
      this.#writing = this.#writer.write(batch.map(({ bytes }) => bytes));
      await this.#writing;
      for (const { bytes, exclusive } of batch) if (exclusive) giveBack(bytes.buffer);
    }
    this.#flushing = undefined;
  }
}

/**
 * Lets go of memory at once. Left to the collection of garbage, which does not see how much hangs on a chunk, the
 * chunks of a large file fill more than 100 MB before the first is freed. Node 20 has no `transfer`, and waits less.
 */
function giveBack(buffer: ArrayBufferLike): void {
  if ('transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
}
