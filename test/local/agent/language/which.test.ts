import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lex } from '../../../../src/local/agent/language/lex.js';
import { Marker } from '../../../../src/local/agent/language/quotes.js';
import { repair } from '../../../../src/local/agent/language/repair.js';
import { ofKind } from '../../../../src/local/agent/language/token.js';
import { resolveWhich } from '../../../../src/local/agent/language/which.js';

function which(message: string): unknown[] {
  const { marked } = new Marker(message, []);
  return ofKind(repair(lex(marked), marked.text), 'which').map(({ value }) => value);
}

describe('which one of a row', () => {
  it.each([
    ['the second photo', [[2]]],
    ['the 3rd picture', [[3]]],
    ['photo 3', [[3]]],
    ['photos 2, 4 and 5', [[2, 4, 5]]],
    ['clips 2-4', [[2, 3, 4]]],
    ['photos 2 to 4', [[2, 3, 4]]],
    ['photo #4', [[4]]],
    ['the last photo', [[-1]]],
    ['the second to last photo', [[-2]]],
    ['the penultimate one', [[-2]]],
    ['the first three photos', [[1, 2, 3]]],
    ['the last two', [[-2, -1]]],
    ['every photo', ['all']],
    ['the first and the fourth photo', [[1], [4]]],
    ['第二张照片', [[2]]],
    ['第2、3张', [[2, 3]]],
    ['第二到第四张', [[2, 3, 4]]],
    ['最后一张', [[-1]]],
    ['倒数第二张', [[-2]]],
    ['前三张', [[1, 2, 3]]],
    ['后两张', [[-2, -1]]],
    ['每张照片', ['all']],
    ['第十二段', [[12]]],
  ])('reads %s', (text, value) => {
    expect(which(text)).toEqual(value);
  });

  it('does not count what is asked: "First, …" means no photo', () => {
    expect(which('First, make the title bigger')).toEqual([]);
  });

  it('says which places a row does not have', () => {
    expect(resolveWhich([2, 9], 5)).toEqual({ found: [1], missing: [9] });
    expect(resolveWhich([-6], 5)).toEqual({ found: [], missing: [-6] });
    expect(resolveWhich('all', 3)).toEqual({ found: [0, 1, 2], missing: [] });
  });

  it('finds only places that the row has, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }).filter(Boolean)), fc.nat(8), (places, length) => {
        const { found, missing } = resolveWhich(places, length);
        expect(found.every((index) => index >= 0 && index < length)).toBe(true);
        expect(new Set(found).size).toBe(found.length);
        expect(missing.every((place) => Math.abs(place) > length)).toBe(true);
      }),
    );
  });
});
