import { readFile } from 'node:fs/promises';
import { type Canvas, createCanvas, type Image, loadImage, type SKRSContext2D } from '@napi-rs/canvas';
import * as av from 'node-av';
import type { PictureMeta } from '../dialect.js';
import { readHead, readImageSize } from '../media/header.js';
import { decodeFrames, openMedia, pictureStream } from '../media/open.js';
import { LocalRenderError } from './failure.js';
import { type Frames, Graph } from './graph.js';
import { again, pictureInput, takeCanvas, YUV } from './pixels.js';
import { fitPicture } from './place.js';
import { type RenderSettings, rateOf, type Size } from './settings.js';
import type { MediaSource } from './sources.js';

/** The slow movement over a still. */
export type Motion = NonNullable<PictureMeta['motion']>;

/** How much closer the camera is at the end of a zoom. */
const CLOSEST = 1.1;

/** How much larger than the frame a still is prepared, so that it is never enlarged. */
const PLATE = 1.2;

/** A still of more pixels would take gigabytes to decode. */
const MAX_PIXELS = 100e6;

/** Paints a still over all of a canvas. */
export type Paint = (canvas: Canvas) => void;

/**
 * A still with the camera moving over it, `count` frames long.
 *
 * FFmpeg's `zoompan` cuts at whole pixels, and a slow zoom by fractions of one trembles. So the still is stretched to a
 * square plate from which each step cuts exactly one pixel more on every side (or, in a short shot, exactly two or three):
 * that never rounds. Steps need not be frames: the frames between two are blends of both, as a camera's would be.
 * Brightness and colour are cut apart, because a pixel of colour is two wide.
 */
export async function* movingStill(
  paint: Paint,
  motion: Motion,
  count: number,
  settings: RenderSettings,
): Frames {
  if (motion === 'none') return yield* restingStill(paint, count, settings);
  const { width, height } = settings;
  const side = Math.ceil((Math.max(width, height) * PLATE) / 2) * 2;
  const scale = side / Math.max(width, height);
  const canvas = createCanvas(Math.round(width * scale), Math.round(height * scale));
  const plate = { width: canvas.width, height: canvas.height };
  paint(canvas);
  const camera = cameraOver(motion, side, count);
  const plane = (name: string, pixel: 1 | 2): string => {
    const { cut, x, y } = camera.at(pixel);
    // A hair wider than the cut, because zoompan rounds its width down.
    const zoom = `zoompan=z='iw/(iw-${cut}+0.01)':x='${x}':y='${y}':d=${camera.steps + 1}`;
    return `[${name}]${zoom}:s=${width / pixel}x${height / pixel}:fps=${camera.rate(settings)}[${name}z]`;
  };
  const graph = await Graph.open(
    `${pictureInput('still', plate, 'rgba', settings)},scale=${side}:${side}:${YUV},format=yuv420p,` +
      `extractplanes=y+u+v[y][u][v];${plane('y', 1)};${plane('u', 2)};${plane('v', 2)};` +
      `[yz][uz][vz]mergeplanes=map1s=1:map2s=2:format=yuv420p,` +
      `${camera.blended ? `framerate=fps=${rateOf(settings)}:interp_start=0:interp_end=255:flags=0,` : ''}` +
      `trim=end_frame=${count},buffersink@out`,
  );
  try {
    graph.add('buffer@still', takeCanvas(canvas));
    graph.add('buffer@still', null);
    yield* graph.ready();
  } finally {
    graph.free();
  }
}

/** A still that does not move: one frame, again and again. */
export async function* restingStill(paint: Paint, count: number, settings: RenderSettings): Frames {
  const canvas = createCanvas(settings.width, settings.height);
  paint(canvas);
  const graph = await Graph.open(
    `${pictureInput('still', settings, 'rgba', settings)},scale=${YUV},format=yuv420p,buffersink@out`,
  );
  let still: av.Frame | undefined;
  try {
    graph.add('buffer@still', takeCanvas(canvas));
    still = await graph.next();
    for (let frame = 0; still && frame < count; frame++) yield again(still);
  } finally {
    still?.free();
    graph.free();
  }
}

/** How a square plate is cut, step by step (`on` is zoompan's number of the step). */
export interface Camera {
  steps: number;
  /** Whether there are fewer steps than frames, and those between have to be blended. */
  blended: boolean;
  /** Steps per second, as a fraction. */
  rate(settings: RenderSettings): string;
  /** How much is cut from the width and the height, and from where the rest is taken, in pixels of that many plate pixels. */
  at(pixel: 1 | 2): { cut: string; x: string; y: string };
}

