import type { Canvas } from '@napi-rs/canvas';
import { type Context, castShadow, createPhoto, fillEllipse, gradient, inside } from './stage.js';

/** A wrist watch from above, steel and blue, on dark slate. */
export function drawWatch(): Canvas {
  const { canvas, context } = createPhoto({ light: '#4a5a78', wall: '#0e1524', floor: '#070b14' });
  const [x, y] = [1000, 750];
  castShadow(context, x + 40, y + 60, 620, 620, 0.6);
  drawStrap(context, x, y);

  context.save();
  context.translate(x, y);
  const steel = context.createConicGradient(0.6, 0, 0);
  for (let stop = 0; stop <= 12; stop++) steel.addColorStop(stop / 12, stop % 2 ? '#f7f9fc' : '#7e8aa0');
  context.shadowColor = 'rgba(0, 0, 0, 0.6)';
  context.shadowBlur = 50;
  context.shadowOffsetY = 20;
  context.fillStyle = '#8b96aa';
  context.beginPath();
  context.roundRect(404, -42, 64, 84, 16);
  context.fill();
  fillEllipse(context, 0, 0, 424, 424, steel);
  context.shadowColor = 'transparent';
  fillEllipse(context, 0, 0, 388, 388, '#1a2334');
  const bezel = context.createConicGradient(2.2, 0, 0);
  for (let stop = 0; stop <= 8; stop++) bezel.addColorStop(stop / 8, stop % 2 ? '#dfe5ee' : '#55617a');
  fillEllipse(context, 0, 0, 378, 378, bezel);
  const dial = context.createRadialGradient(-90, -120, 30, 0, 0, 360);
  dial.addColorStop(0, '#3f78d8');
  dial.addColorStop(0.5, '#1d4596');
  dial.addColorStop(1, '#0a1c47');
  fillEllipse(context, 0, 0, 350, 350, dial);
  drawDial(context);
  drawHands(context);
  // The light of a window on the glass.
  inside(
    context,
    () => context.arc(0, 0, 350, 0, Math.PI * 2),
    () => {
      context.fillStyle = gradient(
        context,
        [-300, -340, 120, 120],
        [
          [0, 'rgba(255,255,255,0.32)'],
          [0.55, 'rgba(255,255,255,0.04)'],
          [0.56, 'rgba(255,255,255,0)'],
        ],
      );
      context.fillRect(-360, -360, 720, 720);
    },
  );
  context.restore();
  return canvas;
}

function drawStrap(context: Context, x: number, y: number): void {
  for (const [from, to] of [
    [-760, -340],
    [340, 760],
  ] as const) {
    context.fillStyle = gradient(
      context,
      [x - 200, 0, x + 200, 0],
      [
        [0, '#3d2012'],
        [0.2, '#8a4f2c'],
        [0.5, '#b06a3d'],
        [0.8, '#7d4525'],
        [1, '#331a0e'],
      ],
    );
    context.beginPath();
    context.moveTo(x - 178, y + from);
    context.lineTo(x + 178, y + from);
    context.lineTo(x + 200, y + to);
    context.lineTo(x - 200, y + to);
    context.fill();
    context.strokeStyle = '#f0d2ac';
    context.lineWidth = 7;
    context.setLineDash([26, 16]);
    for (const side of [-150, 150]) {
      context.beginPath();
      context.moveTo(x + side, y + from);
      context.lineTo(x + side * 1.1, y + to);
      context.stroke();
    }
    context.setLineDash([]);
  }
}

function drawDial(context: Context): void {
  for (let minute = 0; minute < 60; minute++) {
    context.save();
    context.rotate((minute * Math.PI) / 30);
    const hour = minute % 5 === 0;
    context.fillStyle = hour
      ? gradient(
          context,
          [-9, 0, 9, 0],
          [
            [0, '#ffffff'],
            [1, '#aab6cc'],
          ],
        )
      : 'rgba(255, 255, 255, 0.55)';
    context.beginPath();
    if (hour) context.roundRect(minute % 15 === 0 ? -13 : -8, -330, minute % 15 === 0 ? 26 : 16, 62, 5);
    else context.rect(-2, -330, 4, 22);
    context.fill();
    context.restore();
  }
  for (const [x, y] of [
    [-130, 20],
    [130, 20],
    [0, 150],
  ] as const) {
    fillEllipse(context, x, y, 78, 78, 'rgba(4, 12, 34, 0.55)');
    context.strokeStyle = 'rgba(255, 255, 255, 0.5)';
    context.lineWidth = 3;
    for (let tick = 0; tick < 12; tick++) {
      const angle = (tick * Math.PI) / 6;
      context.beginPath();
      context.moveTo(x + Math.cos(angle) * 64, y + Math.sin(angle) * 64);
      context.lineTo(x + Math.cos(angle) * 73, y + Math.sin(angle) * 73);
      context.stroke();
    }
    context.strokeStyle = '#ffb703';
    context.lineWidth = 6;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + Math.cos(x * 0.02 + 4) * 56, y + Math.sin(x * 0.02 + 4) * 56);
    context.stroke();
  }
}

/** Ten past ten, as in every catalogue. */
function drawHands(context: Context): void {
  context.shadowColor = 'rgba(0, 0, 0, 0.5)';
  context.shadowBlur = 14;
  context.shadowOffsetY = 8;
  for (const [turn, length, width, color] of [
    [-0.95, 200, 26, '#f4f7fb'],
    [1.05, 292, 18, '#ffffff'],
    [2.62, 310, 6, '#ff5d47'],
  ] as const) {
    context.save();
    context.rotate(turn);
    context.fillStyle = color;
    context.beginPath();
    context.moveTo(-width / 2, 50);
    context.lineTo(-width / 2, -length + width);
    context.lineTo(0, -length);
    context.lineTo(width / 2, -length + width);
    context.lineTo(width / 2, 50);
    context.fill();
    context.restore();
  }
  fillEllipse(context, 0, 0, 22, 22, '#e9edf4');
  fillEllipse(context, 0, 0, 10, 10, '#ff5d47');
  context.shadowColor = 'transparent';
}
