/**
 * `empty`, `video`, `ours`: so many jobs in one process; prints what each took. `worker`: works on a queue until it is ended.
 */
import { argv } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { type Job, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { videoQueue, videoWorker } from '../../src/bullmq/index.js';
import { NemoVideo } from '../../src/index.js';
import { fastClock } from '../../test/support/fast-clock.js';

const [kind = '', port = '', service = '', jobs = '', name = '', concurrency = '', limit = '', speed = ''] =
  argv.slice(2);
const [baseUrl = '', token = ''] = service.split(' ');
const connection = { host: '127.0.0.1', port: Number(port), maxRetriesPerRequest: null };
// Time runs faster than the machine works: only a dead service may be given up.
const HOUR = 3_600_000;
const client = new NemoVideo({
  baseUrl,
  token,
  credentialStore: false,
  clock: fastClock(Number(speed) || 100),
  timeouts: { request: HOUR, contentIdle: HOUR, run: HOUR, render: HOUR },
});
const REQUEST = { prompt: 'Create a 5-second promo for a mug with the title "Good morning"' };

if (kind === 'worker') {
  const worker = videoWorker({
    connection,
    client,
    name,
    concurrency: Number(concurrency),
    limit: { videos: Number(limit), perMs: 1_000 },
    creditsPerVideo: 0,
  });
  process.once('SIGTERM', async () => {
    await worker.close({ timeoutMs: 0 });
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1_000, rss: process.resourceUsage().maxRSS * 1024 });
    process.disconnect();
  });
} else {
  const redis = new Redis(connection);
  await redis.flushall();
  const before = await usage(redis);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  await (kind === 'ours' ? ours(Number(jobs)) : bare(Number(jobs), kind === 'video'));
  const seconds = (performance.now() - begun) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const after = await usage(redis);
  redis.disconnect();
  const each = (field: keyof typeof after): number => (after[field] - before[field]) / Number(jobs);
  console.log(
    JSON.stringify({
      'CPU ms': (user + system) / 1_000 / Number(jobs),
      'jobs/s': Number(jobs) / seconds,
      'Redis commands': each('commands'),
      'Redis KB in': each('in') / 1_000,
      'Redis KB out': each('out') / 1_000,
      'Redis KB kept': each('memory') / 1_000,
    }),
  );
}

/** Jobs of BullMQ that do nothing, or make a video and keep no checkpoint. */
async function bare(count: number, makesVideo: boolean): Promise<void> {
  const queue = new Queue('bare', { connection });
  await queue.addBulk(
    Array.from({ length: count }, (_, index) => ({
      name: 'video',
      data: { id: `video-${index}`, request: REQUEST },
      opts: { jobId: `video-${index}` },
    })),
  );
  const worker = new Worker(
    'bare',
    async (job: Job) => {
      if (!makesVideo) return {};
      const { sessionId, renderId, text, url } = await client.createVideo(job.data.request);
      return { sessionId, renderId, text, url };
    },
    { connection, concurrency: 8 },
  );
  while ((await queue.getCompletedCount()) < count) await setTimeout(20);
  await worker.close();
  await queue.close();
}

/** The same by a queue of videos. */
async function ours(count: number): Promise<void> {
  const queue = videoQueue({ connection });
  await queue.addBulk(
    Array.from({ length: count }, (_, index) => ({ id: `video-${index}`, request: REQUEST })),
  );
  const worker = videoWorker({ connection, client, concurrency: 8, creditsPerVideo: 0 });
  while ((await queue.counts()).completed < count) await setTimeout(20);
  await worker.close();
  await queue.close();
}

async function usage(redis: Redis) {
  const text = await redis.info();
  const number = (field: string): number => Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(text)?.[1]);
  return {
    commands: number('total_commands_processed'),
    in: number('total_net_input_bytes'),
    out: number('total_net_output_bytes'),
    memory: number('used_memory'),
  };
}
