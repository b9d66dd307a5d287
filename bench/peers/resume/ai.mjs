import { createWriteStream, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { experimental_getVideoStatus, experimental_startVideo } from 'ai';
import { model } from './ai-provider.mjs';

const JOB = 'sea.job';
if (!existsSync(JOB)) {
  const { operation } = await experimental_startVideo({ model, prompt: 'A video about the sea' });
  writeFileSync(JOB, JSON.stringify(operation));
}
const operation = JSON.parse(readFileSync(JOB, 'utf8'));
process.once('SIGINT', () => process.exit(130));
let video = await experimental_getVideoStatus(model, { operation });
for (; video.status === 'pending'; video = await experimental_getVideoStatus(model, { operation })) {
  console.log(video.status);
  await setTimeout(5_000);
}
if (video.status === 'error') throw new Error(video.error);
const response = await fetch(video.videos[0].url);
if (!response.ok) throw new Error(`download: ${response.status}`);
await pipeline(response.body, createWriteStream('sea.mp4'));
rmSync(JOB);
console.log('sea.mp4');
