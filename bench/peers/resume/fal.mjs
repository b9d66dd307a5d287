import { createWriteStream, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { fal } from '@fal-ai/client';

const MODEL = 'fal-ai/veo3';
const JOB = 'sea.job';
if (!existsSync(JOB)) {
  const { request_id } = await fal.queue.submit(MODEL, { input: { prompt: 'A video about the sea' } });
  writeFileSync(JOB, request_id);
}
const requestId = readFileSync(JOB, 'utf8');
process.once('SIGINT', async () => {
  await fal.queue.cancel(MODEL, { requestId });
  rmSync(JOB);
  process.exit(130);
});
await fal.queue.subscribeToStatus(MODEL, {
  requestId,
  logs: true,
  onQueueUpdate: ({ status, logs }) => console.log(status, logs?.at(-1)?.message ?? ''),
});
const { data } = await fal.queue.result(MODEL, { requestId });
const response = await fetch(data.video.url);
if (!response.ok) throw new Error(`download: ${response.status}`);
await pipeline(response.body, createWriteStream('sea.mp4'));
rmSync(JOB);
console.log('sea.mp4');
