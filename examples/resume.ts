/**
 * A folder of photos becomes a vertical video of 15 seconds. Stop it at any moment, with Ctrl-C or `kill -9`, and run it
 * again: it continues where it stopped, and pays for nothing twice. `npx tsx examples/resume.ts photos`. Only where it says that
 * a message may have been lost, `--send-again` sends that again.
 */
import { basename, resolve } from 'node:path';
import { argv } from 'node:process';
import { fileCheckpoints, isAbortError, isNemoVideoError, NemoVideo } from 'nemovideo-sdk';
import { ProgressLine } from './support/progress-line.js';
import { usage } from './support/usage.js';

const folder = argv[2] ?? usage('resume.ts <folder of photos>');
const name = basename(resolve(folder));
const video = new NemoVideo().createVideo({
  media: folder,
  prompt: 'Create a promotional video of these photos',
  duration: 15,
  aspectRatio: '9:16',
  title: name,
  music: true,
  download: `${name}.mp4`,
  checkpoint: { store: fileCheckpoints('checkpoints'), id: name },
  sendAgain: argv.includes('--send-again'),
});
process.once('SIGINT', () => video.cancel());

const line = new ProgressLine();
try {
  for await (const { percent, message } of video) line.show(message, percent);
  line.clear();
  console.log((await video).path);
} catch (error) {
  line.clear();
  if (!isNemoVideoError(error)) throw error;
  console.error(`${error.message}. ${error.hint}`);
  process.exitCode = isAbortError(error) ? 130 : 1;
}
