import { createWriteStream, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import Replicate from 'replicate';

const JOB = 'sea.job';
const replicate = new Replicate();
if (!existsSync(JOB)) {
  const { id } = await replicate.predictions.create({
    model: 'google/veo-3',
    input: { prompt: 'A video about the sea' },
  });
  writeFileSync(JOB, id);
}
const id = readFileSync(JOB, 'utf8');
process.once('SIGINT', async () => {
  await replicate.predictions.cancel(id);
  rmSync(JOB);
  process.exit(130);
});
const { status, error, output } = await replicate.wait(
  await replicate.predictions.get(id),
  {},
  async (now) => {
    console.log(now.status, now.logs?.split('\n').at(-1) ?? '');
    return false;
  },
);
if (status !== 'succeeded') throw new Error(`${status}: ${error}`);
const response = await fetch(output);
if (!response.ok) throw new Error(`download: ${response.status}`);
await pipeline(response.body, createWriteStream('sea.mp4'));
rmSync(JOB);
console.log('sea.mp4');
