/** A worker of a soak. It is killed, or closes when its parent says so. */
import { argv } from 'node:process';
import { videoWorker } from '../../../src/bullmq/index.js';
import { NemoVideo } from '../../../src/index.js';
import { fastClock } from '../../support/fast-clock.js';
import { memory } from './memory.js';
import type { WorkerSettings } from './settings.js';

const { name, redisPort, baseUrl, token, folder, concurrency, stalledMs, speed }: WorkerSettings = JSON.parse(
  argv[2] ?? '',
);
// Time runs faster than the machine works: limits on answers that are on their way are as much longer.
const request = 5_000 * speed;
const worker = videoWorker({
  connection: { host: '127.0.0.1', port: redisPort },
  name,
  concurrency,
  folder,
  stalledMs,
  client: new NemoVideo({
    baseUrl,
    token,
    credentialStore: false,
    clock: fastClock(speed),
    timeouts: { request, uploadIdle: request },
    retry: { budgetMs: 2 * request },
  }),
});
const reports = setInterval(() => process.send?.(memory()), 2_000);
// Its parent was killed.
process.once('disconnect', process.exit);
process.once('message', async () => {
  process.off('disconnect', process.exit);
  await worker.close();
  clearInterval(reports);
  process.disconnect();
});
