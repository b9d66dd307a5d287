import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropNoise, NoiseHold } from '../../src/run/noise.js';

/** Feeds the pieces one by one; what came out while they came, and at the end. */
function feed(pieces: readonly string[]): { told: string[]; rest: string } {
  const hold = new NoiseHold();
  return { told: pieces.map((piece) => hold.push(piece)), rest: hold.end() };
}
const whole = (pieces: readonly string[]): string => {
  const { told, rest } = feed(pieces);
  return told.join('') + rest;
};

const NOISE = [
  'I encountered a temporary issue',
  'I encountered a temporary issue.',
  'I encountered a temporary issue. Please try again.',
  'I encountered a temporary issue. Please try again later.\n',
  'I encountered a temporary issue, please try again in a moment.',
  'I encountered a temporary issue while processing your request. Please try again.',
  'I encountered a temporary issue…',
  'I encountered a temporary error with the service. You can try again in a few minutes!',
  'Sorry, I encountered a temporary issue. Please try again.',
  "I'm sorry, but I encountered a temporary problem.",
  'It seems I ran into a temporary issue. Please wait a moment and try again.',
  'I’ve encountered a temporary issue.',
  'i have encountered a temporary issue.  \n',
  'I encountered a temporary issue. I encountered a temporary issue. Please try again.',
  '我遇到了一个临时问题',
  '我遇到了一个临时问题。请稍后再试。',
  '遇到临时问题，请重试。',
  '抱歉，我遇到了一个暂时性的错误。请稍后重试。',
  '很抱歉，系统出现了临时故障！',
];

const ANSWERS = [
  'I encountered a temporary issue with the second photo, so it is left out.',
  'I encountered a temporary issue with clip 2.',
  'I encountered a temporary file named "a.tmp".',
  'I encountered a lovely sunset in your third clip.',
  'I added the music.',
  'I',
  'Sorry, the title is too long. Shall I shorten it?',
  'I encountered a temporary issue. It is solved now: the title is in.',
  'I encountered a temporary issue.\n\nYour title is in.',
  '我遇到了一个临时问题，已经解决了，标题已添加。字幕也好了。',
  '我遇到了大海',
  '我',
];

describe('the noise at the end of an answer', () => {
  it.each(NOISE)('is dropped after other words: %j', (noise) => {
    expect(dropNoise(`Done! Your title is in. ${noise}`)).toBe('Done! Your title is in.');
    expect(dropNoise(`标题已添加。${noise}`)).toBe('标题已添加。');
    expect(dropNoise(`Your title is in\n\n${noise}`)).toBe('Your title is in');
    for (const picture of ['🎉', '👍🏽', '❤️', '✨'])
      expect(dropNoise(`All set ${picture} ${noise}`)).toBe(`All set ${picture}`);
  });

  it.each(NOISE)('is the answer where it is all that was said: %j', (noise) => {
    expect(dropNoise(noise)).toBe(noise);
    expect(dropNoise(`  \n${noise}`)).toBe(`  \n${noise}`);
  });

  it.each(NOISE)('is passed on, in its place, where more words follow: %j', (noise) => {
    const text = `Done! ${noise.trimEnd().replace(/([^.!?。！…])$/u, '$1.')} Here is your timeline.`;
    expect(dropNoise(text)).toBe(text);
  });

  it.each(ANSWERS)('is not taken for what only begins like it: %j', (answer) => {
    expect(dropNoise(`Done! ${answer}`)).toBe(`Done! ${answer}`);
  });

  it('is not a sentence inside another', () => {
    const text = 'While rendering I encountered a temporary issue.';
    expect(dropNoise(text)).toBe(text);
  });
});

