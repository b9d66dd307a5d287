import * as av from 'node-av';
import { decodeFrames, openMedia, pictureStream, soundStream } from '../../../../src/local/media/open.js';

/** A decoded frame. */
export interface Decoded {
  width: number;
  height: number;
  /** RGBA. */
  pixels: Buffer;
}

/** Decodes every frame of an MP4. */
export async function readFrames(path: string): Promise<Decoded[]> {
  const demuxer = await openMedia(av, path, 'mp4');
  const stream = pictureStream(av, demuxer);
  if (!stream) throw new Error('no picture');
  const filter = av.FilterAPI.create('format=rgba');
  const frames: Decoded[] = [];
  for await (const frame of decodeFrames(av, demuxer, stream, { strict: true })) {
    for (const converted of await filter.processAll(frame)) {
      frames.push({
        width: converted.width,
        height: converted.height,
        pixels: Buffer.from(converted.toBuffer()),
      });
      converted.free();
    }
    frame.free();
  }
  filter.close();
  await demuxer.close();
  return frames;
}

/** Decodes the left channel of an MP4's sound. */
export async function readSound(path: string): Promise<Float32Array> {
  const demuxer = await openMedia(av, path, 'mp4');
  const stream = soundStream(av, demuxer);
  if (!stream) throw new Error('no sound');
  const samples: number[] = [];
  for await (const frame of decodeFrames(av, demuxer, stream, { strict: true })) {
    const [left] = frame.data ?? [];
    for (let at = 0; left && at < frame.nbSamples; at++) samples.push(left.readFloatLE(at * 4));
    frame.free();
  }
  await demuxer.close();
  return Float32Array.from(samples);
}

/** The colour at a place, by parts of the frame. */
export function colorAt({ width, height, pixels }: Decoded, x: number, y: number): [number, number, number] {
  const at = (Math.floor(y * (height - 1)) * width + Math.floor(x * (width - 1))) * 4;
  return [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0];
}

/** How bright a frame is on average, 0 to 255. */
export function brightness({ pixels }: Decoded): number {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    sum += 0.2126 * (pixels[at] ?? 0) + 0.7152 * (pixels[at + 1] ?? 0) + 0.0722 * (pixels[at + 2] ?? 0);
  }
  return sum / (pixels.length / 4);
}

/** How many pixels differ by more than a shade, as a part of all. */
export function difference(one: Decoded, other: Decoded): number {
  let different = 0;
  for (let at = 0; at < one.pixels.length; at += 4) {
    const apart = [0, 1, 2].some(
      (c) => Math.abs((one.pixels[at + c] ?? 0) - (other.pixels[at + c] ?? 0)) > 24,
    );
    if (apart) different++;
  }
  return different / (one.pixels.length / 4);
}

/** Root of the mean square: how loud sound is, 0 to 1. */
export function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));
}
