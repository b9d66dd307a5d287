import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { safeArea } from '../../../../src/local/render/plan/place.js';
import { Fonts } from '../../../../src/local/render/text/fonts.js';
import { setType } from '../../../../src/local/render/text/set-type.js';
import { testFolder } from '../support/files.js';

const NOTO = 'test/fixtures/fonts/noto-sans-sc-chinese-simplified-700-normal.woff2';
const wide = { width: 1920, height: 1080 };
const folder = testFolder();
let fonts: Fonts;

beforeAll(async () => {
  fonts = await Fonts.load([]);
});

describe('Fonts', () => {
  it('says which characters no font covers, each once, and never blanks or invisible marks', () => {
    expect(fonts.missing('Summer 新新品\n\u200d\ufe0f')).toEqual(['新', '品']);
  });

  it('covers every language written in Latin', () => {
    expect(fonts.missing('Łódź, Příliš žluťoučký, Değiştir, Română, Ĉu')).toEqual([]);
  });

  it('covers Chinese with a font that is passed', async () => {
    expect((await Fonts.load([NOTO])).missing('Summer 新品上市')).toEqual([]);
  });

  it('refuses a file that is no font, by its name', async () => {
    const path = join(folder, 'brand.woff2');
    writeFileSync(path, 'not a font');
    await expect(Fonts.load([path])).rejects.toMatchObject({ reason: 'font', file: 'brand.woff2' });
    await expect(Fonts.load([join(folder, 'gone.ttf')])).rejects.toMatchObject({
      reason: 'font',
      file: 'gone.ttf',
    });
  });
});

describe('setType', () => {
  it('sets a title twice as large as a caption, as the dialect says', () => {
    const title = setType({ text: '', role: 'title' }, 'Sale', wide, fonts);
    const caption = setType({ text: '', role: 'caption' }, 'Sale', wide, fonts);
    expect(title.lineHeight).toBeCloseTo(0.11 * 1080);
    expect(caption.lineHeight).toBeCloseTo(0.055 * 1080);
  });

  it('keeps inside the safe margins and sets a long title smaller', () => {
    const text =
      'A title so long that nobody would ever read it all before the next picture comes, and then goes on';
    for (const frame of [wide, { width: 1080, height: 1920 }, { width: 1080, height: 1080 }]) {
      const set = setType({ text, role: 'title' }, text, frame, fonts);
      const safe = safeArea(frame);
      expect(set.width).toBeLessThanOrEqual(safe.right - safe.left);
      expect(set.lines.length).toBeGreaterThan(1);
      expect(set.lineHeight).toBeLessThanOrEqual(0.11 * 1080);
    }
  });

  it('takes the size that a text asks for', () => {
    expect(setType({ text: '', role: 'caption', size: 0.2 }, 'Sale', wide, fonts).lineHeight).toBeCloseTo(
      216,
    );
  });
});
