import { writeFile } from 'node:fs/promises';
import type { Demuxer, FilterAPI, Frame, Stream } from 'node-av';
import { readHead } from '../media/head.js';
import { loadNodeAv, type NodeAv } from '../media/node-av.js';
import { decodeFrames, openMedia, pictureStream } from '../media/open.js';
import { sniffFormat } from '../media/sniff.js';
import { requireRenderer } from './available.js';
import { LocalRenderError } from './failure.js';
import type { Size } from './settings.js';

/** What a contact sheet looks like. */
export interface ContactSheetOptions {
  /** Frames in a row. Default 4. */
  columns?: number;
  /** Frames in all, spread evenly over the video. Default 12. */
  count?: number;
  /** Width of one frame on the sheet, in pixels. Default 480. */
  frameWidth?: number;
}

/** Between the frames and around them, in pixels. */
const GAP = 8;

/**
 * Puts frames of a video side by side into one PNG, in reading order, so that a person sees at a glance what is in it.
 *
 * @throws LocalRenderError when the optional peers are not installed, or the file is no video
 */
export async function contactSheet(
  videoPath: string,
  pngPath: string,
  { columns = 4, count = 12, frameWidth = 480 }: ContactSheetOptions = {},
): Promise<void> {
  await requireRenderer();
  const av = await loadNodeAv();
  const { createCanvas, ImageData } = await import('@napi-rs/canvas');
  const format = sniffFormat(await readHead(videoPath));
  const refuse = (): LocalRenderError =>
    new LocalRenderError({ reason: 'media', file: videoPath, problem: 'it is not a video' });
  if (!av || !format) throw refuse();

  const demuxer = await openMedia(av, videoPath, format);
  try {
    const stream = pictureStream(av, demuxer);
    if (!stream) throw refuse();
    const { width, height } = stream.codecpar;
    const size = { width: frameWidth, height: Math.round((frameWidth * height) / width) };
    const rows = Math.ceil(count / columns);
    const sheet = createCanvas(columns * (size.width + GAP) + GAP, rows * (size.height + GAP) + GAP);
    const context = sheet.getContext('2d');
    context.fillStyle = '#16181d';
    context.fillRect(0, 0, sheet.width, sheet.height);
    let index = 0;
    for await (const pixels of evenlySpread(av, demuxer, stream, count, size)) {
      const x = GAP + (index % columns) * (size.width + GAP);
      const y = GAP + Math.floor(index / columns) * (size.height + GAP);
      context.putImageData(new ImageData(pixels, size.width, size.height), x, y);
      index++;
    }
    await writeFile(pngPath, await sheet.encode('png'));
  } finally {
    await demuxer.close();
  }
}

/** The frame in the middle of each of `count` equal parts of a video, as RGBA. */
async function* evenlySpread(
  av: NodeAv,
  demuxer: Demuxer,
  stream: Stream,
  count: number,
  { width, height }: Size,
): AsyncGenerator<Uint8ClampedArray<ArrayBuffer>> {
  const filter = av.FilterAPI.create(`scale=${width}:${height}:flags=area,format=rgba`);
  try {
    for (let index = 0; index < count; index++) {
      const seconds = (demuxer.duration * (index + 0.5)) / count;
      await demuxer.seek(seconds, -1, av.AVSEEK_FLAG_BACKWARD);
      for await (const frame of decodeFrames(av, demuxer, stream)) {
        const due = (Number(frame.pts + frame.duration) * frame.timeBase.num) / frame.timeBase.den > seconds;
        const pixels = due ? await convert(filter, frame) : undefined;
        frame.free();
        if (!pixels) continue;
        yield pixels;
        break;
      }
    }
  } finally {
    filter.close();
  }
}

async function convert(filter: FilterAPI, frame: Frame): Promise<Uint8ClampedArray<ArrayBuffer> | undefined> {
  const [scaled] = await filter.processAll(frame);
  if (!scaled) return undefined;
  const pixels = new Uint8ClampedArray(scaled.toBuffer());
  scaled.free();
  return pixels;
}
