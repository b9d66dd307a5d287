import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { base, draftOf, overlay, segment, shows, upload, words } from '../support/drafts.js';
import { drawAll, frameAt } from '../support/draw.js';
import { orient, testFolder, turnClip, writeClip, writePicture } from '../support/files.js';
import { brightness, colorAt, difference } from '../support/read-video.js';

const folder = testFolder();
const at = (name: string): string => join(folder, name);
const RED = [204, 34, 34];
const BLUE = [34, 34, 204];
const media = [
  upload(at('red.png'), 'image', { width: 320, height: 180 }),
  upload(at('blue.png'), 'image', { width: 320, height: 180 }),
  upload(at('marked.png'), 'image'),
  upload(at('upright.jpg'), 'image'),
  upload(at('tall.png'), 'image'),
  upload(at('logo.png'), 'image', { width: 100, height: 100 }),
  upload(at('clip.mp4'), 'video'),
  upload(at('phone.mp4'), 'video'),
  upload(at('torn.jpg'), 'image'),
  upload(at('gone.jpg'), 'image'),
];

beforeAll(async () => {
  await writePicture(at('red.png'), { color: '#cc2222' });
  await writePicture(at('blue.png'), { color: '#2222cc' });
  // Its left half is white, so that movement shows.
  await writePicture(at('marked.png'), {
    draw: (context) => {
      context.fillStyle = '#ffffff';
      context.fillRect(0, 0, 160, 180);
    },
  });
  // Stored lying, its right end green: to be shown upright with the green at the bottom.
  await writePicture(at('upright.jpg'), {
    draw: (context) => {
      context.fillStyle = '#00ff00';
      context.fillRect(240, 0, 80, 180);
    },
  });
  await orient(at('upright.jpg'), 6);
  await writePicture(at('tall.png'), { width: 90, height: 320 });
  await writePicture(at('logo.png'), {
    width: 100,
    height: 100,
    color: 'transparent',
    draw: (context) => {
      context.fillStyle = '#00ff00';
      context.fillRect(0, 0, 100, 100);
    },
  });
  await writeClip(at('clip.mp4'));
  await copyFile(at('clip.mp4'), at('phone.mp4'));
  await turnClip(at('phone.mp4'));
  await writePicture(at('whole.jpg'), {
    draw: (context) => {
      for (let x = 0; x < 320; x += 4) context.fillRect(x, (x * 7) % 180, 3, 40);
    },
  });
  const whole = await readFile(at('whole.jpg'));
  await writeFile(at('torn.jpg'), whole.subarray(0, whole.length * 0.6));
});

const draw = (...parameters: Parameters<typeof draftOf>) => drawAll(draftOf(...parameters), media);

describe('pictures', () => {
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

  it('stand on something that is not black where there is no picture', async () => {
    const drawn = await draw(200, base(segment(0, 100, shows('red.png'))), words());
    expect(brightness(frameAt(drawn, 100))).toBeGreaterThan(15);
  });
});

