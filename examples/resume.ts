/**
 * A video that survives a crash: run it, kill it at any moment, run it again.
 * `npx tsx examples/resume.ts a.jpg b.jpg`
 */
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { NemoVideo, type VideoSnapshot } from 'nemovideo-sdk';

const STATE = 'video.json';

/** Written beside and renamed, so that a crash never leaves half a file. */
async function onCheckpoint(snapshot: VideoSnapshot): Promise<void> {
  await writeFile(`${STATE}.new`, JSON.stringify(snapshot));
  await rename(`${STATE}.new`, STATE);
}

const nemo = new NemoVideo();
const video = existsSync(STATE)
  ? nemo.openVideo(JSON.parse(await readFile(STATE, 'utf8')), { onCheckpoint })
  : nemo.createVideo({
      media: argv.slice(2),
      prompt: 'Create a 15-second promotional video with music and text overlays',
      download: 'promo.mp4',
      onCheckpoint,
    });

for await (const { percent, message } of video) console.log(`${percent} % ${message}`);
await rm(STATE, { force: true });
