/**
 * A video that survives a crash: run it, kill it at any moment, run it again.
 * `npx tsx examples/resume.ts a.jpg b.jpg`
 */
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { NemoVideo, type VideoSnapshot } from 'nemovideo-sdk';
import { usage } from './support/usage.js';

const STATE = 'video.json';

/** Written to a file beside it and renamed, so that a crash never leaves half a file. */
async function onCheckpoint(snapshot: VideoSnapshot): Promise<void> {
  await writeFile(`${STATE}.new`, JSON.stringify(snapshot));
  await rename(`${STATE}.new`, STATE);
}

const media = argv.slice(2);
if (media.length === 0 && !existsSync(STATE)) usage('resume.ts <file>…');

const nemo = new NemoVideo();
const video = existsSync(STATE)
  ? nemo.openVideo(JSON.parse(await readFile(STATE, 'utf8')), { onCheckpoint })
  : nemo.createVideo({
      media,
      prompt: 'Create a 15-second promotional video with music and text overlays',
      download: 'promo.mp4',
      onCheckpoint,
    });

for await (const { percent, message } of video) console.log(`${percent} % ${message}`);
await rm(STATE, { force: true });
