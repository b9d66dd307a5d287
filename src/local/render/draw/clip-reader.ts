import * as av from 'node-av';
import { pixelAspect } from '../../media/inspect.js';
import { decodeFrames, openMedia, pictureStream } from '../../media/open.js';
import { readOrientation } from '../../media/orientation.js';
import { type Fit, fitPicture } from '../plan/camera.js';
import type { Size } from '../settings.js';
import type { MediaSource } from '../sources.js';

/** A picture out of a clip, as RGBA. */
export interface ClipPicture extends Size {
  pixels: Uint8ClampedArray;
  mode: Fit['mode'];
  /** Counts up with every new picture. */
  serial: number;
}

/**
 * Reads the pictures of a clip in order, upright, and scaled to suit a frame. Between two pictures of the clip the
 * earlier one holds; after its end the last one does.
 */
export class ClipReader {
  #current: av.Frame | undefined;
  #next: av.Frame | undefined;
  #picture: ClipPicture | undefined;
  #filter: av.FilterAPI | undefined;
  #serial = 0;
  #shown: av.Frame | undefined;

  private constructor(
    private readonly demuxer: av.Demuxer,
    private readonly stream: av.Stream,
    private readonly frames: AsyncGenerator<av.Frame>,
    private readonly frame: Size,
  ) {}

  /** Opens a clip at `fromMs` of its own time. */
  static async open(source: MediaSource, fromMs: number, frame: Size): Promise<ClipReader> {
    const demuxer = await openMedia(av, source.path, source.format);
    const stream = pictureStream(av, demuxer);
    if (!stream) {
      await demuxer.close();
      throw new Error('there is no picture in it');
    }
    if (fromMs > 0) {
      // To the key picture before it; what lies between is decoded and passed over. Some files cannot be sought, and
      // are then read from the beginning.
      await demuxer.seek(demuxer.startTime + fromMs / 1000, -1, av.AVSEEK_FLAG_BACKWARD);
    }
    return new ClipReader(demuxer, stream, decodeFrames(av, demuxer, stream), frame);
  }

  /** The picture at a moment of the clip's own time, in ms. Moments only go forward. Undefined: nothing decodes. */
  async at(ms: number): Promise<ClipPicture | undefined> {
    this.#next ??= await this.#read();
    while (this.#next && (this.#current === undefined || this.#timeOf(this.#next) <= ms)) {
      if (this.#current !== this.#shown) this.#current?.free();
      this.#current = this.#next;
      this.#next = await this.#read();
    }
    if (this.#current && this.#current !== this.#shown) {
      this.#shown?.free();
      this.#shown = this.#current;
      this.#picture = await this.#convert(this.#current);
    }
    return this.#picture;
  }

  async close(): Promise<void> {
    for (const frame of new Set([this.#current, this.#next, this.#shown])) frame?.free();
    this.#filter?.close();
    await this.frames.return(undefined);
    await this.demuxer.close();
  }

  async #read(): Promise<av.Frame | undefined> {
    const { value, done } = await this.frames.next();
    return done ? undefined : value;
  }

  #timeOf({ pts, timeBase }: av.Frame): number {
    return (Number(pts) * timeBase.num * 1000) / timeBase.den - Math.max(0, this.demuxer.startTime) * 1000;
  }

  async #convert(frame: av.Frame): Promise<ClipPicture> {
    const orientation = readOrientation(this.stream.codecpar.getCodedSideData(av.AV_PKT_DATA_DISPLAYMATRIX));
    const width = frame.width * pixelAspect(frame);
    const fit = fitPicture(
      orientation.swapped ? { width: frame.height, height: width } : { width, height: frame.height },
      this.frame,
    );
    const fitted = { width: Math.round(fit.width), height: Math.round(fit.height) };
    const crop = {
      width: Math.min(fitted.width, this.frame.width),
      height: Math.min(fitted.height, this.frame.height),
    };
    this.#filter ??= av.FilterAPI.create(
      [
        ...orientation.filters,
        `scale=${fitted.width}:${fitted.height}:flags=bicubic`,
        `crop=${crop.width}:${crop.height}`,
        'format=rgba',
      ].join(','),
    );
    const [converted] = await this.#filter.processAll(frame);
    if (!converted) throw new Error('a picture of it cannot be converted');
    try {
      const { buffer, byteOffset, byteLength } = converted.toBuffer();
      const pixels = new Uint8ClampedArray(buffer, byteOffset, byteLength);
      return { pixels, ...crop, mode: fit.mode, serial: ++this.#serial };
    } finally {
      converted.free();
    }
  }
}
