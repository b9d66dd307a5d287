import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translateGui } from '../../../src/run/index.js';
import { CHINESE_PHRASES, CONTENT, ENGLISH_PHRASES, MIXED_PHRASES, type Phrase } from './phrases.js';

const all = [...ENGLISH_PHRASES, ...CHINESE_PHRASES, ...MIXED_PHRASES];

describe('translateGui', () => {
  const check = ([says, left, ...actions]: Phrase): void => {
    const translation = translateGui(says);
    expect({ text: translation.text, actions: translation.actions.map(({ action }) => action) }).toEqual({
      text: left,
      actions,
    });
    for (const { phrase } of translation.actions) expect(says).toContain(phrase);
  };

  describe('takes English instructions out', () => {
    it.each(ENGLISH_PHRASES.map((phrase) => ({ phrase })))('$phrase', ({ phrase }) => check(phrase));
  });
  describe('takes Chinese instructions out', () => {
    it.each(CHINESE_PHRASES.map((phrase) => ({ phrase })))('$phrase', ({ phrase }) => check(phrase));
  });
  describe('keeps the content beside them', () => {
    it.each(MIXED_PHRASES.map((phrase) => ({ phrase })))('$phrase', ({ phrase }) => check(phrase));
  });
  describe('keeps content to the letter', () => {
    it.each(CONTENT.map((text): [string] => [text]))('%j', (text) => check([text, text]));
  });

  it('names the words that asked, as they stood', () => {
    expect(
      translateGui('Done! Click the **Export** button to download it, or open the timeline panel.').actions,
    ).toEqual([
      { action: 'export', phrase: 'Click the **Export** button to download it' },
      { action: 'show_timeline', phrase: 'open the timeline panel' },
    ]);
  });

  it('keeps its answer when an instruction stands after any content and before any other', () => {
    const sentence = (text: string): boolean => /^[^\n]*[.!?。！？]$/.test(text) && !/^\s/.test(text);
    const content = CONTENT.filter(sentence);
    const instruction = [...ENGLISH_PHRASES, ...CHINESE_PHRASES].filter(([text]) => sentence(text));
    fc.assert(
      fc.property(
        fc.constantFrom(...content),
        fc.constantFrom(...instruction),
        fc.constantFrom(...content),
        (before, [says, , ...actions], after) => {
          const { text, actions: found } = translateGui(`${before} ${says} ${after}`);
          expect(text).toBe(`${before} ${after}`);
          expect(found.map(({ action }) => action)).toEqual(actions);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is idempotent, never throws and invents nothing, whatever it reads', () => {
    const piece = fc.oneof(
      fc.constantFrom(...all.map(([says]) => says), ...CONTENT),
      fc.constantFrom(
        ...'click|Click|the|Export|**Export**|button|open|panel|timeline|drag|it|and|or|you can|if you like|to download|in the|(|)|"|“|”|「|」|**|`|[|]|\n|\n- |1. |. |, |: |。|，|点击|导出|按钮|打开|面板|时间线|预览|把|拖到|如果|我|请|https://a.b/c'.split(
          '|',
        ),
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, fc.constantFrom('', ' ')), { maxLength: 14 }), (pieces) => {
        const says = pieces.flat().join('');
        const { text, actions } = translateGui(says);
        expect(translateGui(text)).toEqual({ text, actions: [] });
        if (actions.length === 0) expect(text).toBe(says);
        else expect(text.length).toBeLessThan(says.length);
        expect(isWithin(text, says)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    'click ',
    'you can ',
    'a',
    '"',
    '“',
    '**',
    '(click export',
    '[',
    '.',
    '. ',
    '\n',
    ' ',
    ', ',
    '在时间线',
    '点击，',
    'preview in the ',
    'Click Export. ',
  ])('reads 100 KB of %j without going back over it', (piece) => {
    // Quadratic work on this would run into the timeout of the suite.
    const long = piece.repeat(Math.ceil(100_000 / piece.length));
    expect(translateGui(`${long}x. Click Export.`).text.length).toBeLessThanOrEqual(long.length + 2);
  });
});

/** Whether `part` can be got from `text` by leaving characters out; case may change at the start of a sentence. */
function isWithin(part: string, text: string): boolean {
  let at = 0;
  const low = text.toLowerCase();
  for (const char of part.toLowerCase()) {
    const found = low.indexOf(char, at);
    if (found < 0) return false;
    at = found + char.length;
  }
  return true;
}
