import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cameraOver } from '../../../src/local/renderer/stills.js';
import { base, segment, shows } from './support/drafts.js';
import { frameAt, near } from './support/draw.js';
import { gallery, RED } from './support/gallery.js';
import { colorAt } from './support/read-video.js';

const draw = gallery();
const SETTINGS = {
  width: 1920,
  height: 1080,
  fps: 30,
  frames: 180,
  durationMs: 6000,
  preset: 'superfast',
} as const;

/** What `on` comes to in one of the camera's expressions, which are sums and products. */
function resultOf(expression: string, on: number): number {
  const floor = Math.floor;
  return Number(new Function('on', 'floor', `return ${expression}`)(on, floor));
}

describe('cameraOver', () => {
  const motions = fc.constantFrom('zoom-in', 'zoom-out', 'pan-left', 'pan-right');
  const sides = fc.integer({ min: 100, max: 2400 }).map((half) => half * 2);
  const counts = fc.integer({ min: 1, max: 3000 });

  it('cuts whole pixels, the same number more in each step, and never shows what is beyond the edge', () => {
    fc.assert(
      fc.property(motions, sides, counts, fc.constantFrom(1, 2), (motion, side, count, pixel) => {
        const { steps, at } = cameraOver(motion, side, count);
        const { cut, x, y } = at(pixel);
        const moves = Array.from({ length: steps + 1 }, (_, on) =>
          [cut, x, y].map((one) => resultOf(one, on)),
        );
        for (const move of moves) {
          const [cutHere = -1, left = -1, top = -1] = move;
          expect(move.every(Number.isInteger)).toBe(true);
          expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
          expect(Math.max(left, top)).toBeLessThanOrEqual(cutHere);
        }
        if (pixel === 2) return;
        const strides = new Set(moves.slice(1).map(([, left = 0], on) => left - (moves[on]?.[1] ?? 0)));
        expect(strides.size).toBe(1);
      }),
      { numRuns: 40 },
    );
  });

  it('comes about a tenth closer, however long the shot is', () => {
    for (const count of [45, 60, 150, 180, 900, 3000]) {
      const { steps, at } = cameraOver('zoom-in', 2304, count);
      const closest = 2304 / (2304 - resultOf(at(1).cut, steps));
      expect(closest).toBeGreaterThan(1.06);
      expect(closest).toBeLessThan(1.16);
    }
  });

  it('blends where there are fewer steps than frames, and takes as long as the shot', () => {
    const { steps, blended, rate } = cameraOver('zoom-in', 2304, 180);
    expect({ blended, steps, rate: rate(SETTINGS) }).toEqual({
      blended: true,
      steps: 105,
      rate: '3150000/180000',
    });
    expect(cameraOver('zoom-in', 2304, 100)).toMatchObject({ blended: false, steps: 100 });
  });
});

describe('stills', () => {
  const edgeOf = ({ pixels, width }: { pixels: Buffer; width: number }): number =>
    Array.from({ length: width }, (_, x) => pixels[x * 4 + 1] ?? 0).findIndex((green) => green < 128);

  it('glide to the right under a camera that pans left', async () => {
    const drawn = await draw(2000, base(segment(0, 2000, shows('marked.png', { motion: 'pan-left' }))));
    expect(edgeOf(frameAt(drawn, 1900))).toBeGreaterThan(edgeOf(frameAt(drawn, 0)) + 20);
  });

  it('stand as the camera was held', async () => {
    const drawn = await draw(100, base(segment(0, 100, shows('upright.jpg'))));
    const [, top] = colorAt(frameAt(drawn, 0), 0.5, 0.2);
    const [, bottom] = colorAt(frameAt(drawn, 0), 0.5, 0.95);
    expect([top < 80, bottom > 180]).toEqual([true, true]);
  });

  it('of another shape are shown whole, over a darker blur of themselves', async () => {
    const drawn = await draw(100, base(segment(0, 100, shows('tall.png'))));
    expect(near(colorAt(frameAt(drawn, 0), 0.5, 0.5), RED)).toBe(true);
    const [red] = colorAt(frameAt(drawn, 0), 0.05, 0.5);
    expect(red).toBeGreaterThan(60);
    expect(red).toBeLessThan(180);
  });

  it('cut out of their surroundings stand on a bright ground', async () => {
    const drawn = await draw(100, base(segment(0, 100, shows('cut-out.png'))));
    expect(near(colorAt(frameAt(drawn, 0), 0.5, 0.5), RED)).toBe(true);
    expect(Math.min(...colorAt(frameAt(drawn, 0), 0.02, 0.1))).toBeGreaterThan(180);
  });
});
