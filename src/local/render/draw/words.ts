import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { TextMeta } from '../../dialect.js';
import type { Box } from '../plan/place.js';
import type { Span } from '../plan/spans.js';
import type { SetType } from '../text/set-type.js';
import { inkOf } from './ink.js';
import type { Layer } from './layer.js';

/** How long words take to come and to go, unless they stay too shortly for that. */
const COME_MS = 450;
const GO_MS = 300;

/** How far words rise as they come, as a part of their line's height. */
const RISE = 0.35;

/** How far words have come (0 to 1, fast at first), and how much of them shows (0 to 1). */
export function presenceOf({ from, to }: Span<unknown>, ms: number): { come: number; opacity: number } {
  const quick = (to - from) / 4;
  const come = 1 - (1 - Math.min(1, Math.max(0, ms - from) / Math.min(COME_MS, quick))) ** 3;
  const go = Math.max(0, Math.min(1, (to - ms) / Math.min(GO_MS, quick)));
  return { come, opacity: Math.min(come, go) };
}

/** Words over the picture. They rise as they come. */
export class WordsLayer implements Layer {
  look = '';
  readonly #canvas: Canvas;
  readonly #margin: number;
  #sunk = 0;

  constructor(
    private readonly span: Span<TextMeta>,
    private readonly type: SetType,
    private readonly box: Box,
  ) {
    this.#margin = Math.ceil(type.fontSize * 0.4);
    this.#canvas = drawWords(type, this.#margin, span.segment.m.color);
  }

  seek(ms: number): void {
    this.#sunk = (1 - presenceOf(this.span, ms).come) * RISE * this.type.lineHeight;
    this.look = String(this.#sunk);
  }

  paint(context: SKRSContext2D): void {
    const y = this.box.y - this.#margin + this.#sunk;
    // Resting words stand on whole pixels and are sharp; rising ones move smoothly.
    context.drawImage(
      this.#canvas,
      Math.round(this.box.x) - this.#margin,
      this.#sunk === 0 ? Math.round(y) : y,
    );
  }

  close(): void {}
}

function drawWords(type: SetType, margin: number, color: string | undefined): Canvas {
  const canvas = createCanvas(Math.ceil(type.width) + margin * 2, Math.ceil(type.height) + margin * 2);
  const context = canvas.getContext('2d');
  const ink = inkOf(color);
  context.font = type.font;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillStyle = ink.color;
  context.shadowColor = `rgba(${ink.contrast}, 0.55)`;
  context.shadowBlur = type.fontSize * 0.18;
  context.shadowOffsetY = type.fontSize * 0.03;
  for (const [index, line] of type.lines.entries()) {
    // Capitals stand about 0.73 of the font's size high: this centres them in their line.
    const baseline = margin + type.lineHeight * index + (type.lineHeight + type.fontSize * 0.73) / 2;
    context.fillText(line, canvas.width / 2, baseline);
  }
  return canvas;
}
