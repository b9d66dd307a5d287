import { type Canvas, type Image, loadImage } from '@napi-rs/canvas';

/** File header and the fourth form of bitmap header, in bytes. */
const HEADER = 14 + 108;

/** What says in a bitmap that masks tell where red, green and blue lie. */
const BITFIELDS = 3;

/**
 * Takes what is on a canvas as a picture without transparency, which is drawn a fifth faster than the canvas: nothing
 * has to be mixed with what lies beneath. It goes through an uncompressed bitmap, which loses nothing.
 */
export function takeOpaque(canvas: Canvas): Promise<Image> {
  const { width, height } = canvas;
  const data = canvas.data();
  const header = Buffer.alloc(HEADER);
  header.write('BM', 0, 'latin1');
  header.writeUInt32LE(HEADER + data.length, 2);
  header.writeUInt32LE(HEADER, 10);
  header.writeUInt32LE(108, 14);
  header.writeInt32LE(width, 18);
  // Negative: the first row is the topmost.
  header.writeInt32LE(-height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(32, 28);
  header.writeUInt32LE(BITFIELDS, 30);
  for (const [index, mask] of [0x000000ff, 0x0000ff00, 0x00ff0000].entries()) {
    header.writeUInt32LE(mask, 54 + index * 4);
  }
  return loadImage(Buffer.concat([header, data]));
}
