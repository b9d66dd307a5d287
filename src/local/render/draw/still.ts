import type { Image, SKRSContext2D } from '@napi-rs/canvas';
import type { PictureMeta } from '../../dialect.js';
import { CLOSEST, viewAt } from '../plan/camera.js';
import { progress, type Span } from '../plan/spans.js';
import type { Size } from '../settings.js';
import type { MediaSource } from '../sources.js';
import type { Layer } from './layer.js';
import { loadPlate } from './plate.js';

/** A still with the camera moving over it. */
export class StillLayer implements Layer {
  look = '';
  #view = viewAt('none', 0);

  private constructor(
    private readonly span: Span<PictureMeta>,
    private readonly frame: Size,
    private readonly plate: Image,
  ) {}

  static async open(source: MediaSource, span: Span<PictureMeta>, frame: Size): Promise<StillLayer> {
    const size = { width: Math.ceil(frame.width * CLOSEST), height: Math.ceil(frame.height * CLOSEST) };
    return new StillLayer(span, frame, await loadPlate(source, size));
  }

  seek(ms: number): void {
    this.#view = viewAt(this.span.segment.m.motion ?? 'zoom-in', progress(this.span, ms));
    this.look = `${this.#view.scale},${this.#view.x}`;
  }

  paint(context: SKRSContext2D): void {
    const { frame, plate } = this;
    // The plate is prepared larger than the frame: at scale 1 all of it is in view.
    const width = frame.width * this.#view.scale;
    const height = frame.height * this.#view.scale;
    const x = (frame.width - width) / 2 + this.#view.x * frame.width;
    context.drawImage(plate, x, (frame.height - height) / 2, width, height);
  }

  close(): void {}
}
