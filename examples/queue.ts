/**
 * Thousands of videos by a queue: `npx tsx examples/queue.ts products.jsonl`, each line `{"id": …, "prompt": …, "media": …}`.
 * Needs Redis on this machine. Ended at any point, the next start continues; no message is paid for twice.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { NemoVideo } from 'nemovideo-sdk';
import { type QueuedVideo, videoQueue, videoWorker } from 'nemovideo-sdk/bullmq';

const [file = 'products.jsonl', folder = 'out/videos'] = process.argv.slice(2);
const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT ?? 6379) };
const queue = videoQueue({ connection });
const worker = videoWorker({ connection, client: new NemoVideo(), concurrency: 8, folder });
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());

async function* products(): AsyncIterable<QueuedVideo> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { id, ...request } = JSON.parse(line);
    yield { id, request: { duration: 15, aspectRatio: '9:16', ...request } };
  }
}

await queue.addBulk(products());
for (let left = 1; left > 0 && !stopping.signal.aborted; ) {
  const { completed, active, waiting, parked, failed } = await queue.counts();
  console.log(`${completed} done, ${active} in work, ${waiting} waiting, ${parked} parked, ${failed} failed`);
  left = active + waiting;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}
for await (const { id, parked } of queue.parked()) console.log(`${id} waits for you:`, parked);
await worker.close({ timeoutMs: 10_000 });
await queue.close();
