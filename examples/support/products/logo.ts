import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { gradient } from './stage.js';

/** A mark on a dark tile with round corners; around it the picture is transparent. */
export function drawLogo(): Canvas {
  const side = 640;
  const canvas = createCanvas(side, side);
  const context = canvas.getContext('2d');
  context.fillStyle = gradient(
    context,
    [0, 0, side, side],
    [
      [0, '#20263a'],
      [1, '#0b0e18'],
    ],
  );
  context.beginPath();
  context.roundRect(20, 20, side - 40, side - 40, 150);
  context.fill();
  context.lineWidth = 10;
  context.strokeStyle = 'rgba(255, 255, 255, 0.16)';
  context.stroke();
  // Two strokes leaning on each other, and a point of light above.
  context.lineCap = 'round';
  context.lineWidth = 84;
  context.strokeStyle = gradient(
    context,
    [170, 470, 330, 190],
    [
      [0, '#ff7a18'],
      [1, '#ffc837'],
    ],
  );
  context.beginPath();
  context.moveTo(186, 462);
  context.lineTo(318, 214);
  context.stroke();
  context.strokeStyle = gradient(
    context,
    [330, 220, 470, 470],
    [
      [0, '#35d0ba'],
      [1, '#2b7fff'],
    ],
  );
  context.beginPath();
  context.moveTo(352, 300);
  context.lineTo(454, 462);
  context.stroke();
  context.fillStyle = '#ffffff';
  context.beginPath();
  context.arc(452, 184, 46, 0, Math.PI * 2);
  context.fill();
  return canvas;
}
