import type { Canvas } from '@napi-rs/canvas';
import { castShadow, createPhoto, fillEllipse, gradient, inside } from './stage.js';

/** A glazed coffee mug, steaming, with beans around it. */
export function drawMug(): Canvas {
  const { canvas, context } = createPhoto({ light: '#ffd9b8', wall: '#d9733f', floor: '#a8502a' });
  const [left, right, top, bottom] = [720, 1220, 520, 1130];
  const middle = (left + right) / 2;
  const across = (right - left) / 2;

  castShadow(context, middle + 60, bottom + 20, 640, 130, 0.5);
  fillEllipse(
    context,
    middle,
    bottom + 12,
    470,
    92,
    gradient(
      context,
      [500, 0, 1440, 0],
      [
        [0, '#c9c2b8'],
        [0.4, '#ffffff'],
        [1, '#a39a90'],
      ],
    ),
  );
  fillEllipse(
    context,
    middle,
    bottom + 2,
    440,
    80,
    gradient(
      context,
      [520, 0, 1420, 0],
      [
        [0, '#efe9e1'],
        [0.5, '#fffdf9'],
        [1, '#cfc7bd'],
      ],
    ),
  );
  castShadow(context, middle + 14, bottom + 4, 300, 60, 0.45);

  context.lineWidth = 74;
  context.lineCap = 'round';
  context.strokeStyle = gradient(
    context,
    [1180, 600, 1460, 1000],
    [
      [0, '#2f8f86'],
      [0.45, '#5cc4b8'],
      [1, '#155a55'],
    ],
  );
  context.beginPath();
  context.ellipse(right - 46, 790, 196, 178, 0, -1.35, 1.35);
  context.stroke();

  const body = (): void => {
    context.moveTo(left, top);
    context.bezierCurveTo(left, 900, left + 16, 1060, left + 70, bottom - 20);
    context.bezierCurveTo(left + 150, bottom + 44, right - 150, bottom + 44, right - 70, bottom - 20);
    context.bezierCurveTo(right - 16, 1060, right, 900, right, top);
    context.closePath();
  };
  inside(context, body, () => {
    context.fillStyle = gradient(
      context,
      [left, 0, right, 0],
      [
        [0, '#1c6d67'],
        [0.14, '#2f9e93'],
        [0.34, '#86e0d3'],
        [0.46, '#4fbcae'],
        [0.78, '#217a72'],
        [1, '#0f4b47'],
      ],
    );
    context.fillRect(left - 10, top - 80, right - left + 20, bottom - top + 160);
    // A band of bare clay below the glaze, whose edge runs.
    context.fillStyle = gradient(
      context,
      [left, 0, right, 0],
      [
        [0, '#8c6a50'],
        [0.36, '#e8c7a4'],
        [1, '#6b4c38'],
      ],
    );
    context.beginPath();
    context.moveTo(left, 985);
    for (let x = left; x <= right; x += 10)
      context.lineTo(x, 985 + Math.sin(x * 0.031) * 12 + Math.sin(x * 0.013) * 16);
    context.lineTo(right, 1300);
    context.lineTo(left, 1300);
    context.fill();
    context.fillStyle = 'rgba(255, 255, 255, 0.34)';
    context.beginPath();
    context.roundRect(left + 92, top + 90, 34, 330, 17);
    context.fill();
  });

  fillEllipse(
    context,
    middle,
    top,
    across,
    84,
    gradient(
      context,
      [left, 0, right, 0],
      [
        [0, '#3aa99d'],
        [0.5, '#bff3ea'],
        [1, '#2a857c'],
      ],
    ),
  );
  inside(
    context,
    () => context.ellipse(middle, top + 4, across - 24, 66, 0, 0, Math.PI * 2),
    () => {
      fillEllipse(context, middle, top + 4, across, 90, '#0d3f3b');
      fillEllipse(
        context,
        middle,
        top + 36,
        across - 30,
        62,
        gradient(
          context,
          [left, 0, right, 0],
          [
            [0, '#3b1d0e'],
            [0.5, '#7a4522'],
            [1, '#2a140a'],
          ],
        ),
      );
      context.lineWidth = 10;
      for (const [size, color] of [
        [0.62, '#c58a55'],
        [0.4, '#e2b27e'],
        [0.2, '#f3d3a8'],
      ] as const) {
        context.strokeStyle = color;
        context.beginPath();
        context.ellipse(middle, top + 36, (across - 30) * size, 52 * size, 0, 0.3, Math.PI * 1.9);
        context.stroke();
      }
    },
  );

  for (const [x, lean, alpha] of [
    [880, -60, 0.24],
    [970, 40, 0.3],
    [1060, -30, 0.2],
  ] as const) {
    context.save();
    context.filter = 'blur(16px)';
    context.strokeStyle = `rgba(255, 250, 244, ${alpha * 1.6})`;
    context.lineWidth = 34;
    context.beginPath();
    context.moveTo(x, 480);
    context.bezierCurveTo(x + lean * 2, 400, x - lean * 2, 300, x + lean, 130);
    context.stroke();
    context.restore();
  }

  for (const [x, y, turn, size] of [
    [430, 1235, 0.5, 1],
    [560, 1300, -0.6, 1.15],
    [350, 1330, 1.2, 0.95],
    [1500, 1250, -0.4, 1.05],
    [1620, 1320, 0.9, 1.2],
    [1400, 1350, 0.2, 1],
  ] as const) {
    castShadow(context, x + 8, y + 26, 62, 20, 0.5);
    context.save();
    context.translate(x, y);
    context.rotate(turn);
    context.scale(size, size);
    fillEllipse(
      context,
      0,
      0,
      52,
      33,
      gradient(
        context,
        [-40, -30, 40, 30],
        [
          [0, '#8a532d'],
          [0.5, '#5a3018'],
          [1, '#2c150a'],
        ],
      ),
    );
    context.strokeStyle = '#23100688';
    context.lineWidth = 7;
    context.beginPath();
    context.moveTo(-46, 4);
    context.bezierCurveTo(-16, -14, 16, 16, 46, -4);
    context.stroke();
    context.restore();
  }
  return canvas;
}
