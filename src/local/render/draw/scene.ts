import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { PaintScene } from '../scene/scene.js';
import type { Size } from '../settings.js';
import type { Layer } from './layer.js';

/** A generated scene. It is drawn apart, so that it fades as one picture and not shape by shape. */
export class SceneLayer implements Layer {
  look = '';
  readonly #canvas: Canvas;
  #drawn: string | undefined;
  #seconds = 0;

  constructor(
    private readonly scene: PaintScene,
    private readonly from: number,
    { width, height }: Size,
  ) {
    this.#canvas = createCanvas(width, height);
  }

  seek(ms: number): void {
    this.#seconds = (ms - this.from) / 1000;
    this.look = String(this.#seconds);
  }

  paint(context: SKRSContext2D): void {
    if (this.#drawn !== this.look) {
      this.scene(this.#canvas.getContext('2d'), this.#seconds);
      this.#drawn = this.look;
    }
    context.drawImage(this.#canvas, 0, 0);
  }

  close(): void {}
}
