import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCoverage } from '../../../../src/local/render/text/font-file.js';

const inter = readFileSync('src/local/fonts/inter-latin-500-normal.woff2');
const noto = readFileSync('test/fixtures/fonts/noto-sans-sc-chinese-simplified-700-normal.woff2');

/** A font with nothing in it but its list of characters, in format 4: A to C, and the missing one that must be last. */
function characterMap(): Buffer {
  const words = [0, 1, 3, 1, 0, 12, 4, 32, 0, 4, 0, 0, 0, 0x43, 0xffff, 0, 0x41, 0xffff, 0xffc0, 1, 0, 0];
  const bytes = Buffer.alloc(words.length * 2);
  words.forEach((word, index) => {
    bytes.writeUInt16BE(word, index * 2);
  });
  return bytes;
}

function sfnt(table: Buffer): Buffer {
  const header = Buffer.alloc(28);
  header.writeUInt32BE(0x00010000, 0);
  header.writeUInt16BE(1, 4);
  header.write('cmap', 12, 'latin1');
  header.writeUInt32BE(28, 20);
  header.writeUInt32BE(table.length, 24);
  return Buffer.concat([header, table]);
}

function woff(table: Buffer): Buffer {
  const packed = deflateSync(table);
  const header = Buffer.alloc(64);
  header.write('wOFF', 0, 'latin1');
  header.writeUInt16BE(1, 12);
  header.write('cmap', 44, 'latin1');
  header.writeUInt32BE(64, 48);
  header.writeUInt32BE(packed.length, 52);
  header.writeUInt32BE(table.length, 56);
  return Buffer.concat([header, packed]);
}

const covered = (file: Buffer, characters: string): boolean[] => {
  const covers = readCoverage(file);
  return [...characters].map((character) => covers(character.codePointAt(0) ?? 0));
};

describe('readCoverage', () => {
  it('knows that the Latin font has é and an em dash, and neither Cyrillic nor Chinese', () => {
    expect(covered(inter, 'é—Я新')).toEqual([true, true, false, false]);
  });

  it('knows that the Chinese font has Chinese and its punctuation, and no Hangul', () => {
    expect(covered(noto, '新品上市，。한')).toEqual([true, true, true, true, true, true, false]);
  });

  it.each([
    ['TrueType', sfnt(characterMap())],
    ['WOFF', woff(characterMap())],
  ])('reads %s', (_, file) => {
    expect(covered(file, '@ABCD')).toEqual([false, true, true, true, false]);
  });

  it('throws at what is no font', () => {
    expect(() => readCoverage(Buffer.from('Dear customer, thank you for your letter'))).toThrow();
    expect(() => readCoverage(inter.subarray(0, 2000))).toThrow();
  });
});
