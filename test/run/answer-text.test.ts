import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnswerText, GrowingText } from '../../src/run/answer-text.js';

/** An answer made of `+words` (partial) and `=words` (whole), by authors `a:` and `b:` where given. */
function answer(...script: readonly string[]): { text: string; known: number[]; corrected: boolean } {
  let streamed = '';
  const text = new AnswerText((from, to) => [streamed.slice(from, to)]);
  const known: number[] = [];
  let isCorrected = false;
  for (const line of script) {
    const [, author = '', kind, words = ''] = /^(?:(\w):)?([+=])(.*)$/s.exec(line) ?? [];
    const settled = kind === '+' ? { known: text.repeats(author, words) } : text.settle(author, words);
    if ('corrected' in settled && settled.corrected !== undefined) {
      streamed = settled.corrected;
      isCorrected = true;
    }
    if (kind === '=') known.push(settled.known);
    const fresh = words.slice(settled.known);
    if (fresh === '') continue;
    text.add(author, fresh, kind === '+');
    streamed += fresh;
  }
  return { text: streamed, known, corrected: isCorrected };
}

describe('a whole event after partial ones', () => {
  test('adds nothing when it says the same', () => {
    expect(answer('+Creating ', '+your video…', '=Creating your video…')).toEqual({
      text: 'Creating your video…',
      known: [20],
      corrected: false,
    });
  });

  test('adds only what is missing', () => {
    expect(answer('+Creating ', '=Creating your video…')).toMatchObject({
      text: 'Creating your video…',
      known: [9],
    });
  });

  test('wins where it differs, and only over its own partial ones', () => {
    expect(answer('+One. ', '=One. ', '+Tow', '=Two', '+ Three', '= Three')).toMatchObject({
      text: 'One. Two Three',
      corrected: true,
    });
  });

  test('wins when it is shorter', () => {
    expect(answer('+Hello world', '=Hello')).toMatchObject({ text: 'Hello', corrected: true });
  });

  test('may repeat only the end, or the whole turn', () => {
    expect(answer('+Cutting… ', '+Done.', '=Done.').text).toBe('Cutting… Done.');
    expect(answer('+One. ', '=One. ', '+Two.', '=One. Two. Three.').text).toBe('One. Two. Three.');
  });
});

test('whole events without partial ones are added, each', () => {
  expect(answer('=One. ', '=Two.')).toMatchObject({ text: 'One. Two.', known: [0, 0] });
});

describe('the text is not doubled', () => {
  test('where only the partial events, or only the whole one, name their author', () => {
    expect(answer('a:+Hel', 'a:+lo', '=Hello')).toMatchObject({ text: 'Hello', corrected: false });
    expect(answer('+Hel', '+lo', 'a:=Hello')).toMatchObject({ text: 'Hello', corrected: false });
  });

  test('where the partial events come twice before the whole one', () => {
    expect(answer('+Hello ', '+world', '+Hello ', '+world', '=Hello world').text).toBe('Hello world');
    expect(answer('+Hello ', '+wor', '+Hello ', '+world', '=Hello world').text).toBe('Hello world');
  });

  test('where each partial event repeats all before it', () => {
    expect(answer('+Creating', '+Creating your', '+Creating your video', '=Creating your video.')).toEqual({
      text: 'Creating your video.',
      known: [19],
      corrected: false,
    });
  });
});

test('an author who is corrected leaves the words of the other in their place', () => {
  expect(answer('a:+Hel', 'b:+Gut', 'a:+lo', 'b:+en Tag', 'a:=Hi', 'b:=Guten Tag')).toMatchObject({
    text: 'HiGuten Tag',
    corrected: true,
  });
});

test('two authors who speak at once are each held to their own words', () => {
  expect(answer('a:+Hel', 'b:+Gut', 'a:+lo', 'b:+en Tag', 'a:=Hello', 'b:=Guten Tag')).toMatchObject({
    text: 'HelGutloen Tag',
    corrected: false,
  });
});

test('however a turn is cut into partial events, its text is said once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 })),
      (turns) => {
        const script = turns.flatMap((pieces) => [
          ...pieces.map((piece) => `+${piece}`),
          `=${pieces.join('')}`,
        ]);
        expect(answer(...script)).toMatchObject({ text: turns.flat().join(''), corrected: false });
      },
    ),
  );
});

test('pieces of any size make the text that they make together, at every moment', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string()),
      fc.array(fc.integer({ min: 5_000, max: 40_000 }), { maxLength: 4 }),
      (pieces, sizes) => {
        const text = new GrowingText();
        let together = '';
        for (const piece of [...pieces, ...sizes.map((size) => 'x'.repeat(size)), ...pieces]) {
          text.add(piece);
          together += piece;
          expect(text.toString() === together).toBe(true);
          expect(text.length).toBe(together.length);
        }
        for (const [from, to] of [
          [0, together.length],
          [3, 20_000],
          [16_000, 17_000],
          [together.length - 5, together.length],
        ]) {
          const slice = text.slice(from ?? 0, to ?? 0).join('');
          expect(slice === together.slice(Math.max(0, from ?? 0), to)).toBe(true);
        }
      },
    ),
  );
});