describe('NoiseHold', () => {
  it('lets words out as they come, and holds back only what could become the sentence', () => {
    expect(feed(['Creating ', 'your ', 'video…', ' Ready.', ' I ', 'added', ' it.'])).toEqual({
      told: ['Creating ', 'your ', 'video…', ' Ready.', '', ' I added', ' it.'],
      rest: '',
    });
  });

  it('holds a sentence that begins like the noise until it is decided', () => {
    expect(feed(['Done!', ' I encoun', 'tered a temporary ', 'issue with', ' clip 2.', ' Sorry.'])).toEqual({
      told: ['Done!', '', '', '', ' I encountered a temporary issue with clip 2.', ''],
      rest: ' Sorry.',
    });
  });

  it('keeps the space after a sentence back, so that an answer does not end in one when the noise is dropped', () => {
    expect(feed(['Done! ', 'I encountered a temporary issue.'])).toEqual({ told: ['Done!', ''], rest: '' });
    expect(feed(['Done! ', 'Next?'])).toEqual({ told: ['Done!', ' Next?'], rest: '' });
    expect(feed(['Done! '])).toEqual({ told: ['Done!'], rest: ' ' });
  });

  it.each(["'", '’'])('takes %s for the end of a quotation, whatever the pieces', (mark) => {
    const noise = 'I encountered a temporary issue.';
    for (const pieces of [
      [`It says ‘Hi${mark} ${noise}`],
      [`It says ‘Hi${mark}`, ` ${noise}`],
      ['It says ‘Hi', mark, ' ', noise],
    ])
      expect(whole(pieces)).toBe(`It says ‘Hi${mark}`);
  });

  it('waits for the other half of a character that is cut in two, since an emoji ends a sentence', () => {
    const [first = '', second = ''] = '🎉'.split('');
    expect(feed(['Done', first, second, ' I encountered a temporary issue.'])).toEqual({
      told: ['Done', '', '🎉', ''],
      rest: '',
    });
  });

  it('takes no arrow for the end of a sentence', () => {
    expect(feed(['Settings → I encountered'])).toEqual({ told: ['Settings → I encountered'], rest: '' });
  });

  it('does not take the beginning of a word for a word', () => {
    expect(feed(['Done!', ' I encountered a temporary issue so', 'mewhere.'])).toEqual({
      told: ['Done!', '', ''],
      rest: '',
    });
    expect(feed(['Done!', ' I encountered a temporary issue', ' so I left it.'])).toEqual({
      told: ['Done!', '', ' I encountered a temporary issue so I left it.'],
      rest: '',
    });
  });

  it('is the same whatever the pieces', () => {
    const bit = fc.oneof(
      fc.constantFrom(
        ...NOISE,
        ...ANSWERS,
        'Done! ',
        ' ',
        '\n',
        'I ',
        'Sorry, ',
        '。',
        '…',
        "'",
        '’',
        '🎉 ',
        'Please try again. ',
      ),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 6 }), fc.array(fc.nat(40), { maxLength: 60 }), (bits, cuts) => {
        const text = bits.join('');
        const pieces: string[] = [];
        let at = 0;
        for (const cut of cuts) {
          pieces.push(text.slice(at, at + cut));
          at += cut;
        }
        pieces.push(text.slice(at));
        expect(whole(pieces)).toBe(dropNoise(text));
        // Nothing is invented, and only an end can be missing.
        expect(text.startsWith(dropNoise(text))).toBe(true);
        expect(dropNoise(text).trim() === '').toBe(text.trim() === '');
      }),
      { numRuns: 300 },
    );
  });

  it.each(['I encountered a temporary issue. ', 'I ', '. ', '\n', ' ', 'a', '我'])(
    'holds little of 100 KB of %j',
    (piece) => {
      const hold = new NoiseHold();
      let told = 0;
      let most = 0;
      for (let i = 0; i * piece.length < 10_000; i++) {
        told += hold.push(piece).length;
        most = Math.max(most, (i + 1) * piece.length - told);
      }
      expect(most).toBeLessThanOrEqual(1_100);
      expect(dropNoise(piece.repeat(Math.ceil(100_000 / piece.length))).length).toBeGreaterThan(90_000);
    },
  );
});
