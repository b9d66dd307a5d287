import { describe, expect, it } from 'vitest';
import { base, segment, shows, words } from '../support/drafts.js';
import { frameAt } from '../support/draw.js';
import { BLUE, gallery, RED } from '../support/gallery.js';
import { brightness, colorAt } from '../support/read-video.js';

const draw = gallery();

describe('frames', () => {
  it('show one after the other, the whole frame each', async () => {
    const drawn = await draw(
      400,
      base(segment(0, 200, shows('red.png')), segment(200, 200, shows('blue.png'))),
    );
    expect(colorAt(frameAt(drawn, 100), 0.5, 0.5)).toEqual(RED);
    expect(colorAt(frameAt(drawn, 200), 0, 0)).toEqual(BLUE);
  });

  it('fade into each other evenly', async () => {
    const fading = shows('blue.png', { transition: { type: 'crossfade', d: 400 } });
    const drawn = await draw(1200, base(segment(0, 600, shows('red.png')), segment(600, 600, fading)));
    expect(colorAt(frameAt(drawn, 600), 0.5, 0.5)).toEqual(RED);
    const [red, , blue] = colorAt(frameAt(drawn, 800), 0.5, 0.5);
    expect(Math.abs(red - 119)).toBeLessThanOrEqual(2);
    expect(Math.abs(blue - 119)).toBeLessThanOrEqual(2);
    expect(colorAt(frameAt(drawn, 1000), 0.5, 0.5)).toEqual(BLUE);
  });

  it('are drawn once while nothing moves, and anew in every frame while the camera does', async () => {
    expect((await draw(1000, base(segment(0, 1000, shows('red.png'))))).drawn).toBe(1);
    const zoomed = await draw(1000, base(segment(0, 1000, shows('marked.png', { motion: 'zoom-in' }))));
    expect(zoomed.drawn).toBe(10);
  });

  it('stand on something that is not black where there is no picture', async () => {
    const drawn = await draw(200, base(segment(0, 100, shows('red.png'))), words());
    expect(brightness(frameAt(drawn, 100))).toBeGreaterThan(15);
  });
});

describe('what cannot be drawn', () => {
  it.each([
    ['torn.jpg', 'it is damaged'],
    ['gone.jpg', 'its file cannot be read'],
    ['other.jpg', 'it is not among the uploads'],
  ])('is an error that names the file: %s', async (name, problem) => {
    const drawing = draw(200, base(segment(0, 200, shows(name))));
    await expect(drawing).rejects.toMatchObject({
      reason: 'media',
      file: name,
      message: expect.stringContaining(problem),
    });
  });
});
