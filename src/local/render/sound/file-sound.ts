import * as av from 'node-av';
import { decodeFrames, openMedia, soundStream } from '../../media/open.js';
import type { MediaSource } from '../sources.js';
import { SAMPLE_RATE } from './format.js';
import type { SoundSource } from './source.js';

/** What FFmpeg's `atempo` takes in one go; more is done in several. */
const FASTEST = 2;
const SLOWEST = 0.5;

/** The sound of a file from a moment on, faster or slower at the same pitch. */
export class FileSound implements SoundSource {
  /** Decoded samples that are not asked for yet. */
  #left = new Float32Array();
  #right = new Float32Array();
  #ended = false;

  private constructor(
    private readonly demuxer: av.Demuxer,
    private readonly frames: AsyncGenerator<av.Frame>,
    private readonly filter: av.FilterAPI,
    private readonly fromMs: number,
  ) {}

  /** Undefined for a file without sound. */
  static async open(source: MediaSource, fromMs: number, speed: number): Promise<FileSound | undefined> {
    const demuxer = await openMedia(av, source.path, source.format);
    const stream = soundStream(av, demuxer);
    if (!stream) {
      await demuxer.close();
      return undefined;
    }
    if (fromMs > 0) await demuxer.seek(demuxer.startTime + fromMs / 1000, -1, av.AVSEEK_FLAG_BACKWARD);
    const filter = av.FilterAPI.create(
      [
        ...tempoSteps(speed).map((step) => `atempo=${step}`),
        `aresample=${SAMPLE_RATE}`,
        // One plane for each channel, which not every filter before keeps.
        'aformat=sample_fmts=fltp:channel_layouts=stereo',
      ].join(','),
    );
    return new FileSound(demuxer, decodeFrames(av, demuxer, stream), filter, fromMs);
  }

  async read(left: Float32Array, right: Float32Array): Promise<void> {
    while (this.#left.length < left.length && !this.#ended) await this.#decode();
    left.fill(0).set(this.#left.subarray(0, left.length));
    right.fill(0).set(this.#right.subarray(0, right.length));
    this.#left = this.#left.slice(left.length);
    this.#right = this.#right.slice(right.length);
  }

  async close(): Promise<void> {
    await this.frames.return(undefined);
    this.filter.close();
    await this.demuxer.close();
  }

  async #decode(): Promise<void> {
    const { value: frame, done } = await this.frames.next();
    this.#ended = done === true;
    if (frame && this.#endOf(frame) <= this.fromMs) {
      frame.free();
      return;
    }
    const filtered = await this.filter.processAll(frame ?? null);
    frame?.free();
    for (const one of filtered) {
      const [left, right] = one.data ?? [];
      if (left && right) {
        this.#left = append(this.#left, left, one.nbSamples);
        this.#right = append(this.#right, right, one.nbSamples);
      }
      one.free();
    }
  }

  #endOf({ pts, timeBase, nbSamples, sampleRate }: av.Frame): number {
    const start =
      (Number(pts) * timeBase.num * 1000) / timeBase.den - Math.max(0, this.demuxer.startTime) * 1000;
    return start + (nbSamples * 1000) / sampleRate;
  }
}

/** A speed as a product of such that `atempo` takes. */
export function tempoSteps(speed: number): number[] {
  if (speed === 1) return [];
  if (speed > FASTEST) return [FASTEST, ...tempoSteps(speed / FASTEST)];
  if (speed < SLOWEST) return [SLOWEST, ...tempoSteps(speed / SLOWEST)];
  return [speed];
}

function append(samples: Float32Array<ArrayBuffer>, bytes: Buffer, count: number): Float32Array<ArrayBuffer> {
  const joined = new Float32Array(samples.length + count);
  joined.set(samples);
  // A copy, because the bytes need not lie where floats may.
  joined.set(new Float32Array(new Uint8Array(bytes.subarray(0, count * 4)).buffer), samples.length);
  return joined;
}
