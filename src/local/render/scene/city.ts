import { between, type Random } from '../random.js';
import type { Size } from '../settings.js';
import { hsl, type Palette } from './palette.js';
import { drawGlow, drawOnce, drawSky, glide, type PrepareScene, shine } from './scene.js';

/** No roof stands higher than this, as a part of the frame from the top. */
const ROOFS = 0.24;

/** A skyline with lit windows gliding past, and lights of the street out of focus in front. */
export const city: PrepareScene = (frame, palette, random) => {
  const { width, height } = frame;
  const sky = drawSky(frame, palette, 0.9);
  const halo = drawGlow(palette.accent, 90, 66);
  shine(sky.getContext('2d'), halo, { x: width * 0.5, y: height * 0.86, radius: width * 0.5, alpha: 0.5 });
  const rows = [0, 0.5, 1].map((near) => ({
    canvas: drawOnce({ width: width * 1.5, height: height * (1 - ROOFS) }, (context) => {
      context.translate(0, -height * ROOFS);
      for (const building of buildings(frame, near, random))
        paintBuilding(context, building, near, palette, random);
    }),
    speed: width * (0.004 + near * 0.014),
  }));
  const lights = Array.from({ length: 34 }, (_, index) => ({
    glow: index % 3,
    x: random() * width,
    y: height * between(random, 0.82, 1.02),
    radius: height * between(random, 0.02, 0.075),
    drift: between(random, -1, 1) * width * 0.02,
    phase: random() * Math.PI * 2,
  }));
  const glows = [
    drawGlow(palette.accent, 95, 62),
    drawGlow(38, 95, 62),
    drawGlow(palette.base + 150, 85, 62),
  ];
  return (context, seconds) => {
    context.drawImage(sky, 0, 0);
    for (const { canvas, speed } of rows) {
      context.drawImage(canvas, -glide(seconds * speed, canvas.width - width), height * ROOFS);
    }
    for (const { glow, x, y, radius, drift, phase } of lights) {
      const canvas = glows[glow];
      const at = (((x + drift * seconds) % width) + width) % width;
      if (canvas)
        shine(context, canvas, { x: at, y, radius, alpha: 0.35 + 0.25 * Math.sin(seconds * 0.9 + phase) });
    }
  };
};

interface Building extends Size {
  x: number;
  y: number;
}

function buildings(frame: Size, near: number, random: Random): Building[] {
  const row: Building[] = [];
  for (let x = -frame.width * 0.02; x < frame.width * 1.5; ) {
    const width = frame.width * between(random, 0.035, 0.075) * (0.7 + near * 0.6);
    const height = frame.height * (between(random, 0.2, 0.52) - near * 0.1 + (random() < 0.1 ? 0.12 : 0));
    row.push({ x, y: frame.height - height, width, height });
    x += width * between(random, 0.96, 1.18);
  }
  return row;
}

function paintBuilding(
  context: Parameters<ReturnType<PrepareScene>>[0],
  { x, y, width, height }: Building,
  near: number,
  palette: Palette,
  random: Random,
): void {
  const lightness = { day: 62 - near * 34, dusk: 32 - near * 24, night: 17 - near * 12 }[palette.mood];
  const wall = context.createLinearGradient(x, y, x + width, y);
  wall.addColorStop(0, hsl(palette.base, 38, lightness));
  wall.addColorStop(1, hsl(palette.base, 42, lightness * 0.72));
  context.fillStyle = wall;
  context.fillRect(x, y, width, height);
  if (random() < 0.2) context.fillRect(x + width * 0.46, y - height * 0.14, width * 0.05, height * 0.14);
  const pitch = width / Math.round(between(random, 4, 7));
  const lit = palette.mood === 'day' ? 0.2 : 0.42;
  for (let row = y + pitch; row < y + height; row += pitch * 1.25) {
    for (let column = x + pitch * 0.3; column < x + width - pitch * 0.6; column += pitch) {
      if (random() > lit) continue;
      context.fillStyle = hsl(
        random() < 0.8 ? 42 : palette.accent,
        90,
        74,
        between(random, 0.25, 0.95) * (0.5 + near * 0.5),
      );
      context.fillRect(column, row, pitch * 0.5, pitch * 0.62);
    }
  }
}
