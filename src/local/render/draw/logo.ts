import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Box } from '../plan/place.js';
import type { Size } from '../settings.js';
import type { MediaSource } from '../sources.js';
import type { Layer } from './layer.js';
import { loadStill } from './plate.js';

/** A logo in its corner, with a soft shadow so that it stands off from a picture of its own colour. */
export class LogoLayer implements Layer {
  readonly look = '';
  readonly #margin: number;

  private constructor(
    private readonly box: Box,
    private readonly canvas: Canvas,
  ) {
    this.#margin = (canvas.width - box.width) / 2;
  }

  /** `place` is asked where a picture of the logo's proportions stands. */
  static async open(source: MediaSource, place: (logo: Size) => Box): Promise<LogoLayer> {
    const still = await loadStill(source);
    const box = place(still);
    const margin = Math.ceil(box.height * 0.15);
    const canvas = createCanvas(Math.ceil(box.width) + margin * 2, Math.ceil(box.height) + margin * 2);
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.shadowColor = 'rgba(0, 0, 0, 0.35)';
    context.shadowBlur = margin * 0.6;
    context.shadowOffsetY = margin * 0.15;
    context.drawImage(still, margin, margin, box.width, box.height);
    return new LogoLayer(box, canvas);
  }

  seek(): void {}

  paint(context: SKRSContext2D): void {
    // Whole pixels: a logo between two of them would be soft.
    context.drawImage(
      this.canvas,
      Math.round(this.box.x - this.#margin),
      Math.round(this.box.y - this.#margin),
    );
  }

  close(): void {}
}
