import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { GrowingText } from '../../src/run/growing-text.js';

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
        }
      },
    ),
  );
});
