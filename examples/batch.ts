/**
 * A video of each photo in a folder, three at a time. Stopped and started again, it continues: finished videos are left
 * as they are, and nothing is paid for twice. `npx tsx examples/batch.ts photos`
 */
import { existsSync } from 'node:fs';
import { parse } from 'node:path';
import { argv } from 'node:process';
import { fileCheckpoints, isNemoVideoError, mediaFrom, NemoVideo } from 'nemovideo-sdk';
import { interrupted } from './support/interrupted.js';
import { usage } from './support/usage.js';

const folder = argv[2] ?? 'photos';
if (!existsSync(folder)) usage('batch.ts <folder of photos>');
const nemo = new NemoVideo();
const store = fileCheckpoints('checkpoints');

/** All workers take from the same iterator. */
const photos = (await mediaFrom(folder)).values();
async function worker(): Promise<void> {
  for (const photo of photos) {
    if (interrupted.aborted) return;
    const { name } = parse(String(photo));
    try {
      const { path, bytes } = await nemo.createVideo({
        media: photo,
        prompt: 'Create a video of this photo',
        duration: 5,
        title: name,
        download: `${name}.mp4`,
        checkpoint: { store, id: name },
        signal: interrupted,
      });
      console.log(`${path}: ${bytes} bytes`);
    } catch (error) {
      if (!isNemoVideoError(error)) throw error;
      console.error(`${name}: ${error.message}\n${error.hint}`);
      process.exitCode = 1;
    }
  }
}
await Promise.all([worker(), worker(), worker()]);
