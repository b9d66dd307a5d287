import { describe, expect, it } from 'vitest';
import { makeLegible } from '../../../../src/local/render/text/legible.js';

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
