import { between } from '../random.js';
import { hsl } from './palette.js';
import { drawGlow, drawOnce, drawSky, glide, type PrepareScene, shine, smoothNoise } from './scene.js';

const RIDGES = 5;

/** Mountains one behind the other in the haze, the near ones gliding past faster than the far ones. */
export const ridges: PrepareScene = (frame, palette, random) => {
  const { width, height } = frame;
  const sky = drawSky(frame, palette, 0.85);
  const sun = drawGlow(palette.accent, 95, palette.mood === 'night' ? 80 : 72);
  const sunAt = { x: width * between(random, 0.25, 0.75), y: height * between(random, 0.28, 0.4) };
  const dark = { day: 34, dusk: 14, night: 5 }[palette.mood];
  const pale = { day: 76, dusk: 48, night: 26 }[palette.mood];
  const layers = Array.from({ length: RIDGES }, (_, index) => {
    const near = index / (RIDGES - 1);
    const line = smoothNoise(random, 6);
    const top = height * (0.46 + near * 0.34);
    const rise = height * (0.16 - near * 0.05);
    // Only as high as it shows over the next one.
    const visible = Math.min(height - top + rise, height * 0.36);
    const canvas = drawOnce({ width: width * 1.6, height: visible }, (context) => {
      const path = (step: number): void => {
        context.beginPath();
        context.moveTo(0, height);
        for (let x = 0; x <= width * 1.6 + step; x += step) {
          context.lineTo(x, rise - Math.abs(line((x / width) * (3 + near * 2))) * rise);
        }
        context.lineTo(width * 1.6, height);
        context.fill();
      };
      const lightness = pale + (dark - pale) * near;
      const haze = context.createLinearGradient(0, 0, 0, height * 0.5);
      haze.addColorStop(0, hsl(palette.base + 12 * (1 - near), 34 + near * 14, lightness));
      haze.addColorStop(1, hsl(palette.accent, 40, Math.min(92, lightness + 22 * (1 - near))));
      context.fillStyle = haze;
      path(Math.max(1, width / 480));
    });
    return { canvas, top: top - rise, speed: width * (0.002 + near * 0.016) };
  });
  shine(sky.getContext('2d'), sun, { ...sunAt, radius: height * 0.62, alpha: 0.75 });
  shine(sky.getContext('2d'), sun, { ...sunAt, radius: height * 0.16 });
  return (context, seconds) => {
    context.drawImage(sky, 0, 0);
    for (const { canvas, top, speed } of layers) {
      context.drawImage(canvas, -glide(seconds * speed, canvas.width - width), top);
    }
  };
};
