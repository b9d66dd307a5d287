import { between } from '../random.js';
import { hsl } from './palette.js';
import { drawOnce, type PrepareScene } from './scene.js';

/** A photographer's corner: a round stage on seamless paper, spheres floating over it in soft light. */
export const studio: PrepareScene = (frame, palette, random) => {
  const { width, height } = frame;
  const bright = palette.mood !== 'night';
  const floor = height * 0.68;
  const room = drawOnce(frame, (context) => {
    const wall = context.createRadialGradient(
      width / 2,
      height * 0.34,
      0,
      width / 2,
      height * 0.4,
      Math.max(width, height) * 0.72,
    );
    wall.addColorStop(0, hsl(palette.base, bright ? 58 : 45, bright ? 88 : 40));
    wall.addColorStop(1, hsl(palette.base + 14, bright ? 46 : 50, bright ? 62 : 13));
    context.fillStyle = wall;
    context.fillRect(0, 0, width, height);
    const ground = context.createLinearGradient(0, floor - height * 0.1, 0, height);
    ground.addColorStop(0, hsl(palette.base, 40, bright ? 92 : 44, 0));
    ground.addColorStop(0.5, hsl(palette.base, 40, bright ? 90 : 40, 0.5));
    ground.addColorStop(1, hsl(palette.base + 8, 45, bright ? 74 : 22, 0.9));
    context.fillStyle = ground;
    context.fillRect(0, floor - height * 0.1, width, height);
    const reach = Math.min(width, height) * 0.36;
    for (const [ratio, lift] of [
      [1, 0],
      [0.72, 0.055],
    ] as const) {
      const [rx, ry, depth] = [reach * ratio, reach * ratio * 0.2, height * 0.055];
      const y = floor + height * 0.1 - height * lift;
      context.save();
      context.shadowColor = 'rgba(0, 0, 0, 0.28)';
      context.shadowBlur = height * 0.03;
      context.shadowOffsetY = height * 0.015;
      const side = context.createLinearGradient(width / 2 - rx, 0, width / 2 + rx, 0);
      side.addColorStop(0, hsl(palette.accent, 48, bright ? 66 : 34));
      side.addColorStop(0.4, hsl(palette.accent, 52, bright ? 82 : 50));
      side.addColorStop(1, hsl(palette.accent, 50, bright ? 54 : 24));
      context.fillStyle = side;
      context.beginPath();
      context.ellipse(width / 2, y + depth, rx, ry, 0, 0, Math.PI);
      context.lineTo(width / 2 - rx, y);
      context.ellipse(width / 2, y, rx, ry, 0, Math.PI, Math.PI * 2);
      context.closePath();
      context.fill();
      context.restore();
      context.fillStyle = hsl(palette.accent, 56, bright ? 88 : 58);
      context.beginPath();
      context.ellipse(width / 2, y, rx, ry, 0, 0, Math.PI * 2);
      context.fill();
    }
  });
  const balls = Array.from({ length: 7 }, (_, index) => {
    const radius = Math.min(width, height) * between(random, 0.035, 0.12);
    const hue = index % 3 === 0 ? palette.accent : palette.base + between(random, -18, 18);
    return {
      radius,
      canvas: drawOnce({ width: radius * 2, height: radius * 2 }, (context) => {
        const light = context.createRadialGradient(
          radius * 0.7,
          radius * 0.55,
          radius * 0.08,
          radius,
          radius,
          radius,
        );
        light.addColorStop(0, hsl(hue, 70, 95));
        light.addColorStop(0.4, hsl(hue, 66, bright ? 70 : 56));
        light.addColorStop(1, hsl(hue + 12, 62, bright ? 40 : 20));
        context.fillStyle = light;
        context.beginPath();
        context.arc(radius, radius, radius - 1, 0, Math.PI * 2);
        context.fill();
      }),
      angle: (index / 7) * Math.PI * 2,
      away: Math.min(width, height) * between(random, 0.16, 0.42),
      y: height * between(random, 0.24, 0.58),
      phase: random() * Math.PI * 2,
    };
  });
  return (context, seconds) => {
    context.drawImage(room, 0, 0);
    const placed = balls.map((ball) => ({ ...ball, turn: ball.angle + seconds * 0.28 }));
    for (const { canvas, radius, away, y, phase, turn } of placed.sort(
      (a, b) => Math.sin(a.turn) - Math.sin(b.turn),
    )) {
      const size = radius * (1 + Math.sin(turn) * 0.18);
      const x = width / 2 + Math.cos(turn) * away * 1.5;
      const bob = Math.sin(seconds * 0.9 + phase) * height * 0.018;
      context.drawImage(canvas, x - size, y + bob - size, size * 2, size * 2);
    }
  };
};
