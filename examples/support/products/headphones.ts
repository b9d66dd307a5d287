import type { Canvas } from '@napi-rs/canvas';
import { type Context, castShadow, createPhoto, fillEllipse, gradient } from './stage.js';

/** Headphones floating in violet light, with waves of sound around them. */
export function drawHeadphones(): Canvas {
  const { canvas, context } = createPhoto({ light: '#b78bff', wall: '#3a1c82', floor: '#1d0d4a' });
  context.lineWidth = 5;
  for (let ring = 0; ring < 7; ring++) {
    context.strokeStyle = `rgba(255, 255, 255, ${0.2 - ring * 0.026})`;
    context.beginPath();
    context.arc(1000, 730, 380 + ring * 100, 0, Math.PI * 2);
    context.stroke();
  }
  castShadow(context, 1000, 1300, 560, 80, 0.55);

  // The band, and its cushion inside.
  const band = (radius: number, width: number, style: Context['strokeStyle']): void => {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.lineCap = 'round';
    context.beginPath();
    context.ellipse(1000, 790, radius, radius * 1.12, 0, Math.PI * 1.02, Math.PI * 1.98);
    context.stroke();
  };
  context.save();
  context.shadowColor = 'rgba(10, 0, 40, 0.5)';
  context.shadowBlur = 40;
  context.shadowOffsetY = 18;
  band(
    432,
    84,
    gradient(
      context,
      [560, 0, 1440, 0],
      [
        [0, '#14121f'],
        [0.25, '#5b5872'],
        [0.42, '#e9e7f5'],
        [0.55, '#8d8aa6'],
        [1, '#100e19'],
      ],
    ),
  );
  context.restore();
  band(
    388,
    46,
    gradient(
      context,
      [560, 0, 1440, 0],
      [
        [0, '#f2a93b'],
        [0.45, '#ffe0a3'],
        [1, '#b9701a'],
      ],
    ),
  );

  for (const side of [-1, 1] as const) drawCup(context, 1000 + side * 428, side);
  return canvas;
}

function drawCup(context: Context, x: number, side: -1 | 1): void {
  context.save();
  context.translate(x, 880);
  context.scale(side, 1);
  // The arm that holds the cup.
  context.fillStyle = gradient(
    context,
    [-40, 0, 60, 0],
    [
      [0, '#4a4760'],
      [0.5, '#d8d5ea'],
      [1, '#2a2838'],
    ],
  );
  context.beginPath();
  context.roundRect(-26, -210, 62, 190, 28);
  context.fill();
  // The cushion lies inwards, the shell outwards.
  context.shadowColor = 'rgba(10, 0, 40, 0.55)';
  context.shadowBlur = 46;
  context.shadowOffsetY = 24;
  fillEllipse(
    context,
    -62,
    40,
    116,
    236,
    gradient(
      context,
      [-180, -180, 40, 260],
      [
        [0, '#ffd88f'],
        [0.4, '#f0a431'],
        [1, '#8c500d'],
      ],
    ),
  );
  context.shadowColor = 'transparent';
  context.strokeStyle = 'rgba(90, 45, 0, 0.35)';
  context.lineWidth = 8;
  context.beginPath();
  context.ellipse(-78, 40, 84, 206, 0, 0, Math.PI * 2);
  context.stroke();
  const shell = context.createRadialGradient(10, -70, 20, 40, 40, 300);
  shell.addColorStop(0, '#f6f4ff');
  shell.addColorStop(0.28, '#8b87a8');
  shell.addColorStop(0.7, '#2b2840');
  shell.addColorStop(1, '#0e0c18');
  fillEllipse(context, 36, 40, 132, 222, shell);
  const plate = context.createLinearGradient(-40, -100, 140, 200);
  plate.addColorStop(0, '#3d3958');
  plate.addColorStop(0.5, '#1b1830');
  plate.addColorStop(1, '#4a4568');
  fillEllipse(context, 58, 40, 92, 168, plate);
  context.strokeStyle = '#f7b955';
  context.lineWidth = 6;
  context.beginPath();
  context.ellipse(58, 40, 92, 168, 0, 0, Math.PI * 2);
  context.stroke();
  // Holes for the microphone.
  context.fillStyle = 'rgba(255, 255, 255, 0.5)';
  for (let hole = -3; hole <= 3; hole++) {
    context.beginPath();
    context.arc(58 + hole * 15, 128 + Math.abs(hole) * -3, 4, 0, Math.PI * 2);
    context.fill();
  }
  context.fillStyle = 'rgba(255, 255, 255, 0.3)';
  context.beginPath();
  context.ellipse(20, -60, 22, 76, 0.22, 0, Math.PI * 2);
  context.fill();
  context.restore();
}
