import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll } from 'vitest';
import type { LocalMedia } from '../../../../src/local/dialect.js';
import type { RenderProfile } from '../../../../src/local/renderer/job.js';
import { draftOf, upload } from './drafts.js';
import { type Drawn, drawAll } from './draw.js';
import { orient, testFolder, turnClip, writeClip, writePicture } from './files.js';

/** The colours of `red.png` and `blue.png`. */
export const RED = [204, 34, 34];
export const BLUE = [34, 34, 204];

/** Makes uploads for the tests of a file, and gives what draws a draft with them (and with these fonts, at this size). */
export function gallery(
  fonts: string[] = [],
  profile: RenderProfile = {},
): (...draft: Parameters<typeof draftOf>) => Promise<Drawn> {
  const folder = testFolder();
  const at = (name: string): string => join(folder, name);
  const media: LocalMedia[] = [
    ...[
      'red.png',
      'blue.png',
      'marked.png',
      'upright.jpg',
      'tall.png',
      'cut-out.png',
      'torn.jpg',
      'gone.jpg',
      'bomb.png',
    ].map((name) => upload(at(name), 'image')),
    upload(at('logo.png'), 'image', { width: 100, height: 100 }),
    upload(at('clip.mp4'), 'video'),
    upload(at('phone.mp4'), 'video'),
  ];
  beforeAll(async () => {
    await writePicture(at('red.png'), { color: '#cc2222' });
    await writePicture(at('blue.png'), { color: '#2222cc' });
    // Its left half is white, so that movement shows.
    await writePicture(at('marked.png'), {
      draw: (context) => {
        context.fillStyle = '#ffffff';
        context.fillRect(0, 0, 160, 180);
      },
    });
    // Stored lying, its right end green: to be shown upright with the green at the bottom.
    await writePicture(at('upright.jpg'), {
      draw: (context) => {
        context.fillStyle = '#00ff00';
        context.fillRect(240, 0, 80, 180);
      },
    });
    await orient(at('upright.jpg'), 6);
    await writePicture(at('tall.png'), { width: 90, height: 320 });
    await writePicture(at('logo.png'), { width: 100, height: 100, color: '#00ff00' });
    // A red product with nothing around it.
    await writePicture(at('cut-out.png'), {
      color: 'transparent',
      draw: (context) => {
        context.fillStyle = '#cc2222';
        context.fillRect(110, 40, 100, 100);
      },
    });
    await writeClip(at('clip.mp4'));
    await copyFile(at('clip.mp4'), at('phone.mp4'));
    await turnClip(at('phone.mp4'));
    await writePicture(at('whole.jpg'), {
      draw: (context) => {
        for (let x = 0; x < 320; x += 4) context.fillRect(x, (x * 7) % 180, 3, 40);
      },
    });
    // A small file that claims to be 60,000 pixels square.
    const bomb = await readFile(at('red.png'));
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    await writeFile(at('bomb.png'), bomb);
    const whole = await readFile(at('whole.jpg'));
    await writeFile(at('torn.jpg'), whole.subarray(0, whole.length * 0.6));
    // Two clips are encoded, which takes its time on a busy machine.
  }, 60_000);
  return (...draft) => drawAll(draftOf(...draft), media, fonts, profile);
}
