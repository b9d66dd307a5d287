import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { contactSheet } from '../../../src/local/renderer/contact-sheet.js';
import { testFolder, writeClip } from './support/files.js';

const folder = testFolder();

describe('contactSheet', () => {
  it('puts frames of the whole video side by side in reading order', async () => {
    const clip = await writeClip(join(folder, 'clip.mp4'), { colors: ['#ff0000', '#00ff00', '#0000ff'] });
    const sheetPath = join(folder, 'sheet.png');
    await contactSheet(clip, sheetPath, { columns: 2, count: 3, frameWidth: 160 });
    const sheet = await loadImage(sheetPath);
    expect([sheet.width, sheet.height]).toEqual([2 * 168 + 8, 2 * 98 + 8]);
    const context = createCanvas(sheet.width, sheet.height).getContext('2d');
    context.drawImage(sheet, 0, 0);
    const strongest = (x: number, y: number): number => {
      const [red = 0, green = 0, blue = 0] = context.getImageData(x, y, 1, 1).data;
      return [red, green, blue].indexOf(Math.max(red, green, blue));
    };
    expect([strongest(88, 50), strongest(256, 50), strongest(88, 150)]).toEqual([0, 1, 2]);
  });

  it('refuses what is no video', async () => {
    const note = join(folder, 'note.mp4');
    await writeFile(note, 'Dear customer');
    await expect(contactSheet(note, join(folder, 'none.png'))).rejects.toMatchObject({ reason: 'media' });
  });
});
