import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapText } from '../../../../src/local/render/text/wrap.js';

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
