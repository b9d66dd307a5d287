import { open } from 'node:fs/promises';
import type { MediaFormat, MediaKind } from '../../wire/media-types.js';

export { type MediaFormat, sniffFormat } from '../../wire/media-types.js';

/** The kind that a format usually holds. A container without pictures turns out to be audio when it is opened. */
export const KIND_OF_FORMAT: Readonly<Record<MediaFormat, MediaKind>> = {
  mp4: 'video',
  mov: 'video',
  avi: 'video',
  webm: 'video',
  mkv: 'video',
  jpg: 'image',
  png: 'image',
  gif: 'image',
  webp: 'image',
  mp3: 'audio',
  wav: 'audio',
  m4a: 'audio',
  aac: 'audio',
};

/** A signature takes a few bytes, but a JPEG's size is behind its thumbnail and colour profile. */
const HEAD_BYTES = 256 * 1024;

/** The beginning of a file, by which its format is known. */
export async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Width and height in pixels, as stored: an EXIF rotation is not looked at. */
export interface PixelSize {
  width: number;
  height: number;
}

/**
 * Reads a picture's size from its header, for machines without a decoder. Undefined where the header is cut off or
 * makes no sense.
 */
export function readImageSize(format: MediaFormat, bytes: Uint8Array): PixelSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = READERS[format]?.(view);
    return size && size.width > 0 && size.height > 0 ? size : undefined;
  } catch (error) {
    // A read past the end: the header is not whole.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const READERS: Readonly<Partial<Record<MediaFormat, (view: DataView) => PixelSize | undefined>>> = {
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  jpg: jpegSize,
  webp: webpSize,
};

/**
 * Walks the segments up to the pixels, and takes the largest frame header (SOF0 to SOF15, but not DHT, JPG and DAC, which
 * are among them): a decoder takes the last one.
 */
function jpegSize(view: DataView): PixelSize | undefined {
  let largest: PixelSize | undefined;
  for (let at = 2; at + 8 < view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker === START_OF_SCAN) break;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const size = { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
      if (size.width * size.height >= (largest ? largest.width * largest.height : 0)) largest = size;
    }
    at += 2 + view.getUint16(at + 2);
  }
  return largest;
}

const START_OF_SCAN = 0xda;

/** The three forms: lossy, lossless, extended. */
function webpSize(view: DataView): PixelSize | undefined {
  const form = String.fromCharCode(...[12, 13, 14, 15].map((at) => view.getUint8(at)));
  if (form === 'VP8 ') {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  if (form === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (form === 'VP8X') {
    const uint24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    return { width: uint24(24) + 1, height: uint24(27) + 1 };
  }
  return undefined;
}
