import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitWords, SpokenWords, sentencesOf } from '../../src/assistant/spoken-words.js';
import { translateGui } from '../../src/run/index.js';

const known = { tools: new Set(['add_music', 'generate_clip', 'editTimeline']), own: 'my_title.mp4' };
const fitted = (text: string): string => fitWords(text, known);

describe('fitWords', () => {
  it.each([
    ['Done! Your title is in.', 'Done! Your title is in.'],
    ['Done! Calling add_music with volume 0.35.', 'Done!'],
    ['I used editTimeline for it. The music is softer now.', 'The music is softer now.'],
    ['Ready. {"tracks": [{"d": 3000, "m": {"title": "a } b"}}]}', 'Ready.'],
    ['Ready. ```json\n{"a":1}\n```', 'Ready.'],
    ['Ready. {"tracks": [', 'Ready.'],
    ['Your token is nmv_usr_abcdef0123456789. All is well.', 'All is well.'],
    ['Added my_photo.jpg and my_title at 5s.', 'Added my_photo.jpg and my_title at 5s.'],
    ['The clip lasts 3.5 s, at 35%. It begins at 0:05.', 'The clip lasts 3.5 s, at 35%. It begins at 0:05.'],
    ['Done! Click the Export button to download it.', 'Done!'],
    ['完成！已加上标题“你好”。点击“导出”按钮即可下载。', '完成！已加上标题“你好”。'],
  ])('makes of %j %j', (said, told) => {
    expect(fitted(said)).toBe(told);
  });

  it('cuts a text into sentences that are the text again', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => sentencesOf(text).join('') === text));
  });
});

const PHRASES = [
  'Done!',
  'Your 10-second video is ready.',
  'Click the Export button to download it.',
  'Open the timeline panel to preview.',
  'Drag the logo to the top left.',
  'Go to your account page to check the billing.',
  'I wrote “Click here. Now!” over the first clip.',
  'Calling add_music({"volume": 0.35}).',
  '{"status": "success", "applied": [1, 2]}',
  '```json\n{"op": "add_title"}\n```',
  'The token nmv_usr_0123456789abcdef was used.',
  'generate_clip has finished.',
  'Here is what I did:\n1. Added music\n2. Click Export\n\n',
  '已加上音乐。',
  '点击“导出”按钮即可下载。',
  '打开时间线面板预览。',
  '把 logo 拖拽到左上角。',
];

describe('the words of a backend as a person reads them', () => {
  it('never hold a token, a tool name, JSON or a screen instruction, however they come in pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PHRASES), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 }),
        (phrases, sizes) => {
          const text = phrases.join(' ');
          const spoken = new SpokenWords(known);
          const said: string[] = [];
          for (let at = 0, turn = 0; at < text.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            said.push(spoken.push(text.slice(at, at + size)));
            at += size;
          }
          said.push(spoken.flush());
          const heard = said.filter((piece) => piece !== '');
          for (const piece of heard) {
            expect(piece).not.toMatch(/nmv_|[{}]|add_music|generate_clip|add_title|```/);
            expect(translateGui(piece).actions).toEqual([]);
          }
          if (phrases.includes('Done!')) expect(heard.join(' ')).toContain('Done!');
        },
      ),
      { numRuns: 200 },
    );
  });

  it('are spoken sentence by sentence while they come', () => {
    const spoken = new SpokenWords(known);
    expect(spoken.push('Arranging your pictures… ')).toBe('');
    expect(spoken.push('Adding')).toBe('');
    expect(spoken.push(' music. ')).toBe('Arranging your pictures…');
    expect(spoken.flush()).toBe('Adding music.');
  });
});

describe('an answer of nothing but marks', () => {
  it.each(['!', '！', '"Hi. ', '- a\n', '\n', '(. '])(
    'of 64,000 times %j is read in a time that grows with its length alone',
    (mark) => {
      const words = new SpokenWords({ tools: new Set(), own: '' });
      const said = Array.from({ length: 64_000 }, () => words.push(mark)).join('');
      // Quadratic work on this length takes minutes, which the limit of the test ends.
      expect((said + words.flush()).length).toBeLessThanOrEqual(64_000 * mark.length);
    },
  );
});
