import { between } from '../random.js';
import { hsl } from './palette.js';
import { drawGlow, drawOnce, drawSky, type PrepareScene, shine } from './scene.js';

/** Stars in three depths, clouds of light between them, and a planet with the sun on one side. */
export const space: PrepareScene = (frame, palette, random) => {
  const { width, height } = frame;
  const sky = drawSky(frame, {
    ...palette,
    sky: [hsl(palette.base, 60, 4), hsl(palette.base, 55, 8), hsl(palette.accent, 50, 14)],
  });
  for (let index = 0; index < 7; index++) {
    const glow = drawGlow(index % 2 ? palette.base : palette.accent, 85, 46);
    const radius = height * between(random, 0.4, 0.85);
    shine(sky.getContext('2d'), glow, { x: width * random(), y: height * random(), radius, alpha: 0.3 });
  }
  const star = drawGlow(210, 60, 88, 32);
  const stars = Array.from({ length: 260 }, () => {
    const near = random() ** 3;
    return {
      x: random() * width,
      y: random() * height,
      radius: height * (0.0016 + near * 0.007),
      speed: width * (0.0015 + near * 0.018),
      phase: random() * Math.PI * 2,
      pace: between(random, 0.5, 2.2),
    };
  });
  const radius = Math.min(width, height) * between(random, 0.22, 0.3);
  const planet = drawOnce({ width: radius * 2, height: radius * 2 }, (context) => {
    context.beginPath();
    context.arc(radius, radius, radius, 0, Math.PI * 2);
    context.clip();
    const bands = context.createLinearGradient(radius * 0.4, 0, radius * 1.3, radius * 2);
    for (let stop = 0; stop <= 10; stop++) {
      bands.addColorStop(
        stop / 10,
        hsl(palette.accent + between(random, -22, 22), 60, between(random, 42, 64)),
      );
    }
    context.fillStyle = bands;
    context.fillRect(0, 0, radius * 2, radius * 2);
    const shadow = context.createRadialGradient(
      radius * 0.55,
      radius * 0.5,
      radius * 0.2,
      radius * 0.8,
      radius * 0.8,
      radius * 1.35,
    );
    shadow.addColorStop(0, 'rgba(255, 255, 255, 0.28)');
    shadow.addColorStop(0.35, 'rgba(0, 0, 0, 0)');
    shadow.addColorStop(1, 'rgba(0, 0, 12, 0.94)');
    context.fillStyle = shadow;
    context.fillRect(0, 0, radius * 2, radius * 2);
  });
  const halo = drawGlow(palette.accent, 80, 60);
  const home = { x: width * between(random, 0.6, 0.78), y: height * between(random, 0.52, 0.68) };
  return (context, seconds) => {
    context.drawImage(sky, 0, 0);
    for (const { x, y, radius: size, speed, phase, pace } of stars) {
      const at = (((x - seconds * speed) % width) + width) % width;
      shine(context, star, { x: at, y, radius: size, alpha: 0.65 + 0.35 * Math.sin(seconds * pace + phase) });
    }
    const x = home.x - seconds * width * 0.006;
    shine(context, halo, {
      x: x - radius * 0.25,
      y: home.y - radius * 0.3,
      radius: radius * 1.7,
      alpha: 0.55,
    });
    context.drawImage(planet, x - radius, home.y - radius);
  };
};
