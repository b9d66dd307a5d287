import { describe, expect, it } from 'vitest';
import { base, segment, shows, words } from './support/drafts.js';
import { frameAt } from './support/draw.js';
import { gallery } from './support/gallery.js';
import { difference } from './support/read-video.js';

const draw = gallery();
const drawWithChinese = gallery(['test/fixtures/fonts/noto-sans-sc-chinese-simplified-700-normal.woff2']);

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

  it('that no font covers are left out and reported, not drawn as boxes', async () => {
    const chinese = words(segment(0, 2000, { text: '新品上市', role: 'title' }));
    const plain = await draw(200, photo);
    const { frames, warnings } = await draw(200, photo, chinese);
    expect(frames[1]?.pixels.equals(plain.frames[1]?.pixels ?? Buffer.alloc(0))).toBe(true);
    expect(warnings).toEqual([expect.stringContaining('"新品上市" was left out')]);
  });

  it('in Chinese are drawn with a font that is passed', async () => {
    const chinese = words(segment(0, 1000, { text: '新品上市', role: 'title' }));
    const drawn = await drawWithChinese(1000, photo, chinese);
    expect(drawn.warnings).toEqual([]);
    const plain = await draw(1000, photo);
    expect(difference(frameAt(plain, 500), frameAt(drawn, 500))).toBeGreaterThan(0.02);
  });
});
