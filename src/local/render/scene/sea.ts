import { between } from '../random.js';
import { hsl } from './palette.js';
import { drawGlow, drawOnce, drawSky, type PrepareScene, shine, smoothNoise } from './scene.js';

const WAVES = 7;

/** The sea under a low sun, waves rolling towards the beholder and the light broken in them. */
export const sea: PrepareScene = (frame, palette, random) => {
  const { width, height } = frame;
  const horizon = height * 0.5;
  const sky = drawSky(frame, palette, 0.5);
  const sun = drawGlow(palette.accent, 96, palette.mood === 'night' ? 82 : 70);
  const sunX = width * between(random, 0.3, 0.7);
  const deep = { day: 38, dusk: 17, night: 6 }[palette.mood];
  const far = { day: 72, dusk: 46, night: 22 }[palette.mood];
  const layers = Array.from({ length: WAVES }, (_, index) => {
    const near = index / (WAVES - 1);
    return {
      near,
      line: smoothNoise(random, 4),
      top: horizon + (height - horizon) * near ** 1.35 * 0.86,
      swell: height * (0.004 + near * 0.022),
      length: 9 - near * 6,
      color: hsl(palette.base - near * 10, 55, far + (deep - far) * near),
      crest: hsl(palette.accent, 80, 80, 0.16 + near * 0.1),
    };
  });
  const glitter = Array.from({ length: 90 }, () => {
    const depth = random() ** 1.6;
    return {
      x: sunX + between(random, -1, 1) * width * (0.03 + depth * 0.16),
      y: horizon + height * 0.01 + depth * height * 0.42,
      width: width * (0.008 + depth * 0.03),
      phase: random() * Math.PI * 2,
      pace: between(random, 1.2, 2.8),
    };
  });
  const glint = drawOnce({ width: 64, height: 8 }, (context) => {
    const gradient = context.createLinearGradient(0, 0, 64, 0);
    gradient.addColorStop(0, hsl(palette.accent, 90, 86, 0));
    gradient.addColorStop(0.5, hsl(palette.accent, 95, 90, 0.9));
    gradient.addColorStop(1, hsl(palette.accent, 90, 86, 0));
    context.fillStyle = gradient;
    context.beginPath();
    context.ellipse(32, 4, 32, 3, 0, 0, Math.PI * 2);
    context.fill();
  });
  const step = Math.max(2, width / 160);
  shine(sky.getContext('2d'), sun, { x: sunX, y: horizon * 0.8, radius: height * 0.55, alpha: 0.8 });
  shine(sky.getContext('2d'), sun, { x: sunX, y: horizon * 0.8, radius: height * 0.15 });
  return (context, seconds) => {
    context.drawImage(sky, 0, 0);
    for (const { near, line, top, swell, length, color, crest } of layers) {
      const y = (x: number): number =>
        top + line((x / width) * length + seconds * (0.35 + near * 0.5)) * swell;
      context.beginPath();
      context.moveTo(0, y(0));
      for (let x = step; x <= width + step; x += step) context.lineTo(x, y(x));
      context.lineWidth = Math.max(1, height * 0.0018 * (1 + near * 2));
      context.strokeStyle = crest;
      context.stroke();
      context.lineTo(width, height);
      context.lineTo(0, height);
      context.fillStyle = color;
      context.fill();
    }
    for (const { x, y, width: long, phase, pace } of glitter) {
      const light = Math.sin(seconds * pace + phase);
      if (light <= 0) continue;
      context.globalAlpha = light * 0.8;
      context.drawImage(glint, x - long / 2, y, long, long * 0.13);
    }
    context.globalAlpha = 1;
  };
};
