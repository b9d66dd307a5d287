import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Random } from '../random.js';
import type { Size } from '../settings.js';
import { hsl, type Palette } from './palette.js';

/** Draws a scene as it is after some seconds. Covers all of the frame. */
export type PaintScene = (context: SKRSContext2D, seconds: number) => void;

/** Prepares a scene: everything that chance decides is decided here, once. */
export type PrepareScene = (frame: Size, palette: Palette, random: Random) => PaintScene;

/** Draws once what does not change. */
export function drawOnce({ width, height }: Size, draw: (context: SKRSContext2D) => void): Canvas {
  const canvas = createCanvas(Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height)));
  draw(canvas.getContext('2d'));
  return canvas;
}

/** A sky from top to bottom. */
export function drawSky(frame: Size, { sky }: Palette, horizon = 1): Canvas {
  return drawOnce(frame, (context) => {
    const gradient = context.createLinearGradient(0, 0, 0, frame.height * horizon);
    gradient.addColorStop(0, sky[0]);
    gradient.addColorStop(0.6, sky[1]);
    gradient.addColorStop(1, sky[2]);
    context.fillStyle = gradient;
    context.fillRect(0, 0, frame.width, frame.height);
  });
}

/** A round light that fades outwards, to be drawn at any size up to a few times `side` pixels. */
export function drawGlow(hue: number, saturation = 95, lightness = 70, side = 256): Canvas {
  return drawOnce({ width: side, height: side }, (context) => {
    const gradient = context.createRadialGradient(side / 2, side / 2, 0, side / 2, side / 2, side / 2);
    gradient.addColorStop(0, hsl(hue, saturation, Math.min(98, lightness + 18), 1));
    gradient.addColorStop(0.18, hsl(hue, saturation, lightness, 0.55));
    gradient.addColorStop(0.5, hsl(hue, saturation, lightness, 0.14));
    gradient.addColorStop(1, hsl(hue, saturation, lightness, 0));
    context.fillStyle = gradient;
    context.fillRect(0, 0, side, side);
  });
}

/** How far something has glided that turns round after `room` and comes back. */
export function glide(way: number, room: number): number {
  const along = way % (room * 2);
  return Math.min(along, room * 2 - along);
}

/** Draws a glow around a point, adding light to what is there. */
export function shine(
  context: SKRSContext2D,
  glow: Canvas,
  { x, y, radius, alpha = 1 }: { x: number; y: number; radius: number; alpha?: number },
): void {
  context.globalCompositeOperation = 'lighter';
  context.globalAlpha = alpha;
  context.drawImage(glow, x - radius, y - radius, radius * 2, radius * 2);
  context.globalAlpha = 1;
  context.globalCompositeOperation = 'source-over';
}

/** A number that wanders smoothly between -1 and 1 along a line: a few waves of unlike lengths. */
export function smoothNoise(random: Random, octaves = 5): (at: number) => number {
  const waves = Array.from({ length: octaves }, (_, index) => ({
    frequency: 1.9 ** index * (0.8 + random() * 0.4),
    phase: random() * Math.PI * 2,
    height: 0.56 ** index,
  }));
  const total = waves.reduce((sum, { height }) => sum + height, 0);
  return (at) =>
    waves.reduce((sum, { frequency, phase, height }) => sum + Math.sin(at * frequency + phase) * height, 0) /
    total;
}
