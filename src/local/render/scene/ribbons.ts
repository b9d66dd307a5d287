import { between } from '../random.js';
import { hsl } from './palette.js';
import { drawGlow, drawSky, type PrepareScene, shine, smoothNoise } from './scene.js';

const RIBBONS = 6;

/** Ribbons of light flowing over a deep ground, with soft lights rising between them. Goes with any words. */
export const ribbons: PrepareScene = (frame, palette, random) => {
  const { width, height } = frame;
  const bright = palette.mood === 'day';
  const sky = drawSky(frame, palette);
  const bands = Array.from({ length: RIBBONS }, (_, index) => {
    const hue = palette.base + (palette.accent - palette.base) * (index / (RIBBONS - 1));
    return {
      upper: smoothNoise(random, 3),
      lower: smoothNoise(random, 3),
      y: height * (0.3 + (index / RIBBONS) * 0.6),
      swing: height * between(random, 0.12, 0.22),
      thick: height * between(random, 0.1, 0.24),
      pace: between(random, 0.14, 0.32) * (index % 2 ? 1 : -1),
      light: hsl(hue, 88, bright ? 74 : 62, 0.42),
      dark: hsl(hue + 26, 82, bright ? 60 : 40, 0.05),
    };
  });
  const glow = drawGlow(palette.accent, 90, bright ? 80 : 66);
  const lights = Array.from({ length: 26 }, () => ({
    x: random() * width,
    y: random() * height,
    radius: height * between(random, 0.012, 0.07),
    rise: height * between(random, 0.008, 0.03),
    phase: random() * Math.PI * 2,
  }));
  const step = Math.max(2, width / 120);
  return (context, seconds) => {
    context.drawImage(sky, 0, 0);
    for (const { upper, lower, y, swing, thick, pace, light, dark } of bands) {
      const top = (x: number): number => y + upper((x / width) * 2.4 + seconds * pace) * swing;
      const bottom = (x: number): number =>
        top(x) + thick * (0.7 + 0.3 * lower((x / width) * 3 - seconds * pace * 1.3));
      context.beginPath();
      context.moveTo(0, top(0));
      for (let x = step; x <= width + step; x += step) context.lineTo(x, top(x));
      for (let x = width + step; x >= -step; x -= step) context.lineTo(x, bottom(x));
      context.closePath();
      const gradient = context.createLinearGradient(0, y - swing, 0, y + swing + thick);
      gradient.addColorStop(0, light);
      gradient.addColorStop(1, dark);
      context.fillStyle = gradient;
      context.fill();
    }
    for (const { x, y, radius, rise, phase } of lights) {
      const at =
        (((y - seconds * rise + radius) % (height + radius * 2)) + height + radius * 2) %
        (height + radius * 2);
      shine(context, glow, {
        x: x + Math.sin(seconds * 0.5 + phase) * radius,
        y: at - radius,
        radius,
        alpha: 0.32 + 0.22 * Math.sin(seconds * 0.8 + phase),
      });
    }
  };
};
