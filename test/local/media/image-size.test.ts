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
