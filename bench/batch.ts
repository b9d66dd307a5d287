/**
 * What a durable batch costs and how it grows. First, the cost of a job in one process of 8 at once: an empty job of BullMQ,
 * a job that makes a video and keeps nothing, and a job of `videoWorker`. Then the videos in a second, with more at once and
 * with more processes, up to the limit of the account (2 in a second).
 *
 * `tsx bench/batch.ts [--runs 5] [--jobs 100] [--only ours] [--part cost|throughput] [--speed 10]`; needs redis-server.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { videoQueue } from '../src/bullmq/index.js';
import { startRedis } from '../test/bullmq/support/redis-server.js';
import { built, compare, requested, startServer } from './harness.js';

const { runs, nodes, only, extra } = requested({ jobs: '100', part: '', speed: '10' });
/** Videos in a second that the account may begin: few, so that the machine is not the limit. */
const LIMIT = 2;
/** Videos at once in each worker, and how many workers. */
const SHAPES = [
  [1, 1],
  [8, 1],
  [64, 1],
  [8, 2],
  [8, 4],
  [64, 4],
] as const;

const redis = await startRedis();
const program = await built('batch/client.ts');
const server = await built('batch/server.ts');
try {
  if (extra.part !== 'throughput') await cost();
  if (extra.part !== 'cost') await throughput();
} finally {
  await redis.stop();
}

async function cost(): Promise<void> {
  const { child, url } = await startServer(server, ['Infinity']);
  try {
    await compare({
      title: `One job of ${extra.jobs}`,
      program,
      contenders: ['empty', 'video', 'ours'].filter((name) => only.length === 0 || only.includes(name)),
      args: [String(redis.port), url, extra.jobs],
      runs,
      nodes,
    });
  } finally {
    child.kill();
  }
}

async function throughput(): Promise<void> {
  console.log(`\nVideos in a second, with a limit of ${LIMIT}`);
  for (const [concurrency, workers] of SHAPES) {
    const { child, url } = await startServer(server, [extra.speed]);
    try {
      const { perSecond, cpuMs, rss } = await steady(concurrency, workers, url);
      console.log(
        `${workers} × ${String(concurrency).padEnd(3)} ${perSecond.toFixed(1).padStart(6)}/s   ${cpuMs.toFixed(0)} ms CPU of the workers a video, ${(rss / 1e6).toFixed(0)} MB each`,
      );
    } finally {
      child.kill();
    }
  }
}

/** The pace between the 10th and the 90th percent of the videos, so that neither start nor end counts. */
async function steady(concurrency: number, workers: number, service: string) {
  const name = `throughput-${concurrency}-${workers}`;
  const connection = { host: '127.0.0.1', port: redis.port };
  const queue = videoQueue({ connection, name });
  const count = Math.min(100, 8 * concurrency * workers);
  const prompt = 'Create a 5-second promo for a mug with the title "Good morning"';
  await queue.addBulk(Array.from({ length: count }, (_, index) => ({ id: `${index}`, request: { prompt } })));
  const crew = Array.from({ length: workers }, () =>
    fork(
      program,
      ['worker', String(redis.port), service, '', name, String(concurrency), String(LIMIT), extra.speed],
      { stdio: 'inherit', execArgv: [] },
    ),
  );
  const seen: { at: number; completed: number }[] = [];
  for (let completed = 0; completed < count; await setTimeout(50)) {
    ({ completed } = await queue.counts());
    seen.push({ at: performance.now(), completed });
  }
  const used = await Promise.all(
    crew.map(async (worker) => {
      const answer = once(worker, 'message');
      worker.kill('SIGTERM');
      const [{ cpuMs, rss }] = await answer;
      return { cpuMs: Number(cpuMs), rss: Number(rss) };
    }),
  );
  await queue.close();
  const first = seen.find(({ completed }) => completed >= count * 0.1);
  const last = seen.find(({ completed }) => completed >= count * 0.9);
  const perSecond =
    first && last ? ((last.completed - first.completed) / (last.at - first.at)) * 1_000 : Number.NaN;
  const cpuMs = used.reduce((sum, worker) => sum + worker.cpuMs, 0) / count;
  return { perSecond, cpuMs, rss: Math.max(...used.map(({ rss }) => rss)) };
}
