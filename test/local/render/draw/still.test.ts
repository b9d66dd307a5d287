import { describe, expect, it } from 'vitest';
import { base, segment, shows } from '../support/drafts.js';
import { frameAt } from '../support/draw.js';
import { gallery, RED } from '../support/gallery.js';
import { colorAt } from '../support/read-video.js';

const draw = gallery();

describe('stills', () => {
  it('glide to the right under a camera that pans left', async () => {
    const drawn = await draw(2000, base(segment(0, 2000, shows('marked.png', { motion: 'pan-left' }))));
    const edge = (ms: number): number => {
      const { pixels, width } = frameAt(drawn, ms);
      return Array.from({ length: width }, (_, x) => pixels[x * 4 + 1] ?? 0).findIndex(
        (green) => green < 128,
      );
    };
    expect(edge(1900)).toBeGreaterThan(edge(0) + 20);
  });

  it('stand as the camera was held', async () => {
    const drawn = await draw(100, base(segment(0, 100, shows('upright.jpg'))));
    const [, top] = colorAt(frameAt(drawn, 0), 0.5, 0.2);
    const [, bottom] = colorAt(frameAt(drawn, 0), 0.5, 0.95);
    expect([top < 80, bottom > 180]).toEqual([true, true]);
  });

  it('of another shape are shown whole, over a darker blur of themselves', async () => {
    const drawn = await draw(100, base(segment(0, 100, shows('tall.png'))));
    expect(colorAt(frameAt(drawn, 0), 0.5, 0.5)).toEqual(RED);
    const [red] = colorAt(frameAt(drawn, 0), 0.05, 0.5);
    expect(red).toBeGreaterThan(60);
    expect(red).toBeLessThan(180);
  });

  it('cut out of their surroundings stand on a bright ground', async () => {
    const drawn = await draw(100, base(segment(0, 100, shows('cut-out.png'))));
    expect(colorAt(frameAt(drawn, 0), 0.5, 0.5)).toEqual(RED);
    expect(Math.min(...colorAt(frameAt(drawn, 0), 0.02, 0.1))).toBeGreaterThan(180);
  });
});
