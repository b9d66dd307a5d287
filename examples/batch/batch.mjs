/**
 * A video of each product of a shop: `node batch.mjs products.csv videos`. Needs Redis on this machine (apt-get install
 * redis-server), which it starts itself. Ended at any point, the next start continues; no message is paid for twice.
 * `npm run build && npm install --prefix examples/batch && npm start --prefix examples/batch`
 */
import { setTimeout } from 'node:timers/promises';
import { NemoVideo } from 'nemovideo-sdk';
import { videoQueue, videoWorker } from 'nemovideo-sdk/bullmq';
import { products } from './products.mjs';
import { ProgressView } from './progress-view.mjs';
import { ownRedis } from './redis.mjs';

const [file = 'products.csv', folder = 'videos'] = process.argv.slice(2);
const redis = await ownRedis(`${folder}/.redis`);
const queue = videoQueue({ connection: redis.connection, budget: 20_000 });
// Videos of an earlier start are in the queue already, and are not added again.
console.log(`${await queue.addBulk(products(file))} products`);

const view = new ProgressView();
const worker = videoWorker({
  connection: redis.connection,
  client: new NemoVideo(),
  concurrency: 8,
  folder,
  // What a start that was killed had in work is continued after 5 to 10 seconds.
  stalledMs: 5_000,
  onProgress: (id, event) => view.see(id, event),
  // The place to move the file to object storage, or to write its address into the shop.
  onResult: (id) => view.forget(id),
});

let isStopped = false;
process.once('SIGINT', () => {
  isStopped = true;
});
for (let left = 1; left > 0 && !isStopped; await setTimeout(500)) {
  const counts = await queue.counts();
  view.draw(counts, await queue.steps());
  left = counts.active + counts.waiting;
}
await worker.close({ timeoutMs: 5_000 });

for await (const { id, parked } of queue.parked()) {
  if (parked.kind === 'question')
    console.log(`${id} asks: ${parked.question.questions.map(({ prompt }) => prompt).join(' ')}`);
  else console.log(`${id} waits for you (${parked.kind}): ${parked.reason ?? 'raise the budget'}`);
}
for await (const { id, reason } of queue.failed()) console.log(`${id} failed: ${reason}`);
await queue.close();
await redis.stop();
