import { describe, expect, it } from 'vitest';
import { readOrientation } from '../../../src/local/media/inspect.js';

/** A display matrix out of where the stored x axis and the stored y axis go (y downwards). */
function matrix(x: [number, number], y: [number, number]): Buffer {
  const bytes = Buffer.alloc(36);
  [...x, 0, ...y].forEach((value, index) => {
    bytes.writeInt32LE(value * 0x10000, index * 4);
  });
  return bytes;
}

describe('readOrientation', () => {
  it.each([
    ['upright', matrix([1, 0], [0, 1]), [], false],
    ['mirrored', matrix([-1, 0], [0, 1]), ['hflip'], false],
    ['upside down', matrix([-1, 0], [0, -1]), ['hflip', 'vflip'], false],
    ['flipped', matrix([1, 0], [0, -1]), ['vflip'], false],
    ['turned clockwise', matrix([0, 1], [-1, 0]), ['transpose=clock'], true],
    ['turned anticlockwise', matrix([0, -1], [1, 0]), ['transpose=cclock'], true],
    ['with the axes swapped', matrix([0, 1], [1, 0]), ['transpose=cclock_flip'], true],
    ['with the axes swapped and turned over', matrix([0, -1], [-1, 0]), ['transpose=clock_flip'], true],
  ])('undoes a picture stored %s', (_, bytes, filters, swapped) => {
    expect(readOrientation(bytes)).toEqual({ filters, swapped });
  });

  it('leaves a picture without a matrix as it is', () => {
    expect(readOrientation(null)).toEqual({ filters: [], swapped: false });
  });
});
