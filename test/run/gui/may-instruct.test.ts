import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { translateGui } from '../../../src/run/gui/translate.js';
import { CHINESE_PHRASES, CONTENT, ENGLISH_PHRASES } from './phrases.js';

// The rules read every text here.
vi.mock('../../../src/run/gui/may-instruct.js', () => ({ mayInstruct: () => true }));
const { mayInstruct } = await vi.importActual<typeof import('../../../src/run/gui/may-instruct.js')>(
  '../../../src/run/gui/may-instruct.js',
);

const WORDS =
  "click|Tap|press|drag|export|Download|open|go to|head over to|close|refresh|view|see|check|preview|select|use|adjust|upload|by|by simply|clicking|dragging|please|then|also|or|and|you can|you'll|could also be|the|your|it|in the|from the|button|check box|panel|tab|menu|time  line|Preview|player|account|credits|page|clip|music|Media|I|if you like|点击|点|按|拖到|把|在|从|用|查看|打开|选择|预览|请导出|你可以|然后|就|按钮|面板|时间线|轨道|右上角|账户|积分|素材|视频|①|如果满意";
const MARKS = '**|*|_|`|[|]|"|“|”|「|」|\'|<b>|</b>|(|)|\n|\n- |\n1. |. |, |: |; | — |。|，|：|! |👍';

describe('mayInstruct', () => {
  it('stops no text in which the rules find an instruction', () => {
    const piece = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...WORDS.split('|')) },
      { weight: 2, arbitrary: fc.constantFrom(...MARKS.split('|')) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(...[...ENGLISH_PHRASES, ...CHINESE_PHRASES].map(([says]) => says)),
      },
    );
    const text = fc
      .array(fc.tuple(piece, fc.constantFrom('', ' ', ' ')), { minLength: 1, maxLength: 10 })
      .map((pieces) => pieces.flat().join(''));
    fc.assert(
      fc.property(text, (says) => {
        if (translateGui(says).actions.length > 0) expect(mayInstruct(says)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('spares the rules most sentences that only sound like instructions', () => {
    expect(CONTENT.filter((says) => mayInstruct(says)).length).toBeLessThan(CONTENT.length / 2);
  });

  it.each([
    'Added the opening clip, then a slow crossfade into the night scene.',
    'The timeline has three tracks with your music under the title.',
    'First beat of the preview track: soft light, warm city.',
    '已添加字幕，然后在开头加入了轻柔的音乐。',
    '时间线现在有三个轨道。',
  ])('spares the rules %j', (says) => {
    expect(mayInstruct(says)).toBe(false);
  });
});
