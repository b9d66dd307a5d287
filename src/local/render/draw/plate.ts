import { readFile } from 'node:fs/promises';
import { type Canvas, createCanvas, type Image, loadImage } from '@napi-rs/canvas';
import * as av from 'node-av';
import { decodeFrames, openMedia, pictureStream } from '../../media/open.js';
import { LocalRenderError } from '../failure.js';
import { fitPicture } from '../plan/camera.js';
import type { Size } from '../settings.js';
import type { MediaSource } from '../sources.js';
import { BlurredFill } from './fill.js';
import { takeOpaque } from './opaque.js';

/**
 * Loads a still.
 *
 * The canvas takes damaged files without a word and shows what it can, so FFmpeg decodes the file first; the canvas
 * knows the rotation that cameras note and colour profiles, so its picture is the one that is used.
 *
 * @throws LocalRenderError when it is damaged
 */
export async function loadStill(source: MediaSource): Promise<Image> {
  try {
    const demuxer = await openMedia(av, source.path, source.format);
    try {
      const stream = pictureStream(av, demuxer);
      if (!stream) throw new Error('there is no picture in it');
      for await (const frame of decodeFrames(av, demuxer, stream, { strict: true })) {
        frame.free();
        break;
      }
    } finally {
      await demuxer.close();
    }
    return await loadImage(await readFile(source.path));
  } catch (error) {
    throw new LocalRenderError({ reason: 'media', file: source.name, problem: 'it is damaged' }, error);
  }
}

/** Composes a still into a picture of exactly `size`, so that a frame has nothing left to do but move over it. */
export async function loadPlate(source: MediaSource, size: Size): Promise<Image> {
  const still = await loadStill(source);
  const plate = createCanvas(size.width, size.height);
  const context = plate.getContext('2d');
  context.imageSmoothingQuality = 'high';
  const fit = fitPicture(still, size);
  const cutOut = isCutOut(still);
  const scale = cutOut ? Math.min(1, (size.height * 0.8) / fit.height, (size.width * 0.8) / fit.width) : 1;
  const width = fit.width * scale;
  const height = fit.height * scale;
  if (cutOut) paintStudio(plate);
  else if (fit.mode === 'framed') new BlurredFill(size).paint(context, still);
  if (cutOut || fit.mode === 'framed') {
    context.shadowColor = 'rgba(0, 0, 0, 0.45)';
    context.shadowBlur = size.height * 0.03;
    context.shadowOffsetY = size.height * 0.008;
  }
  context.drawImage(still, (size.width - width) / 2, (size.height - height) / 2, width, height);
  return takeOpaque(plate);
}

/** Whether a picture has transparent corners: a product cut out of its surroundings. */
function isCutOut(picture: Image): boolean {
  const side = 16;
  const context = createCanvas(side, side).getContext('2d');
  context.drawImage(picture, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  const corners = [0, side - 1, side * (side - 1), side * side - 1];
  return corners.filter((at) => (data[at * 4 + 3] ?? 255) < 128).length >= 2;
}

/** A bright sweep of paper, as behind products in a catalogue. */
function paintStudio(plate: Canvas): void {
  const context = plate.getContext('2d');
  const { width, height } = plate;
  const light = context.createRadialGradient(width / 2, height * 0.42, 0, width / 2, height / 2, width * 0.7);
  light.addColorStop(0, '#ffffff');
  light.addColorStop(1, '#cfd5df');
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
}
