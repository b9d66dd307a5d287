import { brotliDecompressSync, inflateSync } from 'node:zlib';

/** Answers whether a font has a picture for a character. */
export type Coverage = (codePoint: number) => boolean;

/**
 * Reads which characters a font covers, because the canvas does not tell: what it has no picture for it leaves out or
 * takes from whatever else is installed. Reads WOFF2 (W3C), WOFF, TrueType and OpenType, and the first font of a
 * collection.
 *
 * @throws when it is none of them, or damaged
 */
export function readCoverage(file: Buffer): Coverage {
  return readCharacterMap(findCharacterMap(file));
}

function findCharacterMap(file: Buffer): Buffer {
  switch (file.toString('latin1', 0, 4)) {
    case 'wOF2':
      return tableOfWoff2(file);
    case 'wOFF':
      return tableOfWoff(file);
    case 'ttcf':
      return tableOfSfnt(file, file.readUInt32BE(12));
    default:
      return tableOfSfnt(file, 0);
  }
}

function tableOfSfnt(file: Buffer, start: number): Buffer {
  const tables = file.readUInt16BE(start + 4);
  for (let entry = start + 12; entry < start + 12 + tables * 16; entry += 16) {
    if (file.toString('latin1', entry, entry + 4) === 'cmap') {
      const at = file.readUInt32BE(entry + 8);
      return file.subarray(at, at + file.readUInt32BE(entry + 12));
    }
  }
  throw new Error('it is not a font');
}

function tableOfWoff(file: Buffer): Buffer {
  const tables = file.readUInt16BE(12);
  for (let entry = 44; entry < 44 + tables * 20; entry += 20) {
    if (file.toString('latin1', entry, entry + 4) === 'cmap') {
      const at = file.readUInt32BE(entry + 4);
      const packed = file.subarray(at, at + file.readUInt32BE(entry + 8));
      return packed.length < file.readUInt32BE(entry + 12) ? inflateSync(packed) : packed;
    }
  }
  throw new Error('it is not a font');
}

/** WOFF2 writes well-known tags as numbers; of these only three matter here. */
const WOFF2_TAG = { cmap: 0, glyf: 10, loca: 11, other: 63 };

/** All tables lie in one compressed stream, one after the other in the order of the directory. */
function tableOfWoff2(file: Buffer): Buffer {
  let at = 48;
  /** A number in groups of seven bits, the highest first. */
  const readBase128 = (): number => {
    let value = 0;
    for (;;) {
      const byte = file.readUInt8(at++);
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  };
  let offset = 0;
  let found: { from: number; length: number } | undefined;
  for (let left = file.readUInt16BE(12); left > 0; left--) {
    const flags = file.readUInt8(at++);
    const tag = flags & 0x3f;
    const isCmap =
      tag === WOFF2_TAG.other ? file.toString('latin1', at, at + 4) === 'cmap' : tag === WOFF2_TAG.cmap;
    if (tag === WOFF2_TAG.other) at += 4;
    const length = readBase128();
    // Outlines are always transformed unless the version is 3; all else never unless it is not 0.
    const plain = tag === WOFF2_TAG.glyf || tag === WOFF2_TAG.loca ? 3 : 0;
    const stored = flags >> 6 === plain ? length : readBase128();
    if (isCmap) found = { from: offset, length };
    offset += stored;
  }
  if (!found) throw new Error('it is not a font');
  const tables = brotliDecompressSync(file.subarray(at, at + file.readUInt32BE(20)));
  return tables.subarray(found.from, found.from + found.length);
}

/** Reads the one subtable that covers the most: all of Unicode (format 12), else its first plane (format 4). */
function readCharacterMap(table: Buffer): Coverage {
  const subtables = Array.from({ length: table.readUInt16BE(2) }, (_, index) => {
    const at = table.readUInt32BE(4 + index * 8 + 4);
    return { at, format: table.readUInt16BE(at) };
  });
  const whole = subtables.find(({ format }) => format === 12);
  const plane = subtables.find(({ format }) => format === 4);
  if (whole) return rangesOfFormat12(table, whole.at);
  if (plane) return rangesOfFormat4(table, plane.at);
  throw new Error('its characters are listed in a form that is not understood');
}

function rangesOfFormat12(table: Buffer, at: number): Coverage {
  const ranges = Array.from({ length: table.readUInt32BE(at + 12) }, (_, index) => {
    const group = at + 16 + index * 12;
    return [table.readUInt32BE(group), table.readUInt32BE(group + 4)] as const;
  });
  return (code) => ranges.some(([from, to]) => from <= code && code <= to);
}

function rangesOfFormat4(table: Buffer, at: number): Coverage {
  const doubled = table.readUInt16BE(at + 6);
  const ends = at + 14;
  const starts = ends + doubled + 2;
  const deltas = starts + doubled;
  const offsets = deltas + doubled;
  return (code) => {
    if (code > 0xffff) return false;
    for (let index = 0; index < doubled; index += 2) {
      if (code > table.readUInt16BE(ends + index)) continue;
      const start = table.readUInt16BE(starts + index);
      if (code < start) return false;
      const offset = table.readUInt16BE(offsets + index);
      // Without an offset the picture's number is the code plus a delta; 0 is the box for what is missing.
      if (offset === 0) return ((code + table.readUInt16BE(deltas + index)) & 0xffff) !== 0;
      return table.readUInt16BE(offsets + index + offset + (code - start) * 2) !== 0;
    }
    return false;
  };
}
