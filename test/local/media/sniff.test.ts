import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sniffFormat } from '../../../src/local/media/sniff.js';

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
