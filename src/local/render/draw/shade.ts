import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Box } from '../plan/place.js';
import type { Size } from '../settings.js';
import type { SetType } from '../text/set-type.js';
import { inkOf } from './ink.js';
import type { Layer } from './layer.js';

/** What keeps words legible whatever the picture shows. Lies beneath all words, so that it dims none. */
export class ShadeLayer implements Layer {
  readonly look = '';
  readonly #canvas: Canvas;
  readonly #top: number;

  constructor(type: SetType, box: Box, frame: Size, color: string | undefined) {
    const { canvas, top } = drawShade(type, box, frame, inkOf(color).contrast);
    this.#canvas = canvas;
    this.#top = top;
  }

  seek(): void {}

  paint(context: SKRSContext2D): void {
    context.drawImage(this.#canvas, 0, this.#top);
  }

  close(): void {}
}

/** A gradient out of the frame's edge behind words at the top or bottom, a soft cloud behind others. */
function drawShade(type: SetType, box: Box, frame: Size, rgb: string): { canvas: Canvas; top: number } {
  const reach = type.lineHeight * 1.1;
  const middle = box.y + box.height / 2;
  if (middle > frame.height * 0.3 && middle < frame.height * 0.7) return drawCloud(box, frame, reach, rgb);
  const below = middle > frame.height / 2;
  const top = below ? Math.max(0, Math.floor(box.y - reach)) : 0;
  const bottom = below ? frame.height : Math.min(frame.height, Math.ceil(box.y + box.height + reach));
  const canvas = createCanvas(frame.width, bottom - top);
  const context = canvas.getContext('2d');
  const [clear, full] = below ? [0, canvas.height] : [canvas.height, 0];
  const gradient = context.createLinearGradient(0, clear, 0, full);
  gradient.addColorStop(0, `rgba(${rgb}, 0)`);
  gradient.addColorStop(0.5, `rgba(${rgb}, 0.42)`);
  gradient.addColorStop(1, `rgba(${rgb}, 0.66)`);
  context.fillStyle = gradient;
  context.fillRect(0, 0, canvas.width, canvas.height);
  return { canvas, top };
}

/** Darkest behind the words, and nowhere with an edge. */
function drawCloud(box: Box, frame: Size, reach: number, rgb: string): { canvas: Canvas; top: number } {
  const across = Math.max(box.width / 2 + reach * 3, frame.width * 0.5);
  const down = box.height / 2 + reach * 2.4;
  const top = Math.max(0, Math.floor(box.y + box.height / 2 - down));
  const bottom = Math.min(frame.height, Math.ceil(box.y + box.height / 2 + down));
  const canvas = createCanvas(frame.width, bottom - top);
  const context = canvas.getContext('2d');
  context.translate(frame.width / 2, box.y + box.height / 2 - top);
  context.scale(1, down / across);
  const gradient = context.createRadialGradient(0, 0, 0, 0, 0, across);
  for (let stop = 0; stop <= 8; stop++) {
    // Half a wave: level in the middle and level at the rim.
    gradient.addColorStop(stop / 8, `rgba(${rgb}, ${0.22 + 0.22 * Math.cos((stop / 8) * Math.PI)})`);
  }
  context.fillStyle = gradient;
  context.fillRect(-across, -across, across * 2, across * 2);
  return { canvas, top };
}
