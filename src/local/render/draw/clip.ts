import { type Canvas, createCanvas, ImageData, type SKRSContext2D } from '@napi-rs/canvas';
import type { PictureMeta } from '../../dialect.js';
import { LocalRenderError } from '../failure.js';
import type { Span } from '../plan/spans.js';
import type { Size } from '../settings.js';
import type { MediaSource } from '../sources.js';
import { type ClipPicture, ClipReader } from './clip-reader.js';
import { BlurredFill } from './fill.js';
import type { Layer } from './layer.js';

/** An uploaded clip, from its `in` on, at its speed. */
export class ClipLayer implements Layer {
  look = '';
  #canvas: Canvas | undefined;
  #picture: ClipPicture | undefined;
  readonly #fill: BlurredFill;

  private constructor(
    private readonly source: MediaSource,
    private readonly span: Span<PictureMeta>,
    private readonly frame: Size,
    private readonly reader: ClipReader,
  ) {
    this.#fill = new BlurredFill(frame);
  }

  static async open(source: MediaSource, span: Span<PictureMeta>, frame: Size): Promise<ClipLayer> {
    try {
      const reader = await ClipReader.open(source, span.segment.m.in ?? 0, frame);
      return new ClipLayer(source, span, frame, reader);
    } catch (error) {
      throw new LocalRenderError({ reason: 'media', file: source.name, problem: 'it is damaged' }, error);
    }
  }

  async seek(ms: number): Promise<void> {
    const { in: start = 0, speed = 1 } = this.span.segment.m;
    const picture = await this.reader.at(start + Math.max(0, ms - this.span.from) * speed);
    if (!picture)
      throw new LocalRenderError({ reason: 'media', file: this.source.name, problem: 'it is damaged' });
    if (picture === this.#picture) return;
    const { width, height, pixels, serial } = picture;
    this.#picture = picture;
    this.#canvas ??= createCanvas(width, height);
    this.#canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
    this.look = String(serial);
  }

  paint(context: SKRSContext2D): void {
    const { frame } = this;
    const canvas = this.#canvas;
    if (!canvas || !this.#picture) return;
    if (this.#picture.mode === 'framed') this.#fill.paint(context, canvas);
    context.drawImage(canvas, (frame.width - canvas.width) / 2, (frame.height - canvas.height) / 2);
  }

  close(): Promise<void> {
    return this.reader.close();
  }
}
