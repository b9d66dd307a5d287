/**
 * The batch style: several files in one session, each with its own instruction and its own render.
 * `npx tsx examples/batch.ts photos/` makes one clip of each photo in the folder; they render side by side.
 */
import { existsSync } from 'node:fs';
import { basename, parse } from 'node:path';
import { argv } from 'node:process';
import { mediaFrom, NemoVideo } from 'nemovideo-sdk';
import { usage } from './support/usage.js';

const folder = argv[2] ?? 'photos';
if (!existsSync(folder)) usage('batch.ts <folder of photos>');
const nemo = new NemoVideo();
const session = await nemo.sessions.create({ taskName: `Clips of ${folder}` });
const media = await mediaFrom(folder);
const uploads = await session.upload(media, {
  onProgress: ({ loaded, total, file }) =>
    console.log(`uploading ${file}: ${loaded} of ${total ?? '?'} bytes`),
});

const downloads = [];
for (const { name } of uploads) {
  // One message at a time: the session has one timeline, and each instruction builds the next clip on it.
  await session.send(`Create a 5-second video of only "${name}" with the title "${parse(name).name}"`);
  // The export uses the draft as it is now, so the next message may go while this one renders.
  const job = await session.export();
  downloads.push(job.download(`${basename(name, parse(name).ext)}.mp4`));
}
for (const { path, bytes } of await Promise.all(downloads)) console.log(`${path}: ${bytes} bytes`);
