import type { Canvas } from '@napi-rs/canvas';
import * as av from 'node-av';
import { type RenderSettings, rateOf, type Size } from './settings.js';

/** The colours of every picture on its way to the encoder. */
export const YUV = 'out_color_matrix=bt709:out_range=tv';

/** A graph's input of pictures of one size and form, one per frame of the video. */
export function pictureInput(
  name: string,
  { width, height }: Size,
  format: 'rgba' | 'yuv420p' | 'yuva420p',
  settings: RenderSettings,
): string {
  const [frames, seconds] = rateOf(settings).split('/');
  const colors = format === 'rgba' ? '' : ':colorspace=bt709:range=tv';
  return (
    `buffer@${name}=video_size=${width}x${height}:pix_fmt=${format}:time_base=${seconds}/${frames}` +
    `:frame_rate=${frames}/${seconds}:pixel_aspect=1/1${colors}`
  );
}

/** What is on a canvas, as a frame with its own memory, RGBA. The canvas is empty afterwards. */
export function takeCanvas(canvas: Canvas): av.Frame {
  const { width, height } = canvas;
  // Not `canvas.data()`: there, colours are already multiplied by their opacity.
  const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  const view = emptyFrame({ width, height }, av.AV_PIX_FMT_RGBA);
  const frame = emptyFrame({ width, height }, av.AV_PIX_FMT_RGBA);
  try {
    // `fromBuffer` lets a frame point into the buffer, which may be gone before the frame is.
    av.FFmpegError.throwIfError(view.fromBuffer(Buffer.from(pixels.buffer)), 'read a picture');
    av.FFmpegError.throwIfError(frame.getBuffer(), 'make room for a picture');
    av.FFmpegError.throwIfError(frame.copy(view), 'copy a picture');
  } finally {
    view.free();
  }
  // The canvas lets go of its pixels now and not when it is collected.
  canvas.width = 1;
  canvas.height = 1;
  return frame;
}

/** What is on a canvas in the colours of the video, with its opacity. The canvas is empty afterwards. */
export function takeYuva(canvas: Canvas): av.Frame {
  const rgba = takeCanvas(canvas);
  const frame = emptyFrame(rgba, av.AV_PIX_FMT_YUVA420P);
  const scaler = new av.SoftwareScaleContext();
  try {
    rgba.colorSpace = av.AVCOL_SPC_RGB;
    rgba.colorRange = av.AVCOL_RANGE_JPEG;
    nameColors(frame);
    scaler.allocContext();
    av.FFmpegError.throwIfError(frame.getBuffer(), 'make room for a picture');
    av.FFmpegError.throwIfError(scaler.scaleFrameSync(frame, rgba), 'convert a picture');
    return frame;
  } finally {
    scaler.freeContext();
    rgba.free();
  }
}

/** Makes a frame the one with this number in the video. */
export function number(frame: av.Frame, index: number, settings: RenderSettings): av.Frame {
  const [frames = 1, seconds = 1] = rateOf(settings).split('/').map(Number);
  frame.pts = BigInt(index);
  frame.timeBase = new av.Rational(seconds, frames);
  frame.pictType = av.AV_PICTURE_TYPE_NONE;
  frame.sampleAspectRatio = new av.Rational(1, 1);
  nameColors(frame);
  return frame;
}

/** The same picture once more, without a copy of its pixels. */
export function again(frame: av.Frame): av.Frame {
  const clone = frame.clone();
  if (!clone) throw new Error('out of memory');
  return clone;
}

function nameColors(frame: av.Frame): void {
  frame.colorSpace = av.AVCOL_SPC_BT709;
  frame.colorPrimaries = av.AVCOL_PRI_BT709;
  frame.colorTrc = av.AVCOL_TRC_BT709;
  frame.colorRange = av.AVCOL_RANGE_MPEG;
}

function emptyFrame({ width, height }: Size, format: av.AVPixelFormat): av.Frame {
  const frame = new av.Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  return frame;
}
