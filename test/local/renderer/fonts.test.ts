import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Fonts, makeLegible } from '../../../src/local/renderer/fonts.js';
import { testFolder } from './support/files.js';

const NOTO = 'test/fixtures/fonts/noto-sans-sc-chinese-simplified-700-normal.woff2';
const folder = testFolder();
const fonts = Fonts.load([]);

describe('Fonts', () => {
  it('says which characters no font covers, each once, and never blanks or invisible marks', () => {
    expect(fonts.missing('Summer 新新品\n\u200d\ufe0f')).toEqual(['新', '品']);
  });

  it('covers every language written in Latin', () => {
    expect(fonts.missing('Łódź, Příliš žluťoučký, Değiştir, Română, Ĉu')).toEqual([]);
  });

  it('covers Chinese with a font that is passed', () => {
    expect(Fonts.load([NOTO]).missing('Summer 新品上市')).toEqual([]);
  });

  it('covers a character only if a font has a picture for it, whatever is installed on the machine', () => {
    expect(fonts.missing('é—ЯĀ한')).toEqual(['Я', '한']);
    expect(Fonts.load([NOTO]).missing('新品上市，。한')).toEqual(['한']);
  });

  it('refuses a file that is not a font, by its name', () => {
    const path = join(folder, 'brand.woff2');
    writeFileSync(path, 'not a font');
    expect(() => Fonts.load([path])).toThrow(
      expect.objectContaining({ reason: 'font', file: 'brand.woff2' }),
    );
    writeFileSync(path, readFileSync(NOTO).subarray(0, 2000));
    expect(() => Fonts.load([path])).toThrow(
      expect.objectContaining({ reason: 'font', file: 'brand.woff2' }),
    );
    const gone = join(folder, 'gone.ttf');
    expect(() => Fonts.load([gone])).toThrow(expect.objectContaining({ reason: 'font', file: 'gone.ttf' }));
  });
});

/** Fonts that lack these characters. */
const without = (...lacking: string[]) => ({
  missing: (text: string) => [...new Set(text)].filter((character) => lacking.includes(character)),
});

describe('makeLegible', () => {
  it('leaves a text alone that the fonts cover', () => {
    expect(makeLegible('Summer sale', without())).toEqual({ text: 'Summer sale' });
  });

  it('draws a text without an emoji that no font has, and says so', () => {
    const { text, warning } = makeLegible('Summer 🔥 sale', without('🔥'));
    expect(text).toBe('Summer sale');
    expect(warning).toContain('without 🔥');
    expect(warning).toContain('`fonts`');
  });

  it('takes away with an emoji what joined and coloured it', () => {
    expect(makeLegible('Family 👩‍👩‍👧 ❤️', without('👩', '👧', '❤')).text).toBe('Family');
  });

  it('leaves a text out whole when letters are missing, for the rest would say something else', () => {
    const { text, warning } = makeLegible('50% off 新品', without('新', '品'));
    expect(text).toBeUndefined();
    expect(warning).toContain('"50% off 新品" was left out');
    expect(warning).toContain('新 品');
  });

  it('never drops a currency', () => {
    expect(makeLegible('Only 500 ₽', without('₽')).text).toBeUndefined();
  });

  it('says when nothing is left of a text', () => {
    const { text, warning } = makeLegible('🔥🔥', without('🔥'));
    expect(text).toBeUndefined();
    expect(warning).toContain('left out');
  });

  it('draws nothing, and warns of nothing, for blanks', () => {
    expect(makeLegible('  ', without())).toEqual({});
  });
});
