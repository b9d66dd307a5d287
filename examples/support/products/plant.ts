import type { Canvas } from '@napi-rs/canvas';
import { type Context, castShadow, createPhoto, fillEllipse, gradient, inside } from './stage.js';

/** A house plant with broad leaves in a ribbed pot. */
export function drawPlant(): Canvas {
  const { canvas, context } = createPhoto({ light: '#fdf1ec', wall: '#f0b9ab', floor: '#d99583' });
  const bottom = 1170;

  // The sun through a window, on the wall behind.
  context.save();
  context.globalAlpha = 0.35;
  context.fillStyle = '#fffaf2';
  for (const [x, y] of [
    [250, 180],
    [520, 180],
    [250, 480],
    [520, 480],
  ] as const) {
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + 230, y - 50);
    context.lineTo(x + 230, y + 210);
    context.lineTo(x, y + 260);
    context.fill();
  }
  context.restore();
  // Small enough that a wide frame keeps the topmost leaf.
  context.translate(1000, bottom);
  context.scale(0.86, 0.86);
  context.translate(-1000, -bottom);
  castShadow(context, 1090, bottom + 10, 560, 105, 0.42);

  const leaves = [
    [-1.02, 600, 132, 0],
    [1.0, 620, 138, 1],
    [-0.62, 690, 142, 2],
    [0.62, 680, 146, 0],
    [-0.3, 760, 140, 1],
    [0.28, 740, 142, 2],
    [-0.02, 800, 148, 0],
    [-1.36, 430, 112, 2],
    [1.36, 450, 112, 1],
  ] as const;
  for (const [lean, length, width, tone] of leaves)
    drawLeaf(context, 1000, 850, lean, length * 0.92, width, tone);

  const pot = (): void => {
    context.moveTo(740, 830);
    context.lineTo(1260, 830);
    context.bezierCurveTo(1250, 980, 1220, 1100, 1180, bottom);
    context.bezierCurveTo(1080, bottom + 26, 920, bottom + 26, 820, bottom);
    context.bezierCurveTo(780, 1100, 750, 980, 740, 830);
  };
  inside(context, pot, () => {
    context.fillStyle = gradient(
      context,
      [740, 0, 1260, 0],
      [
        [0, '#b9c4cf'],
        [0.3, '#ffffff'],
        [0.55, '#e6ebf0'],
        [1, '#8795a5'],
      ],
    );
    context.fillRect(700, 780, 620, 480);
    context.strokeStyle = 'rgba(90, 105, 125, 0.2)';
    context.lineWidth = 9;
    for (let rib = -9; rib <= 9; rib++) {
      context.beginPath();
      context.moveTo(1000 + rib * 29, 830);
      context.lineTo(1000 + rib * 21, 1220);
      context.stroke();
    }
  });
  fillEllipse(context, 1000, 806, 240, 30, '#3b2a20');
  context.fillStyle = gradient(
    context,
    [720, 0, 1280, 0],
    [
      [0, '#c9d2db'],
      [0.32, '#ffffff'],
      [1, '#93a0af'],
    ],
  );
  context.beginPath();
  context.roundRect(716, 796, 568, 66, 30);
  context.fill();
  // The nearest leaves hang over the rim.
  drawLeaf(context, 980, 815, -1.75, 330, 100, 1);
  drawLeaf(context, 1020, 815, 1.8, 320, 98, 0);
  return canvas;
}

const TONES = [
  ['#0f5c3f', '#2fa36b', '#7bd89a'],
  ['#0b4a3a', '#1f8a5f', '#5fc48a'],
  ['#17693a', '#46b267', '#a3e3a1'],
] as const;

function drawLeaf(
  context: Context,
  x: number,
  y: number,
  lean: number,
  length: number,
  width: number,
  tone: 0 | 1 | 2,
): void {
  const [dark, mid, light] = TONES[tone];
  context.save();
  context.translate(x, y);
  context.rotate(lean);
  const stem = length * 0.34;
  context.strokeStyle = dark;
  context.lineWidth = 14;
  context.beginPath();
  context.moveTo(0, 0);
  context.lineTo(0, -stem - 20);
  context.stroke();
  context.translate(0, -stem);
  const blade = length - stem;
  const trace = (): void => {
    context.moveTo(0, 0);
    context.bezierCurveTo(-width * 1.25, -blade * 0.2, -width, -blade * 0.75, 0, -blade);
    context.bezierCurveTo(width, -blade * 0.75, width * 1.25, -blade * 0.2, 0, 0);
  };
  context.shadowColor = 'rgba(20, 40, 30, 0.35)';
  context.shadowBlur = 26;
  context.shadowOffsetY = 12;
  context.fillStyle = mid;
  context.beginPath();
  trace();
  context.fill();
  context.shadowColor = 'transparent';
  inside(context, trace, () => {
    context.fillStyle = gradient(
      context,
      [-width, 0, width, 0],
      [
        [0, dark],
        [0.48, mid],
        [0.52, light],
        [1, mid],
      ],
    );
    context.fillRect(-width * 1.5, -blade, width * 3, blade);
    context.strokeStyle = 'rgba(235, 255, 225, 0.4)';
    context.lineWidth = 4;
    for (let vein = 1; vein < 8; vein++) {
      const from = -blade * (vein / 8.5);
      for (const side of [-1, 1]) {
        context.beginPath();
        context.moveTo(0, from);
        context.quadraticCurveTo(
          side * width * 0.5,
          from - blade * 0.05,
          side * width * 1.1,
          from - blade * 0.15,
        );
        context.stroke();
      }
    }
    context.lineWidth = 7;
    context.beginPath();
    context.moveTo(0, 0);
    context.lineTo(0, -blade);
    context.stroke();
  });
  context.restore();
}
