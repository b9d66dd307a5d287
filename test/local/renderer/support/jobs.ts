import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll } from 'vitest';
import type { LocalTrack } from '../../../../src/local/dialect.js';
import type { RenderJobSpec } from '../../../../src/local/renderer/job.js';
import { base, draftOf, segment, shows, upload } from './drafts.js';
import { testFolder, writePicture } from './files.js';

/** What makes jobs for a file's tests: `red.jpg`, `blue.jpg`, `logo.png` and the damaged `torn.png` are there. */
export function jobs() {
  const folder = testFolder();
  const at = (name: string): string => join(folder, name);
  const media = [
    upload(at('red.jpg'), 'image'),
    upload(at('blue.jpg'), 'image'),
    upload(at('logo.png'), 'image', { width: 100, height: 100 }),
    upload(at('torn.png'), 'image'),
  ];
  beforeAll(async () => {
    await writePicture(at('red.jpg'), { color: '#cc2222' });
    await writePicture(at('blue.jpg'), { color: '#2222cc' });
    await writePicture(at('logo.png'), { width: 100, height: 100, color: '#00ff00' });
    await writeFile(at('torn.png'), (await readFile(at('logo.png'))).subarray(0, 60));
  });
  const job = (name: string, d: number, ...t: LocalTrack[]): RenderJobSpec => ({
    draft: draftOf(d, ...t),
    media,
    outPath: at(name),
    fonts: [],
    seed: 1,
    profile: { preset: 'ultrafast' },
  });
  /** A video so long that no test sees its end. */
  const endless = (name: string): RenderJobSpec =>
    job(name, 3_600_000, base(segment(0, 3_600_000, shows('red.jpg', { motion: 'zoom-in' }))));
  return { folder, job, endless };
}
