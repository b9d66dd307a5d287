import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { TextMeta } from '../../dialect.js';
import type { Box } from '../plan/place.js';
import type { Span } from '../plan/spans.js';
import type { Size } from '../settings.js';
import type { SetType } from '../text/set-type.js';
import type { Layer } from './layer.js';

/** How long words take to come and to go, unless they stay too shortly for that. */
const COME_MS = 450;
const GO_MS = 300;

/** How far words rise as they come, as a part of their line's height. */
const RISE = 0.35;

/** Words over the picture. A shade behind them keeps them legible whatever the picture shows. */
export class WordsLayer implements Layer {
  look = '';
  readonly #words: Canvas;
  readonly #shade: Canvas;
  readonly #shadeTop: number;
  readonly #margin: number;
  #opacity = 0;
  #sunk = 0;

  constructor(
    private readonly span: Span<TextMeta>,
    private readonly type: SetType,
    private readonly box: Box,
    frame: Size,
  ) {
    const color = readColor(span.segment.m.color ?? '#ffffff');
    const dark = color.brightness > 0.4;
    this.#margin = Math.ceil(type.fontSize * 0.4);
    this.#words = drawWords(type, this.#margin, color.css, dark);
    const shade = drawShade(type, box, frame, dark ? '0, 0, 0' : '255, 255, 255');
    this.#shade = shade.canvas;
    this.#shadeTop = shade.top;
  }

  seek(ms: number): void {
    const { from, to } = this.span;
    const quick = (to - from) / 4;
    const come = Math.min(1, (ms - from) / Math.min(COME_MS, quick));
    const go = Math.min(1, (to - ms) / Math.min(GO_MS, quick));
    const eased = 1 - (1 - come) ** 3;
    this.#opacity = Math.max(0, Math.min(eased, go));
    this.#sunk = (1 - eased) * RISE * this.type.lineHeight;
    this.look = `${this.#opacity},${this.#sunk}`;
  }

  paint(context: SKRSContext2D): void {
    const alpha = context.globalAlpha;
    context.globalAlpha = alpha * this.#opacity;
    context.drawImage(this.#shade, 0, this.#shadeTop);
    const y = this.box.y - this.#margin + this.#sunk;
    // Resting words stand on whole pixels and are sharp; rising ones move smoothly.
    context.drawImage(
      this.#words,
      Math.round(this.box.x) - this.#margin,
      this.#sunk === 0 ? Math.round(y) : y,
    );
    context.globalAlpha = alpha;
  }

  close(): void {}
}

function drawWords(type: SetType, margin: number, color: string, dark: boolean): Canvas {
  const canvas = createCanvas(Math.ceil(type.width) + margin * 2, Math.ceil(type.height) + margin * 2);
  const context = canvas.getContext('2d');
  context.font = type.font;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.fillStyle = color;
  context.shadowColor = dark ? 'rgba(0, 0, 0, 0.55)' : 'rgba(255, 255, 255, 0.55)';
  context.shadowBlur = type.fontSize * 0.18;
  context.shadowOffsetY = type.fontSize * 0.03;
  for (const [index, line] of type.lines.entries()) {
    // Capitals stand about 0.73 of the font's size high: this centres them in their line.
    const baseline = margin + type.lineHeight * index + (type.lineHeight + type.fontSize * 0.73) / 2;
    context.fillText(line, canvas.width / 2, baseline);
  }
  return canvas;
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

function drawCloud(box: Box, frame: Size, reach: number, rgb: string): { canvas: Canvas; top: number } {
  const top = Math.max(0, Math.floor(box.y - reach * 1.2));
  const canvas = createCanvas(
    frame.width,
    Math.min(frame.height, Math.ceil(box.y + box.height + reach * 1.2)) - top,
  );
  const context = canvas.getContext('2d');
  const radius = box.width / 2 + reach * 1.6;
  context.translate(frame.width / 2, box.y + box.height / 2 - top);
  context.scale(1, canvas.height / 2 / radius);
  const gradient = context.createRadialGradient(0, 0, 0, 0, 0, radius);
  gradient.addColorStop(0, `rgba(${rgb}, 0.5)`);
  gradient.addColorStop(0.55, `rgba(${rgb}, 0.36)`);
  gradient.addColorStop(1, `rgba(${rgb}, 0)`);
  context.fillStyle = gradient;
  context.fillRect(-frame.width, -radius, frame.width * 2, radius * 2);
  return { canvas, top };
}

/** A CSS colour and how bright it looks, 0 to 1. What is no colour is white. */
function readColor(css: string): { css: string; brightness: number } {
  const context = createCanvas(1, 1).getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red = 255, green = 255, blue = 255] = context.getImageData(0, 0, 1, 1).data;
  return {
    css: `rgb(${red}, ${green}, ${blue})`,
    brightness: (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255,
  };
}
