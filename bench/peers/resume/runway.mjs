import { createWriteStream, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import RunwayML from '@runwayml/sdk';

const JOB = 'sea.job';
const client = new RunwayML();
if (!existsSync(JOB)) {
  const { id } = await client.textToVideo.create({
    model: 'veo3.1',
    promptText: 'A video about the sea',
    ratio: '1280:720',
  });
  writeFileSync(JOB, id);
}
const id = readFileSync(JOB, 'utf8');
process.once('SIGINT', async () => {
  await client.tasks.delete(id);
  rmSync(JOB);
  process.exit(130);
});
let task = await client.tasks.retrieve(id);
for (; ['PENDING', 'THROTTLED', 'RUNNING'].includes(task.status); task = await client.tasks.retrieve(id)) {
  console.log(task.status, task.progress ?? '');
  await setTimeout(5_000);
}
if (task.status !== 'SUCCEEDED') throw new Error(`${task.status}: ${task.failure}`);
const response = await fetch(task.output[0]);
if (!response.ok) throw new Error(`download: ${response.status}`);
await pipeline(response.body, createWriteStream('sea.mp4'));
rmSync(JOB);
console.log('sea.mp4');
