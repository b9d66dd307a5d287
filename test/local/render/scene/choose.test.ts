import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { prepareScene } from '../../../../src/local/render/scene/choose.js';

const frame = { width: 160, height: 90 };

function paint(words: string, { number = '1', seed = 1, seconds = 1 } = {}): Buffer {
  const canvas = createCanvas(frame.width, frame.height);
  prepareScene(number, words, seed, frame)(canvas.getContext('2d'), seconds);
  return Buffer.from(canvas.data());
}

const SUBJECTS = [
  'stars in space',
  'ocean waves',
  'city at night',
  'mountain sunrise',
  'product launch',
  'ideas',
];

describe('prepareScene', () => {
  it.each(SUBJECTS)('paints all of the frame for "%s", and lets it move', (words) => {
    const pixels = paint(words);
    expect(pixels.every((value, index) => index % 4 !== 3 || value === 255)).toBe(true);
    expect(new Set(pixels.subarray(0, 4 * 160 * 90)).size).toBeGreaterThan(30);
    expect(paint(words, { seconds: 3 }).equals(pixels)).toBe(false);
  });

  it('paints the same for the same seed, and something else for another seed or number', () => {
    expect(paint('ocean').equals(paint('ocean'))).toBe(true);
    expect(paint('ocean', { seed: 2 }).equals(paint('ocean'))).toBe(false);
    expect(paint('ocean', { number: '2' }).equals(paint('ocean'))).toBe(false);
  });

  it('understands Chinese words', () => {
    const bright = (pixels: Buffer): number => pixels.reduce((sum, value) => sum + value, 0);
    expect(bright(paint('白天的海'))).toBeGreaterThan(bright(paint('夜晚的星空')) * 1.5);
  });
});
