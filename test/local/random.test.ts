import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, deriveSeed, pick, seededRandom } from '../../src/local/random.js';

const some = (seed: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: 20 }, random);
};

describe('seededRandom', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    expect(some(7)).toEqual(some(7));
    expect(some(7)).not.toEqual(some(8));
  });

  it('stays between 0 and 1', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        for (const number of some(seed)) expect(number >= 0 && number < 1).toBe(true);
      }),
    );
  });
});

describe('what is made of random numbers', () => {
  it('distinguishes names and seeds', () => {
    const seeds = [deriveSeed(1, 'music'), deriveSeed(1, 'scene'), deriveSeed(2, 'music')];
    expect(new Set(seeds).size).toBe(3);
  });

  it('picks every choice, and stays between its bounds', () => {
    const random = seededRandom(3);
    const picked = new Set(Array.from({ length: 60 }, () => pick(random, ['a', 'b', 'c'])));
    expect([...picked].sort()).toEqual(['a', 'b', 'c']);
    const number = between(random, 5, 6);
    expect(number).toBeGreaterThanOrEqual(5);
    expect(number).toBeLessThan(6);
  });
});
