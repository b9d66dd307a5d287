import { describe, expect, it } from 'vitest';
import { base, overlay, segment, shows, words } from './support/drafts.js';
import { frameAt, near } from './support/draw.js';
import { BLUE, gallery, RED } from './support/gallery.js';
import { brightness, colorAt, difference } from './support/read-video.js';

const draw = gallery();
const GREEN = [0, 255, 0];

describe('frames', () => {
  it('show one after the other, the whole frame each', async () => {
    const drawn = await draw(
      400,
      base(segment(0, 200, shows('red.png')), segment(200, 200, shows('blue.png'))),
    );
    expect(near(colorAt(frameAt(drawn, 100), 0.5, 0.5), RED)).toBe(true);
    expect(near(colorAt(frameAt(drawn, 200), 0, 0), BLUE)).toBe(true);
  });

  it('fade into each other evenly', async () => {
    const fading = shows('blue.png', { transition: { type: 'crossfade', d: 400 } });
    const drawn = await draw(1200, base(segment(0, 600, shows('red.png')), segment(600, 600, fading)));
    expect(near(colorAt(frameAt(drawn, 600), 0.5, 0.5), RED)).toBe(true);
    const [red, , blue] = colorAt(frameAt(drawn, 800), 0.5, 0.5);
    expect(Math.abs(red - 119)).toBeLessThanOrEqual(4);
    expect(Math.abs(blue - 119)).toBeLessThanOrEqual(4);
    expect(near(colorAt(frameAt(drawn, 1000), 0.5, 0.5), BLUE)).toBe(true);
  });

  it('fade into each other by as much as a picture is translucent', async () => {
    const over = overlay(segment(0, 300, shows('blue.png', { opacity: 0.25 })));
    const drawn = await draw(300, base(segment(0, 300, shows('red.png'))), over);
    const [red, , blue] = colorAt(frameAt(drawn, 200), 0.5, 0.5);
    expect(Math.abs(red - 162)).toBeLessThanOrEqual(4);
    expect(Math.abs(blue - 76)).toBeLessThanOrEqual(4);
  });

  it('stand on something that is not black where there is no picture', async () => {
    const drawn = await draw(200, base(segment(0, 100, shows('red.png'))), words());
    expect(brightness(frameAt(drawn, 100))).toBeGreaterThan(15);
  });
});

describe('logos', () => {
  it('stand in their corner over every picture, whole and unmoved', async () => {
    const logo = segment(0, 400, shows('logo.png', { role: 'logo', scale: 0.2 }));
    const drawn = await draw(
      400,
      base(segment(0, 400, shows('marked.png', { motion: 'zoom-in' }))),
      overlay(logo),
    );
    for (const ms of [0, 300]) {
      expect(near(colorAt(frameAt(drawn, ms), 0.9, 0.15), GREEN)).toBe(true);
      expect(near(colorAt(frameAt(drawn, ms), 0.1, 0.15), GREEN)).toBe(false);
    }
  });

  it('stand where they are put', async () => {
    const logo = segment(0, 100, shows('logo.png', { role: 'logo', scale: 0.2, position: 'bottom-left' }));
    const drawn = await draw(100, base(segment(0, 100, shows('red.png'))), overlay(logo));
    expect(near(colorAt(frameAt(drawn, 0), 0.1, 0.85), GREEN)).toBe(true);
  });
});

describe('scenes', () => {
  const scene = (words: string) =>
    base(
      segment(0, 300, {
        name: words,
        src: `local:scene/1?words=${encodeURIComponent(words)}`,
        kind: 'scene',
      }),
    );

  it('are drawn, move, and differ from each other', async () => {
    const [sea, city] = [await draw(300, scene('the sea')), await draw(300, scene('a city at night'))];
    expect(brightness(frameAt(sea, 0))).toBeGreaterThan(30);
    expect(difference(frameAt(sea, 0), frameAt(sea, 200))).toBeGreaterThan(0);
    expect(difference(frameAt(sea, 0), frameAt(city, 0))).toBeGreaterThan(0.5);
  });

  it('are the same for the same seed, as bright as their words, and named by them', async () => {
    const [once, again] = [await draw(300, scene('the sea')), await draw(300, scene('the sea'))];
    expect(frameAt(again, 100).pixels.equals(frameAt(once, 100).pixels)).toBe(true);
    const [day, night] = [await draw(100, scene('白天的海')), await draw(100, scene('夜晚的星空'))];
    expect(brightness(frameAt(day, 0))).toBeGreaterThan(brightness(frameAt(night, 0)) * 1.5);
  });
});

describe('what cannot be drawn', () => {
  it.each([
    ['torn.jpg', 'it is damaged'],
    ['gone.jpg', 'its file cannot be read'],
    ['bomb.png', 'it has more than 100 megapixels'],
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
