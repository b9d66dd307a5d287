import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readImageSize } from '../../../src/local/media/image-size.js';
import { testFolder, writePicture } from '../renderer/support/files.js';

const folder = testFolder();

describe('readImageSize', () => {
  it.each(['png', 'jpg', 'gif', 'webp'] as const)(
    'reads the size of a %s from its header',
    async (format) => {
      const path = await writePicture(join(folder, `size.${format}`), { width: 123, height: 45 });
      expect(readImageSize(format, await readFile(path))).toEqual({ width: 123, height: 45 });
    },
  );

  it('does not know the size of a file that ends in its header', async () => {
    const path = await writePicture(join(folder, 'cut.jpg'));
    expect(readImageSize('jpg', (await readFile(path)).subarray(0, 40))).toBeUndefined();
  });

  it('reads the largest of several frame headers of a jpg, which the decoder would take', () => {
    const frame = (width: number, height: number): number[] => [
      ...[0xff, 0xc0, 0, 11, 8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0],
    ];
    const bytes = Uint8Array.from([0xff, 0xd8, ...frame(64, 48), ...frame(16_000, 12_000), 0xff, 0xda, 0, 8]);
    expect(readImageSize('jpg', bytes)).toEqual({ width: 16_000, height: 12_000 });
  });

  it('does not know the size of sound', () => {
    expect(readImageSize('mp3', new Uint8Array(64))).toBeUndefined();
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('png', 'jpg', 'gif', 'webp'),
        fc.uint8Array({ maxLength: 200 }),
        (format, bytes) => {
          readImageSize(format, bytes);
        },
      ),
    );
  });
});
