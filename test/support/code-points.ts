import fc from 'fast-check';

/** No character of its own: the halves of UTF-16's pairs. */
const HALVES = { from: 0xd800, to: 0xdfff };
const HALF_COUNT = HALVES.to - HALVES.from + 1;

/**
 * Any character that a string can hold, as a unit of `fc.string`. The same as fast-check's `unit: 'binary'`, which lists
 * all 1.1 million of them in each process before it makes the first string: more work than all that is tested with it.
 */
export const anyCodePoint: fc.Arbitrary<string> = fc.nat({ max: 0x10ffff - HALF_COUNT }).map(
  (index) => String.fromCodePoint(index < HALVES.from ? index : index + HALF_COUNT),
  (value) => {
    const code = typeof value === 'string' ? value.codePointAt(0) : undefined;
    if (code === undefined || value !== String.fromCodePoint(code))
      throw new Error('it is not one character');
    if (code >= HALVES.from && code <= HALVES.to) throw new Error('it is half a character');
    return code < HALVES.from ? code : code - HALF_COUNT;
  },
);
