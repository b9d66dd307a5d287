import { on } from 'node:events';
import type { MessagePort, Worker } from 'node:worker_threads';
import { bytesOfYuv } from './draw/convert.js';
import type { RenderFailure } from './failure.js';
import type { Size } from './settings.js';

/** Pictures on their way from the thread that draws to the one that encodes, the last of which is kept. */
const SLOTS = 4;

/** What the drawing thread says. */
export type DrawMessage =
  /** The next frame: its pixels lie in a slot, or it equals the one before. */
  | { kind: 'frame'; slot: number | 'same' }
  | { kind: 'warning'; text: string }
  | { kind: 'failed'; failure: RenderFailure }
  | { kind: 'end' };

/** What the encoding thread says: a slot's pixels are used up. */
interface SlotFree {
  slot: number;
}

/** Memory for {@link SLOTS} pictures that two threads share, so that no picture is copied between them. */
export function createRing(size: Size): SharedArrayBuffer {
  return new SharedArrayBuffer(bytesOfYuv(size) * SLOTS);
}

function slotsOf(ring: SharedArrayBuffer): Buffer[] {
  const bytes = ring.byteLength / SLOTS;
  return Array.from({ length: SLOTS }, (_, index) => Buffer.from(ring, index * bytes, bytes));
}

/** The drawing thread's end. */
export class PictureSender {
  readonly #slots: readonly Buffer[];
  readonly #free: number[];
  #wake: (() => void) | undefined;

  constructor(
    ring: SharedArrayBuffer,
    private readonly port: MessagePort,
  ) {
    this.#slots = slotsOf(ring);
    this.#free = this.#slots.map((_, index) => index);
    port.on('message', ({ slot }: SlotFree) => {
      this.#free.push(slot);
      this.#wake?.();
    });
  }

  /** Passes a picture on, which `write` puts into a slot as soon as there is one. */
  async send(write: (slot: Buffer) => void): Promise<void> {
    let slot = this.#free.shift();
    while (slot === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      slot = this.#free.shift();
    }
    const memory = this.#slots[slot];
    if (memory) write(memory);
    this.#say({ kind: 'frame', slot });
  }

  /** The next frame is like the one before. */
  repeat(): void {
    this.#say({ kind: 'frame', slot: 'same' });
  }

  #say(message: DrawMessage): void {
    this.port.postMessage(message);
  }
}

/**
 * The encoding thread's end: what the drawing thread says, in order, up to its `end`. A picture's `pixels` are valid
 * until the next message is asked for. A slot is kept for as long as its picture may be wanted again.
 *
 * @throws what ended the drawing thread, if anything did
 */
export async function* receivePictures(
  ring: SharedArrayBuffer,
  worker: Worker,
): AsyncGenerator<{ kind: 'frame'; pixels: Buffer } | Exclude<DrawMessage, { kind: 'frame' }>> {
  const slots = slotsOf(ring);
  let held: number | undefined;
  for await (const [said] of on(worker, 'message', { close: ['exit'] })) {
    const message: DrawMessage = said;
    if (message.kind !== 'frame') {
      yield message;
      if (message.kind === 'end') return;
      continue;
    }
    if (message.slot !== 'same') {
      if (held !== undefined) {
        const free: SlotFree = { slot: held };
        worker.postMessage(free);
      }
      held = message.slot;
    }
    const pixels = held === undefined ? undefined : slots[held];
    if (!pixels) throw new Error('the first frame cannot be like the one before');
    yield { kind: 'frame', pixels };
  }
  throw new Error('the drawing thread ended by itself');
}
