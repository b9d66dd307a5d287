import fc from 'fast-check';
import { isLosslessNumber, parse as parseLossless } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { parseExact, stringifyExact } from '../../src/wire/exact-json.js';
import { isExactNumber } from '../../src/wire/json.js';

/** A number as a fraction of two integers, for any text of JSON that is one: independent of how the code compares. */
function exactValue(number: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE](.+))?$/.exec(number) ?? [];
  let integer = BigInt(whole + fraction);
  let exponent = Number(power) - fraction.length;
  if (integer === 0n) return '0';
  while (integer % 10n === 0n) {
    integer /= 10n;
    exponent += 1;
  }
  return `${sign}${integer}e${exponent}`;
}

/** The JSON of a text with the exact value of each number, as the oracle reads it. */
const exactly = (text: string): unknown =>
  parseLossless(text, (_, value) => (isLosslessNumber(value) ? { exactly: exactValue(value.value) } : value));

const digits = (min: number, max: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => list.join(''));

/** The text of a number of any length, with fraction, exponent and runs of zeros. */
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constantFrom('0', '9007199254740993', '1', '10000000000000000000000'),
      digits(0, 40).map((text) => `7${text}`),
    ),
    fc.oneof(
      fc.constantFrom('', '.0', '.10000000000000000000'),
      digits(1, 30).map((text) => `.${text}`),
    ),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      fc
        .tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits(1, 3))
        .map((part) => part.join('')),
    ),
  )
  .map((parts) => parts.join(''));

const stringText = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    numberText.map((number) => `, ${number}, `),
    numberText.map((number) => `"${number}\\`),
    fc.constantFrom('{"$number":"12345678901234567890"}', '\\', '"', '\\"', ':1234567890123456789]'),
  )
  .map((text) => JSON.stringify(text));

const space = fc.constantFrom('', '', ' ', '\n\t');

const jsonText = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json' },
    numberText,
    stringText,
    fc.constantFrom('null', 'true', 'false', '[]', '{}', '1.5'),
    fc
      .tuple(fc.array(tie('value'), { maxLength: 4, depthIdentifier: 'json' }), space)
      .map(([items, gap]) => `[${gap}${items.join(`${gap},${gap}`)}${gap}]`),
    fc
      .tuple(fc.array(fc.tuple(stringText, tie('value')), { maxLength: 4, depthIdentifier: 'json' }), space)
      .map(([entries, gap]) => {
        // The oracle refuses a key that comes twice with different values.
        const unique = [...new Map(entries)];
        return `{${gap}${unique.map(([key, value]) => `${key}${gap}:${gap}${value}`).join(',')}${gap}}`;
      }),
  ),
})).value;

describe('parseExact and stringifyExact', () => {
  it('keep the value of every number, as a lossless parser reads it', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(exactly(stringifyExact(parseExact(text)))).toEqual(exactly(text));
      }),
      { numRuns: 3000 },
    );
  });

  it('keep a number that would be rounded to the letter, also through a snapshot', () => {
    fc.assert(
      fc.property(digits(17, 40), (tail) => {
        const text = `{"id":9${tail}1,"list":[-0.${tail}1,1e400]}`;
        const snapshot: unknown = structuredClone(JSON.parse(JSON.stringify(parseExact(text))));
        expect(stringifyExact(snapshot)).toBe(text);
      }),
    );
  });

  it('are JSON.parse and JSON.stringify where no number would be rounded', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text);
        expect(parseExact(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(stringifyExact(value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('leave numbers as they are that JavaScript writes as they came', () => {
    for (const text of [
      '0',
      '-1',
      '1732800000123',
      '0.30000000000000004',
      '100000000000000000000',
      '1e+21',
    ]) {
      expect(parseExact(text)).toBe(Number(text));
      expect(stringifyExact(parseExact(text))).toBe(text);
    }
    // The same values in other words.
    expect(parseExact('[1.0000000000000000000, 1e0000, 0e999]')).toEqual([1, 1, 0]);
  });

  it('find every number at every place in a text', () => {
    for (let offset = 0; offset < 12; offset += 1) {
      const gap = ' '.repeat(offset);
      for (const number of ['12345678901234567890', '1e999', '-1E-999', '0.12345678901234567890']) {
        for (const text of [
          `${gap}${number}`,
          `[${gap}${number}]`,
          `{"a":${gap}${number}}`,
          `[1,${number}${gap},2]`,
        ]) {
          expect(stringifyExact(parseExact(text))).toBe(text.replaceAll(' ', ''));
        }
      }
    }
  });

  it('change nothing in strings', () => {
    const texts = ['["1234567890123456789"]', '[", 1234567890123456789,"]', '["\\\\",1234567890123456789]'];
    for (const text of texts) expect(stringifyExact(parseExact(text))).toBe(text);
    const told = JSON.stringify(['{"$number":"1234567890123456789"}', '\\{"$number":"1e999"}']);
    expect(stringifyExact(parseExact(told))).toBe(told);
    expect(stringifyExact({ $number: '12' })).toBe('{"$number":"12"}');
    expect(stringifyExact({ $number: '1234567890123456789', more: 1 })).toContain('more');
  });

  it('reject what JSON.parse rejects', () => {
    for (const text of [
      '01234567890123456789',
      '[1234567890123456789',
      '1234567890123456789 1',
      '{1e999:1}',
      '',
    ]) {
      expect(() => parseExact(text)).toThrow(SyntaxError);
    }
  });

  it('name a value that is nested too deep to be written', () => {
    let deep: unknown = [];
    for (let depth = 0; depth < 200_000; depth += 1) deep = [deep];
    expect(() => stringifyExact(deep)).toThrow(expect.objectContaining({ name: 'OptionError' }));
  });

  it('recognize a number that was kept', () => {
    expect(isExactNumber(parseExact('1234567890123456789'))).toBe(true);
    for (const value of [1, '1', null, undefined, {}, [], { $number: 1 }])
      expect(isExactNumber(value)).toBe(false);
  });
});
