/**
 * A folder of photos, clips and music into a session, with a progress bar.
 * `npx tsx examples/upload-folder.ts photos/` uploads every accepted file of the folder, `2.jpg` before `10.jpg`.
 * Ctrl+C stops the upload at once.
 */
import { existsSync } from 'node:fs';
import { argv, exit } from 'node:process';
import { isAbortError, isNemoVideoError, mediaFrom, NemoVideo } from 'nemovideo-sdk';
import { interrupted } from './support/interrupted.js';
import { ProgressLine } from './support/progress-line.js';
import { usage } from './support/usage.js';

const folder = argv[2] ?? 'photos';
if (!existsSync(folder)) usage('upload-folder.ts <folder>');

const line = new ProgressLine();
try {
  const media = await mediaFrom(folder);
  const session = await new NemoVideo().sessions.create({ taskName: folder, signal: interrupted });
  const uploaded = await session.upload(media, {
    signal: interrupted,
    onProgress({ loaded, total, file }) {
      line.show(file, total === undefined ? undefined : (loaded / total) * 100);
    },
  });
  line.clear();
  for (const { name, kind, width, height } of uploaded) {
    console.log(name, kind, width === undefined ? '' : `${width}×${height}`);
  }
  console.log(`${uploaded.length} files are in session ${session.id}`);
} catch (error) {
  line.clear();
  if (isAbortError(error)) console.error('Stopped.');
  else if (isNemoVideoError(error)) console.error(`${error.message}\n${error.hint}`);
  else throw error;
  exit(1);
}
