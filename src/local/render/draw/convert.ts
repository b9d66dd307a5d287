import * as av from 'node-av';
import type { Size } from '../settings.js';

/** Bytes of a picture with 4:2:0 colour. */
export function bytesOfYuv({ width, height }: Size): number {
  return (width * height * 3) / 2;
}

/** Makes what a canvas draws (RGBA) into what an encoder takes: 4:2:0, BT.709, the range of television. */
export class YuvConverter {
  readonly #rgba: av.Frame;
  readonly #yuv: av.Frame;
  readonly #scaler = new av.SoftwareScaleContext();

  constructor(size: Size) {
    this.#rgba = describe(size, av.AV_PIX_FMT_RGBA);
    this.#rgba.colorSpace = av.AVCOL_SPC_RGB;
    this.#rgba.colorRange = av.AVCOL_RANGE_JPEG;
    this.#yuv = describeYuv(size);
    this.#scaler.allocContext();
  }

  /** Converts one picture into memory of {@link bytesOfYuv}; nothing is copied on the way. */
  convert(pixels: Buffer, into: Buffer): void {
    av.FFmpegError.throwIfError(this.#rgba.fromBuffer(pixels), 'read a picture');
    av.FFmpegError.throwIfError(this.#yuv.fromBuffer(into), 'reach the memory of a picture');
    av.FFmpegError.throwIfError(this.#scaler.scaleFrameSync(this.#yuv, this.#rgba), 'convert a picture');
  }
}

/** A frame without pixels that says how they are to be read. */
export function describeYuv(size: Size): av.Frame {
  const frame = describe(size, av.AV_PIX_FMT_YUV420P);
  frame.colorSpace = av.AVCOL_SPC_BT709;
  frame.colorPrimaries = av.AVCOL_PRI_BT709;
  frame.colorTrc = av.AVCOL_TRC_BT709;
  frame.colorRange = av.AVCOL_RANGE_MPEG;
  frame.sampleAspectRatio = new av.Rational(1, 1);
  return frame;
}

function describe({ width, height }: Size, format: av.AVPixelFormat): av.Frame {
  const frame = new av.Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  return frame;
}
