import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Utf8Decoder } from '../../src/transport/utf8.js';

function decoded(pieces: readonly Uint8Array[]): string {
  const decoder = new Utf8Decoder();
  return pieces.map((piece) => decoder.decode(piece)).join('') + decoder.end();
}

/** What the platform's decoder makes of the whole. */
function expected(pieces: readonly Uint8Array[]): string {
  return new TextDecoder().decode(Buffer.concat(pieces));
}

/** Bytes as they come, right and wrong: whole characters, halves of them, byte order marks, anything. */
const bytes = fc.oneof(
  fc.string().map((text) => Buffer.from(text)),
  fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
  fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => Buffer.from(text).subarray(1)),
  fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => Buffer.from(text).subarray(0, -1)),
  fc.constantFrom([0xef, 0xbb, 0xbf], [0xef], [0xbb, 0xbf], [0xf0, 0x9f], [0x8e, 0xac], []).map(Buffer.from),
  fc.uint8Array({ maxLength: 12 }),
);

describe('the decoder of UTF-8', () => {
  it('gives of any pieces what the platform gives of the whole', () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 8 }), (pieces) => {
        expect(decoded(pieces)).toBe(expected(pieces));
      }),
      { numRuns: 3_000 },
    );
  });

  it('drops a byte order mark only where it is the first character', () => {
    const mark = Buffer.from('\uFEFF');
    expect(decoded([mark.subarray(0, 1), mark.subarray(1), mark, Buffer.from('a'), mark])).toBe(
      '\uFEFFa\uFEFF',
    );
  });

  it('gives every character as soon as its last byte is there', () => {
    const decoder = new Utf8Decoder();
    expect(decoder.decode(Buffer.from('a'))).toBe('a');
    const [film, rest] = [Buffer.from('🎬b').subarray(0, 3), Buffer.from('🎬b').subarray(3)];
    expect(decoder.decode(film)).toBe('');
    expect(decoder.decode(rest)).toBe('🎬b');
  });
});
