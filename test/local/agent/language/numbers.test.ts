import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../../../src/local/agent/language/numbers.js';

describe('numbers', () => {
  it.each([
    ['30', 30],
    ['2.5', 2.5],
    ['seven', 7],
    ['nineteen', 19],
    ['forty', 40],
    ['twenty-five', 25],
    ['ninety nine', 99],
    ['a hundred', 100],
    ['a couple of', 2],
    ['two and a half', 2.5],
    ['三', 3],
    ['两', 2],
    ['十', 10],
    ['十五', 15],
    ['三十', 30],
    ['四十二', 42],
    ['一百', 100],
    ['一百二十', 120],
  ])('reads %s as %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(['', 'banana', 'twenty-banana', '照片'])('does not read %j as a number', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });

  it('reads figures as what they are', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (value) => {
        expect(parseNumber(String(value))).toBe(value);
      }),
    );
  });
});