/** Plans the way of the camera over a plate of this side. Exported for the test. */
export function cameraOver(motion: Exclude<Motion, 'none'>, side: number, count: number): Camera {
  const pan = motion === 'pan-left' || motion === 'pan-right';
  const whole = side * (1 - 1 / CLOSEST);
  // A zoom cuts from both sides, a pan moves through what one zoom leaves.
  const way = Math.round(pan ? whole : whole / 2);
  const blended = way < count * 0.7;
  const steps = blended ? way : count;
  const stride = blended ? 1 : Math.max(1, Math.round(way / count));
  const total = stride * steps;
  const along = motion === 'zoom-out' || motion === 'pan-left' ? `(${steps}-on)*${stride}` : `on*${stride}`;
  return {
    steps,
    blended,
    rate: (settings) => {
      const [frames, seconds] = rateOf(settings).split('/').map(Number);
      return blended ? `${steps * (frames ?? 1)}/${count * (seconds ?? 1)}` : rateOf(settings);
    },
    at: (pixel) => {
      const moved = pixel === 1 ? `${along}` : `floor(${along}/2)`;
      if (!pan) return { cut: `2*${moved}`, x: moved, y: moved };
      return { cut: String(Math.floor(total / pixel)), x: moved, y: String(Math.floor(total / 2 / pixel)) };
    },
  };
}

/**
 * Loads a still. The canvas takes damaged files without a word and shows what it can, so FFmpeg decodes the file first;
 * but the canvas knows the rotation that cameras note and colour profiles, so its picture is the one that is used.
 *
 * @throws LocalRenderError when it is damaged or too large
 */
export async function loadStill(source: MediaSource): Promise<Image> {
  try {
    const size = readImageSize(source.format, await readHead(source.path));
    if (size && size.width * size.height > MAX_PIXELS) {
      throw new LocalRenderError({
        reason: 'media',
        file: source.name,
        problem: 'it has more than 100 megapixels',
      });
    }
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
    if (error instanceof LocalRenderError) throw error;
    throw new LocalRenderError({ reason: 'media', file: source.name, problem: 'it is damaged' }, error);
  }
}

/** Paints a photo: filling the frame, or whole over a blur of itself, or, cut out of its ground, on bright paper. */
export function paintPhoto(photo: Image): Paint {
  return (canvas) => {
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    const fit = fitPicture(photo, canvas);
    const cutOut = isCutOut(photo);
    const scale = cutOut
      ? Math.min(1, (canvas.height * 0.8) / fit.height, (canvas.width * 0.8) / fit.width)
      : 1;
    const [width, height] = [fit.width * scale, fit.height * scale];
    if (cutOut) paintPaper(context, canvas);
    else if (fit.mode === 'framed') paintBlurred(context, photo, canvas);
    if (cutOut || fit.mode === 'framed') {
      context.shadowColor = 'rgba(0, 0, 0, 0.45)';
      context.shadowBlur = canvas.height * 0.03;
      context.shadowOffsetY = canvas.height * 0.008;
    }
    context.drawImage(photo, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  };
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
function paintPaper(context: SKRSContext2D, { width, height }: Size): void {
  const light = context.createRadialGradient(width / 2, height * 0.42, 0, width / 2, height / 2, width * 0.7);
  light.addColorStop(0, '#ffffff');
  light.addColorStop(1, '#cfd5df');
  context.fillStyle = light;
  context.fillRect(0, 0, width, height);
}

/** So small that blurring costs nothing, and enlarging blurs further. */
const BLURRED = 96;

/** The picture itself, enlarged, blurred and darkened, so that the eye stays on what is sharp. */
function paintBlurred(context: SKRSContext2D, photo: Image, frame: Size): void {
  const scale = BLURRED / Math.max(frame.width, frame.height);
  const width = Math.max(2, Math.round(frame.width * scale));
  const height = Math.max(2, Math.round(frame.height * scale));
  const cover = Math.max(width / photo.width, height / photo.height) * 1.2;
  const [drawnWidth, drawnHeight] = [photo.width * cover, photo.height * cover];
  const small = createCanvas(width, height);
  small
    .getContext('2d')
    .drawImage(photo, (width - drawnWidth) / 2, (height - drawnHeight) / 2, drawnWidth, drawnHeight);
  const soft = createCanvas(width, height);
  const blurred = soft.getContext('2d');
  blurred.filter = 'blur(4px) brightness(0.62) saturate(1.25)';
  // The blur mixes in what is beyond the edges; drawn a little larger, that stays outside.
  blurred.drawImage(small, -8, -8, width + 16, height + 16);
  context.drawImage(soft, 0, 0, frame.width, frame.height);
}
