/** Queues 20,000 rows of a file as the example of a batch does, and prints how much memory was in use meanwhile. */
import { createWriteStream } from 'node:fs';
import { argv } from 'node:process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type QueuedVideo, videoQueue } from '../../src/bullmq/index.js';
import { startRedis } from '../bullmq/support/redis-server.js';
import { collectGarbage } from '../support/collect-garbage.js';

const [kind = 'csv', reader = ''] = argv.slice(2);
const file = `rows.${kind}`;
function* lines(): Iterable<string> {
  if (kind === 'csv') yield 'id,prompt,photos,seconds,shape\n';
  for (let row = 1; row <= 20_000; row += 1) {
    const prompt = `A promo for product ${row}, "the best" of its kind; with many words about how good it is`;
    if (kind === 'csv') yield `p-${row},"${prompt.replaceAll('"', '""')}",photos/${row}.jpg,15,9:16\n`;
    else yield `${JSON.stringify({ id: `p-${row}`, prompt, photos: `photos/${row}.jpg`, seconds: '15' })}\n`;
  }
}
await pipeline(Readable.from(lines()), createWriteStream(file));

const { products }: { products(file: string): AsyncIterable<QueuedVideo> } = await import(reader);
const heap: number[] = [];
async function* watched(): AsyncIterable<QueuedVideo> {
  let row = 0;
  for await (const product of products(file)) {
    yield product;
    row += 1;
    if (row % 2_000 !== 0) continue;
    for (let turn = 0; turn < 3; turn += 1) collectGarbage();
    heap.push(process.memoryUsage().heapUsed);
  }
}
const redis = await startRedis();
const queue = videoQueue({ connection: { host: '127.0.0.1', port: redis.port } });
const count = await queue.addBulk(watched());
const { waiting: jobs } = await queue.counts();
await queue.close();
await redis.stop();
console.log(JSON.stringify({ count, jobs, heap }));
