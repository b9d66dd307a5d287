import { type Audible, planSound, type SoundInput } from './audible.js';
import { BLOCK_SAMPLES, SAMPLE_RATE } from './format.js';
import type { SoundSource } from './source.js';

/** A block of sound, both channels {@link BLOCK_SAMPLES} long, -1 to 1. */
export interface SoundBlock {
  left: Float32Array;
  right: Float32Array;
}

/** Nothing begins or ends more suddenly than this: it would click. */
const SOFTEST_MS = 8;

/** Sums everything that is to be heard, block by block, up to the end of the video (and on to the end of a block). */
export async function* mixSound(input: SoundInput): AsyncGenerator<SoundBlock> {
  const voices = planSound(input).map((audible) => new Voice(audible));
  const samples = Math.ceil((input.settings.frames / input.settings.fps) * SAMPLE_RATE);
  try {
    for (let at = 0; at < samples; at += BLOCK_SAMPLES) {
      const block = { left: new Float32Array(BLOCK_SAMPLES), right: new Float32Array(BLOCK_SAMPLES) };
      for (const voice of voices) await voice.addTo(block, at);
      limit(block.left);
      limit(block.right);
      yield block;
    }
  } finally {
    for (const voice of voices) await voice.close();
  }
}

/** One sound in the mix. It is open only while it is heard. */
class Voice {
  readonly #start: number;
  readonly #end: number;
  #source: SoundSource | undefined;
  #opened = false;

  constructor(private readonly audible: Audible) {
    this.#start = Math.round((audible.from / 1000) * SAMPLE_RATE);
    this.#end = Math.round((audible.to / 1000) * SAMPLE_RATE);
  }

  async addTo(block: SoundBlock, at: number): Promise<void> {
    const from = Math.max(this.#start, at);
    const to = Math.min(this.#end, at + BLOCK_SAMPLES);
    if (from >= to) {
      if (at >= this.#end) await this.close();
      return;
    }
    if (!this.#opened) {
      this.#opened = true;
      this.#source = await this.audible.open();
    }
    if (!this.#source) return;
    const left = new Float32Array(to - from);
    const right = new Float32Array(to - from);
    await this.#source.read(left, right);
    for (let sample = from; sample < to; sample++) {
      const gain = this.#gain(sample);
      const [here, there] = [sample - at, sample - from];
      block.left[here] = (block.left[here] ?? 0) + gain * (left[there] ?? 0);
      block.right[here] = (block.right[here] ?? 0) + gain * (right[there] ?? 0);
    }
  }

  async close(): Promise<void> {
    const source = this.#source;
    this.#source = undefined;
    await source?.close();
  }

  #gain(sample: number): number {
    const { volume, fadeInMs, fadeOutMs } = this.audible;
    const perMs = SAMPLE_RATE / 1000;
    const come = (sample - this.#start) / (Math.max(SOFTEST_MS, fadeInMs) * perMs);
    const go = (this.#end - sample) / (Math.max(SOFTEST_MS, fadeOutMs) * perMs);
    return volume * Math.min(1, come) * Math.min(1, go);
  }
}

/** Up to here sound is left as it is. */
const KNEE = 0.75;

/** Bends what is too loud, so that several sounds at once never crackle. */
function limit(samples: Float32Array): void {
  for (let at = 0; at < samples.length; at++) {
    const value = samples[at] ?? 0;
    const over = Math.abs(value) - KNEE;
    if (over > 0) samples[at] = Math.sign(value) * (KNEE + (0.97 - KNEE) * Math.tanh(over / (0.97 - KNEE)));
  }
}
