import { on } from 'node:events';
import type { MessagePort, Worker } from 'node:worker_threads';
import type { RenderFailure } from './failure.js';
import type { Size } from './settings.js';

/** Pictures on their way from the thread that draws to the one that encodes. More would only cost memory. */
const SLOTS = 4;

/** What the drawing thread says. */
export type DrawMessage =
  /** The next frame: its pixels lie in a slot, or it equals the one before. */
  | { kind: 'frame'; slot: number | 'same' }
  | { kind: 'warning'; text: string }
  | { kind: 'failed'; failure: RenderFailure }
  | { kind: 'end' };

/** What the encoding thread says: a slot's pixels are used up. */
export interface SlotFree {
  slot: number;
}

/** Memory for {@link SLOTS} pictures that two threads share, so that no picture is copied between them. */
export function createRing({ width, height }: Size): SharedArrayBuffer {
  return new SharedArrayBuffer(width * height * 4 * SLOTS);
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

  /** Passes a picture on, as soon as there is a slot for it. */
  async send(pixels: Buffer): Promise<void> {
    let slot = this.#free.shift();
    while (slot === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      slot = this.#free.shift();
    }
    this.#slots[slot]?.set(pixels);
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
 * The encoding thread's end: what the drawing thread says, in order, up to its `end`. `pixels` are valid until the
 * next message is asked for.
 *
 * @throws what ended the drawing thread, if anything did
 */
export async function* receivePictures(
  ring: SharedArrayBuffer,
  worker: Worker,
): AsyncGenerator<{ kind: 'frame'; pixels?: Buffer } | Exclude<DrawMessage, { kind: 'frame' }>> {
  const slots = slotsOf(ring);
  for await (const [said] of on(worker, 'message', { close: ['exit'] })) {
    const message: DrawMessage = said;
    if (message.kind !== 'frame') {
      yield message;
      if (message.kind === 'end') return;
    } else if (message.slot === 'same') {
      yield { kind: 'frame' };
    } else {
      const { slot } = message;
      const pixels = slots[slot];
      yield pixels ? { kind: 'frame', pixels } : { kind: 'frame' };
      const free: SlotFree = { slot };
      worker.postMessage(free);
    }
  }
  throw new Error('the drawing thread ended by itself');
}
