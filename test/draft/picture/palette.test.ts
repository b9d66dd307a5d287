import { describe, expect, it } from 'vitest';
import { type Paint, paintOf } from '../../../src/draft/picture/palette.js';

type Rgb = readonly [number, number, number];

const paints: Record<string, Paint> = {
  video: paintOf({ kind: 'video', role: 'video' }),
  logo: paintOf({ kind: 'video', role: 'logo' }),
  audio: paintOf({ kind: 'audio', role: 'bgm' }),
  text: paintOf({ kind: 'text', role: 'title' }),
  unknown: paintOf({ kind: 'unknown', role: 'unknown' }),
};

/** Linear light of a `#rrggbb` colour. */
function light(hex: string): Rgb {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** Linear light of one of the 216 colours of the cube, or of the greys behind it, of a terminal. */
function terminalLight(index: number): Rgb {
  const steps = [0, 95, 135, 175, 215, 255];
  const grey = 8 + (index - 232) * 10;
  const cube = index - 16;
  const levels =
    index >= 232 ? [grey, grey, grey] : [36, 6, 1].map((size) => steps[Math.floor(cube / size) % 6] ?? 0);
  return light(`#${levels.map((level) => level.toString(16).padStart(2, '0')).join('')}`);
}

const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** As WCAG 2 defines it. */
function contrast(a: Rgb, b: Rgb): number {
  const [dark = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

/** How the colour-blind see, in linear light: Machado, Oliveira and Fernandes 2009, severity 1. */
const EYES: Record<string, readonly Rgb[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIE L*a*b* of linear light. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : (t * 24389) / 27 / 116 + 16 / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function seenBy(eye: readonly Rgb[], [r, g, b]: Rgb): Rgb {
  const [x = 0, y = 0, z = 0] = eye.map((row) =>
    Math.min(1, Math.max(0, row[0] * r + row[1] * g + row[2] * b)),
  );
  return [x, y, z];
}

function distance(a: Rgb, b: Rgb): number {
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

describe('the colours of a picture', () => {
  it.each(Object.entries(paints))('carry what is written on %s, on a page and in a terminal', (_, paint) => {
    expect(contrast(light(paint.fill), light(paint.ink))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(terminalLight(paint.ansiFill), terminalLight(paint.ansiInk))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(Object.entries(EYES))('differ with %s', (_, eye) => {
    const fills = Object.values(paints);
    for (const a of fills) {
      for (const b of fills) {
        if (a === b) continue;
        expect(
          distance(seenBy(eye, light(a.fill)), seenBy(eye, light(b.fill))),
          `${a.fill} ${b.fill}`,
        ).toBeGreaterThan(12);
      }
    }
  });

  it('are never the only difference between kinds', () => {
    const { video, audio, text, unknown } = paints;
    expect(new Set([video?.plain, audio?.plain, text?.plain, unknown?.plain]).size).toBe(4);
  });
});
