import { mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import * as av from 'node-av';
import { afterAll } from 'vitest';
import { Mp4Writer } from '../../../../src/local/renderer/output.js';
import { number } from '../../../../src/local/renderer/pixels.js';
import { BLOCK_SAMPLES, SAMPLE_RATE, toFrame } from '../../../../src/local/renderer/sound.js';
import { restingStill } from '../../../../src/local/renderer/stills.js';

// Damaged files are part of the tests; what FFmpeg has to say about them is not.
av.Log.setLevel(av.AV_LOG_FATAL);

/** A folder that is gone after the tests of the file. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nemovideo-render-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A canvas of one colour, with whatever `draw` adds. */
function picture(width: number, height: number, color: string, draw?: (context: SKRSContext2D) => void) {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = color;
  context.fillRect(0, 0, width, height);
  draw?.(context);
  return canvas;
}

/** Writes a picture of one colour; the format goes by the name. Returns its path. */
export async function writePicture(
  path: string,
  { width = 320, height = 180, color = '#cc2222', draw = (_: SKRSContext2D): void => {} } = {},
): Promise<string> {
  const canvas = picture(width, height, color, draw);
  const bytes = path.endsWith('.png')
    ? canvas.toBuffer('image/png')
    : path.endsWith('.webp')
      ? canvas.toBuffer('image/webp', 90)
      : path.endsWith('.gif')
        ? canvas.toBuffer('image/gif')
        : canvas.toBuffer('image/jpeg', 92);
  await writeFile(path, bytes);
  return path;
}

/** Puts an EXIF orientation into a JPEG, as a camera held upright does (6: turn a quarter clockwise to view). */
export async function orient(path: string, orientation: number): Promise<void> {
  const bytes = await readFile(path);
  const exif = Buffer.from(
    'ffe100224578696600004d4d002a000000080001011200030000000100000000000000000000',
    'hex',
  ).subarray(0, 36);
  exif.writeUInt16BE(orientation, 28);
  await writeFile(path, Buffer.concat([bytes.subarray(0, 2), exif, bytes.subarray(2)]));
}

/** Writes a tone as a WAV file: mono, 16 bits, 44.1 kHz, so that it has to be resampled. */
export async function writeTone(
  path: string,
  { seconds = 2, frequency = 440, loud = 0.5 } = {},
): Promise<string> {
  const rate = 44_100;
  const samples = Buffer.alloc(seconds * rate * 2);
  for (let at = 0; at < seconds * rate; at++) {
    samples.writeInt16LE(Math.round(Math.sin((2 * Math.PI * frequency * at) / rate) * loud * 32_767), at * 2);
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length, 40);
  await writeFile(path, Buffer.concat([header, samples]));
  return path;
}

/** Writes a clip of 10 frames per second that shows each colour for a second, over a tone of 440 Hz. */
export async function writeClip(
  path: string,
  { width = 320, height = 180, colors = ['#ff0000', '#00ff00', '#0000ff'] } = {},
): Promise<string> {
  const fps = 10;
  const frames = colors.length * fps;
  const durationMs = colors.length * 1000;
  const settings = { width, height, fps, frames, durationMs, preset: 'ultrafast' as const };
  const writer = await Mp4Writer.open(path, settings);
  let index = 0;
  for (const color of colors) {
    const fill = (canvas: Canvas): void => {
      const context = canvas.getContext('2d');
      context.fillStyle = color;
      context.fillRect(0, 0, width, height);
    };
    for await (const frame of restingStill(fill, fps, settings)) {
      await writer.addPicture(number(frame, index++, settings));
    }
  }
  for (let from = 0; from < colors.length * SAMPLE_RATE; from += BLOCK_SAMPLES) {
    const block = Float32Array.from(
      { length: BLOCK_SAMPLES },
      (_, at) => Math.sin((2 * Math.PI * 440 * (from + at)) / SAMPLE_RATE) * 0.5,
    );
    await writer.addSound(toFrame({ left: block, right: block }, from));
  }
  await writer.finish();
  return path;
}

/** Notes in an MP4 that it is to be shown turned a quarter clockwise, as a phone held upright does. */
export async function turnClip(path: string): Promise<void> {
  const bytes = await readFile(path);
  const header = bytes.indexOf('tkhd', 0, 'latin1');
  const matrix = header + 4 + 40;
  [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000].forEach((value, index) => {
    bytes.writeInt32BE(value, matrix + index * 4);
  });
  await writeFile(path, bytes);
}
