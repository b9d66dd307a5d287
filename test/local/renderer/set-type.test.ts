import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fonts } from '../../../src/local/renderer/fonts.js';
import { safeArea } from '../../../src/local/renderer/place.js';
import { setType, wrapText } from '../../../src/local/renderer/set-type.js';

const wide = { width: 1920, height: 1080 };
const fonts = Fonts.load([]);

describe('setType', () => {
  it('sets a title larger than a caption, which is large enough for a phone, as the dialect says', () => {
    const title = setType({ text: '', role: 'title' }, 'Sale', wide, fonts);
    const caption = setType({ text: '', role: 'caption' }, 'Sale', wide, fonts);
    expect(title.lineHeight).toBeCloseTo(0.11 * 1080);
    expect(caption.lineHeight).toBeCloseTo(0.07 * 1080);
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

/** Latin letters one wide, Chinese ones two. */
const measure = (text: string): number =>
  [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1), 0);

describe('wrapText', () => {
  it('keeps a text that fits on one line', () => {
    expect(wrapText('Summer sale', 20, measure)).toEqual(['Summer sale']);
  });

  it('keeps the line breaks of the text', () => {
    expect(wrapText('Summer\nsale', 20, measure)).toEqual(['Summer', 'sale']);
  });

  it('makes lines about equally long instead of leaving one word over', () => {
    expect(wrapText('one two three four five', 20, measure)).toEqual(['one two three', 'four five']);
  });

  it('breaks Chinese between characters', () => {
    expect(wrapText('新品上市全场八折', 8, measure)).toEqual(['新品上市', '全场八折']);
  });

  it('begins no line with a closing mark and ends none with an opening one', () => {
    for (const line of wrapText('新品上市，全场八折！「限时优惠」欢迎选购。', 10, measure)) {
      expect(line).not.toMatch(/^[，！」。]/);
      expect(line).not.toMatch(/「$/);
    }
  });

  it('cuts a word that is wider than the line', () => {
    expect(wrapText('Donaudampfschifffahrt', 10, measure).every((line) => measure(line) <= 10)).toBe(true);
  });

  it('loses no character and no line is too wide, whatever the text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '-', '新', '品', 'é'), maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 40 }), (words, width) => {
        const lines = wrapText(words, width, measure);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''));
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
