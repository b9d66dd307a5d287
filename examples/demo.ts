/**
 * The main job, offline: `npm run demo [-- your files… "your prompt"]`.
 *
 * Starts the local backend on loopback, hands five product photos and a logo (or your files) to `createVideo`, shows
 * what happens, prints the timeline, and leaves the MP4 and a contact sheet of it in `out/`.
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { argv, env, exit, stdout } from 'node:process';
import { isNemoVideoError, NemoVideo, type Timeline, timelineANSI } from 'nemovideo-sdk';
import { contactSheet, createLocalBackend } from 'nemovideo-sdk/local';
import { PRODUCT_PHOTOS } from './support/product-photos.js';
import { ProgressLine } from './support/progress-line.js';

const PROMPT = 'Create a 30-second promotional video with music and the title "Made by hand"';

/** What the arguments say: whatever names a file or folder, or looks like one, is media; the rest is the prompt. */
function readArguments(words: readonly string[]): { media: string[]; prompt: string } {
  const media: string[] = [];
  const prompt: string[] = [];
  for (const word of words) {
    if (existsSync(word) || /^https?:\/\/|^\S*[\\/]\S*$|^\S+\.[a-z0-9]{2,4}$/i.test(word)) media.push(word);
    else prompt.push(word);
  }
  return { media, prompt: prompt.join(' ') || PROMPT };
}

async function demo(): Promise<void> {
  const begun = performance.now();
  const { media, prompt } = readArguments(argv.slice(2));
  if (media.length === 0) media.push(...PRODUCT_PHOTOS);
  await using backend = await createLocalBackend({ seed: 7 });
  await backend.listen();
  // The demo never reads or writes your own credentials.
  const nemo = new NemoVideo({ baseUrl: backend.url, credentialStore: false });
  await mkdir('out', { recursive: true });

  console.log(`“${prompt}” with ${media.length} ${media.length === 1 ? 'file' : 'files'}\n`);
  const video = nemo.createVideo({ media, prompt, download: 'out/promo.mp4' });
  const line = new ProgressLine();
  let timeline: Timeline | undefined;
  for await (const event of video) {
    line.show(`${event.phase}: ${event.message}`, event.percent);
    timeline = event.timeline ?? timeline;
  }
  line.clear();
  const result = await video;
  await contactSheet('out/promo.mp4', 'out/promo-contact-sheet.png', { columns: 4, count: 12 });

  console.log(`\n${result.text}\n\n${result.timeline.toString()}\n`);
  const width = Math.min(stdout.columns || 100, 120);
  const color = stdout.isTTY === true && !env.NO_COLOR;
  console.log(timelineANSI(result.timeline, { width, color }));
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`\nout/promo.mp4                ${(result.bytes / 1e6).toFixed(1)} MB`);
  console.log(`out/promo-contact-sheet.png  frames side by side`);
  console.log(`${seconds} s in all`);
}

try {
  await demo();
} catch (error) {
  if (!isNemoVideoError(error)) throw error;
  console.error(`\n${error.name}: ${error.message}. ${error.hint}`);
  exit(1);
}
