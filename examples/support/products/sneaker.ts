import type { Canvas } from '@napi-rs/canvas';
import { castShadow, createPhoto, gradient, inside } from './stage.js';

/** A running shoe from the side, in the air over its shadow. */
export function drawSneaker(): Canvas {
  const { canvas, context } = createPhoto({ light: '#fff3b8', wall: '#f4b41a', floor: '#d98e04' });

  context.save();
  context.globalAlpha = 0.35;
  context.strokeStyle = '#ffffff';
  context.lineWidth = 26;
  context.lineCap = 'round';
  for (const [y, from, to] of [
    [520, 120, 420],
    [640, 60, 330],
    [760, 150, 380],
    [880, 90, 300],
  ] as const) {
    context.beginPath();
    context.moveTo(from, y);
    context.lineTo(to, y);
    context.stroke();
  }
  context.restore();

  castShadow(context, 1010, 1230, 760, 90, 0.5);
  context.translate(1000, 760);
  context.rotate(-0.1);
  context.translate(-1000, -760);

  const upper = (): void => {
    context.moveTo(450, 940);
    context.bezierCurveTo(420, 800, 440, 640, 490, 520);
    context.bezierCurveTo(520, 470, 590, 480, 620, 530);
    context.bezierCurveTo(680, 600, 760, 610, 840, 560);
    context.bezierCurveTo(960, 640, 1080, 730, 1240, 780);
    context.bezierCurveTo(1420, 820, 1590, 840, 1630, 940);
    context.lineTo(1620, 1010);
    context.lineTo(470, 1010);
    context.closePath();
  };
  inside(context, upper, () => {
    context.fillStyle = gradient(
      context,
      [450, 500, 1500, 1000],
      [
        [0, '#ff5a5f'],
        [0.45, '#f0304a'],
        [1, '#b3123a'],
      ],
    );
    context.fillRect(380, 420, 1300, 600);
    // The knit of the upper.
    context.strokeStyle = 'rgba(255, 255, 255, 0.1)';
    context.lineWidth = 3;
    for (let line = 0; line < 90; line++) {
      context.beginPath();
      context.moveTo(380 + line * 16, 420);
      context.lineTo(200 + line * 16, 1020);
      context.stroke();
    }
    // The heel counter and the toe cap.
    context.fillStyle = gradient(
      context,
      [430, 0, 640, 0],
      [
        [0, '#3a0d2b'],
        [1, '#7a1744'],
      ],
    );
    context.beginPath();
    context.moveTo(420, 980);
    context.lineTo(470, 650);
    context.bezierCurveTo(560, 700, 640, 800, 660, 980);
    context.fill();
    context.fillStyle = gradient(
      context,
      [1380, 780, 1640, 960],
      [
        [0, '#ff8a7d'],
        [1, '#d42a4f'],
      ],
    );
    context.beginPath();
    context.moveTo(1330, 980);
    context.bezierCurveTo(1350, 880, 1400, 820, 1460, 800);
    context.lineTo(1700, 860);
    context.lineTo(1700, 980);
    context.fill();
    // Two bands from the laces to the sole.
    for (const [x, color] of [
      [800, '#ffffff'],
      [920, '#ffd23f'],
    ] as const) {
      context.strokeStyle = color;
      context.lineWidth = 54;
      context.beginPath();
      context.moveTo(x + 170, 640);
      context.bezierCurveTo(x + 90, 760, x + 40, 850, x - 60, 980);
      context.stroke();
    }
    context.fillStyle = gradient(
      context,
      [0, 520, 0, 960],
      [
        [0, 'rgba(255,255,255,0.26)'],
        [0.4, 'rgba(255,255,255,0)'],
        [1, 'rgba(40,0,20,0.35)'],
      ],
    );
    context.fillRect(380, 420, 1300, 600);
  });

  // The collar, the tongue, and the laces across it.
  context.fillStyle = '#2b0a22';
  context.beginPath();
  context.moveTo(486, 540);
  context.bezierCurveTo(560, 640, 740, 660, 846, 566);
  context.bezierCurveTo(760, 606, 680, 596, 620, 530);
  context.bezierCurveTo(590, 486, 520, 476, 486, 540);
  context.fill();
  context.fillStyle = gradient(
    context,
    [760, 420, 900, 640],
    [
      [0, '#ff7b74'],
      [1, '#c81f48'],
    ],
  );
  context.beginPath();
  context.moveTo(770, 605);
  context.bezierCurveTo(765, 530, 770, 470, 810, 452);
  context.bezierCurveTo(870, 436, 900, 500, 930, 630);
  context.fill();
  context.lineCap = 'round';
  for (let lace = 0; lace < 6; lace++) {
    const [x, y] = [872 + lace * 70, 590 + lace * 36];
    context.strokeStyle = 'rgba(60, 0, 25, 0.4)';
    context.lineWidth = 24;
    context.beginPath();
    context.moveTo(x - 40, y + 62);
    context.lineTo(x + 52, y + 2);
    context.stroke();
    context.strokeStyle = lace % 2 ? '#fff7ec' : '#ffffff';
    context.lineWidth = 20;
    context.beginPath();
    context.moveTo(x - 40, y + 54);
    context.lineTo(x + 52, y - 6);
    context.stroke();
  }

  const sole = (): void => {
    context.moveTo(430, 930);
    context.bezierCurveTo(700, 980, 1300, 960, 1650, 920);
    context.bezierCurveTo(1720, 940, 1700, 1030, 1610, 1060);
    context.bezierCurveTo(1300, 1110, 760, 1110, 500, 1084);
    context.bezierCurveTo(410, 1070, 400, 980, 430, 930);
  };
  inside(context, sole, () => {
    context.fillStyle = gradient(
      context,
      [0, 930, 0, 1110],
      [
        [0, '#ffffff'],
        [0.55, '#eef1f6'],
        [1, '#b7bfd0'],
      ],
    );
    context.fillRect(380, 880, 1360, 260);
    context.strokeStyle = '#ff4057';
    context.lineWidth = 16;
    context.beginPath();
    context.moveTo(420, 1010);
    context.bezierCurveTo(760, 1050, 1300, 1040, 1700, 985);
    context.stroke();
    context.strokeStyle = 'rgba(90, 100, 130, 0.35)';
    context.lineWidth = 8;
    for (let groove = 0; groove < 22; groove++) {
      context.beginPath();
      context.moveTo(480 + groove * 54, 1066);
      context.lineTo(466 + groove * 54, 1112);
      context.stroke();
    }
  });
  return canvas;
}
