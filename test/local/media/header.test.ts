import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readImageSize, sniffFormat } from '../../../src/local/media/header.js';
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

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

describe('sniffFormat', () => {
  it.each([
    ['jpg', bytes([0xff, 0xd8, 0xff, 0xe0])],
    ['png', bytes('\x89PNG\r\n\x1a\n')],
    ['gif', bytes('GIF89a')],
    ['webp', bytes('RIFF', [1, 0, 0, 0], 'WEBPVP8 ')],
    ['wav', bytes('RIFF', [1, 0, 0, 0], 'WAVEfmt ')],
    ['avi', bytes('RIFF', [1, 0, 0, 0], 'AVI LIST')],
    ['mp4', bytes([0, 0, 0, 32], 'ftypisom')],
    ['mov', bytes([0, 0, 0, 20], 'ftypqt  ')],
    ['mov', bytes([0, 0, 1, 0], 'moov')],
    ['m4a', bytes([0, 0, 0, 32], 'ftypM4A ')],
    ['webm', bytes([0x1a, 0x45, 0xdf, 0xa3], '....B\x82\x84webm')],
    ['mkv', bytes([0x1a, 0x45, 0xdf, 0xa3], '....B\x82\x88matroska')],
    ['mp3', bytes('ID3', [4, 0])],
    ['mp3', bytes([0xff, 0xfb, 0x90, 0x00])],
    ['aac', bytes([0xff, 0xf1, 0x50, 0x80])],
  ])('knows %s by its signature', (format, head) => {
    expect(sniffFormat(head)).toBe(format);
  });

  it.each([
    ['text', bytes('Dear customer, thank you')],
    ['nothing', bytes()],
    ['AVIF, which the service does not take', bytes([0, 0, 0, 28], 'ftypavif')],
    ['HEIC, which the service does not take', bytes([0, 0, 0, 28], 'ftypheic')],
    ['Ogg', bytes('OggS')],
    ['FLAC', bytes('fLaC')],
    ['a PDF', bytes('%PDF-1.7')],
    ['an HTML page', bytes('<!doctype html>')],
    ['UTF-16 text, whose mark looks like sound', bytes([0xff, 0xfe, 0x41, 0x00])],
  ])('takes %s for nothing', (_, head) => {
    expect(sniffFormat(head)).toBeUndefined();
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (head) => {
        sniffFormat(head);
      }),
    );
  });
});