describe('clips', () => {
  const clip = (meta = {}) => base(segment(0, 1000, shows('clip.mp4', { kind: 'video', ...meta })));
  const near = (color: number[], wanted: number[]): boolean =>
    color.every((c, i) => Math.abs(c - (wanted[i] ?? 0)) < 12);

  it('play from their beginning', async () => {
    const drawn = await draw(1000, clip());
    expect(near(colorAt(frameAt(drawn, 0), 0.5, 0.5), [255, 0, 0])).toBe(true);
  });

  it('begin where they are trimmed', async () => {
    const drawn = await draw(1000, clip({ in: 1500 }));
    expect(near(colorAt(frameAt(drawn, 400), 0.5, 0.5), [0, 255, 0])).toBe(true);
    expect(near(colorAt(frameAt(drawn, 600), 0.5, 0.5), [0, 0, 255])).toBe(true);
  });

  it('play faster, and hold their last picture after their end', async () => {
    const drawn = await draw(1000, clip({ speed: 4 }));
    expect(near(colorAt(frameAt(drawn, 300), 0.5, 0.5), [0, 255, 0])).toBe(true);
    expect(near(colorAt(frameAt(drawn, 900), 0.5, 0.5), [0, 0, 255])).toBe(true);
  });

  it('filmed upright are framed, not laid on their side', async () => {
    const drawn = await draw(100, base(segment(0, 100, shows('phone.mp4', { kind: 'video' }))));
    expect(near(colorAt(frameAt(drawn, 0), 0.5, 0.5), [255, 0, 0])).toBe(true);
    const [red] = colorAt(frameAt(drawn, 0), 0.1, 0.5);
    expect(red).toBeLessThan(220);
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
      expect(colorAt(frameAt(drawn, ms), 0.9, 0.15)).toEqual([0, 255, 0]);
      expect(colorAt(frameAt(drawn, ms), 0.1, 0.15)).not.toEqual([0, 255, 0]);
    }
  });

  it('stand where they are put', async () => {
    const logo = segment(0, 100, shows('logo.png', { role: 'logo', scale: 0.2, position: 'bottom-left' }));
    const drawn = await draw(100, base(segment(0, 100, shows('red.png'))), overlay(logo));
    expect(colorAt(frameAt(drawn, 0), 0.1, 0.85)).toEqual([0, 255, 0]);
  });
});

describe('words', () => {
  const photo = base(segment(0, 2000, shows('blue.png')));
  const title = words(segment(500, 1000, { text: 'Summer Sale', role: 'title' }));

  it('show in their time and not outside it', async () => {
    const plain = await draw(2000, photo);
    const titled = await draw(2000, photo, title);
    expect(difference(frameAt(plain, 400), frameAt(titled, 400))).toBe(0);
    expect(difference(frameAt(plain, 1000), frameAt(titled, 1000))).toBeGreaterThan(0.02);
    expect(difference(frameAt(plain, 1600), frameAt(titled, 1600))).toBe(0);
  });

  it('are as bright as their colour, in the middle of the frame', async () => {
    const { pixels, width } = frameAt(await draw(2000, photo, title), 1000);
    let white = 0;
    for (let y = 75; y < 105; y++) {
      for (let x = 80; x < 240; x++) if ((pixels[(y * width + x) * 4] ?? 0) > 230) white++;
    }
    expect(white).toBeGreaterThan(150);
  });

  it('that no font covers are left out and told, not drawn as boxes', async () => {
    const chinese = words(segment(0, 2000, { text: '新品上市', role: 'title' }));
    const plain = await draw(200, photo);
    const { frames, warnings } = await draw(200, photo, chinese);
    expect(frames[1]?.pixels.equals(plain.frames[1]?.pixels ?? Buffer.alloc(0))).toBe(true);
    expect(warnings).toEqual([expect.stringContaining('"新品上市" was left out')]);
  });

  it('in Chinese are drawn with a font that is passed', async () => {
    const chinese = draftOf(1000, photo, words(segment(0, 1000, { text: '新品上市', role: 'title' })));
    const font = 'test/fixtures/fonts/noto-sans-sc-chinese-simplified-700-normal.woff2';
    const drawn = await drawAll(chinese, media, [font]);
    expect(drawn.warnings).toEqual([]);
    const plain = await draw(1000, photo);
    expect(difference(frameAt(plain, 500), frameAt(drawn, 500))).toBeGreaterThan(0.02);
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

  it('are drawn, move, and are no two alike', async () => {
    const [sea, city] = [await draw(300, scene('the sea')), await draw(300, scene('a city at night'))];
    expect(brightness(frameAt(sea, 0))).toBeGreaterThan(30);
    expect(sea.drawn).toBe(3);
    expect(difference(frameAt(sea, 0), frameAt(city, 0))).toBeGreaterThan(0.5);
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
