/**
 * A thousand renders waited for by one process, against the local backend in another.
 * `tsx bench/jobs.ts [jobs]`: memory per job, requests per second against the pacer's limit,
 * and the delay of the event loop.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { NemoVideo, type Session } from 'nemovideo-sdk';
import { createLocalBackend } from 'nemovideo-sdk/local';
import { collectGarbage } from '../test/support/collect-garbage.js';
import { png } from '../test/support/pictures.js';

const LIMIT = { requestsPerSecond: 100, concurrency: 16 };

if (process.argv[2] === 'backend') await serve();
else await main(Number(process.argv[2] ?? 1_000));

/** The backend's process: writes its address and a token on its first line, and ends with its parent. */
async function serve(): Promise<void> {
  const backend = await createLocalBackend({ render: 'off', speed: 5 });
  await backend.listen();
  console.log(JSON.stringify({ baseUrl: backend.url, token: backend.issueToken({ credits: 1e9 }) }));
  await once(process.stdin.resume(), 'end');
  await backend.close();
}

async function main(jobs: number): Promise<void> {
  const self = fileURLToPath(import.meta.url);
  const backend = spawn(process.execPath, ['--import', 'tsx', self, 'backend'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const { baseUrl, token } = JSON.parse(String((await once(backend.stdout, 'data'))[0]));
    await measure(jobs, String(baseUrl), String(token));
  } finally {
    backend.stdin.end();
  }
}

async function measure(jobs: number, baseUrl: string, token: string): Promise<void> {
  let polls = 0;
  const perSecond = new Map<number, number>();
  const nemo = new NemoVideo({
    baseUrl,
    token,
    poll: LIMIT,
    middleware: [
      (request, next, { operation }) => {
        if (operation === 'render.poll') {
          polls += 1;
          const second = Math.floor(performance.now() / 1_000);
          perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
        }
        return next(request);
      },
    ],
  });
  const photo = png(32, 24, [200, 60, 40]);
  const sessions = await inBatches(Array.from({ length: jobs }), async () => {
    const session = await nemo.sessions.create();
    await session.upload({ name: 'photo.png', data: photo });
    await session.send('Create a 30-second video');
    return session;
  });
  console.log(`${jobs} sessions are ready`);

  const before = heapKilobytes();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const begun = performance.now();
  const results = await watchAll(sessions, () =>
    console.log(`memory per job: ${((heapKilobytes() - before) / jobs).toFixed(1)} KB (limit 20)`),
  );
  delay.disable();
  console.log(
    `finished: ${results.length} of ${jobs} in ${((performance.now() - begun) / 1000).toFixed(1)} s`,
  );
  console.log(
    `polls: ${polls}, at most ${Math.max(...perSecond.values())} a second (limit ${LIMIT.requestsPerSecond})`,
  );
  console.log(`event loop delay p99: ${(delay.percentile(99) / 1e6).toFixed(1)} ms (limit 50)`);
}

async function watchAll(sessions: readonly Session[], whileWaiting: () => void) {
  const jobs = await inBatches(sessions, (session) => session.export());
  const results = jobs.map((job) => job.result());
  whileWaiting();
  return Promise.all(results);
}

function heapKilobytes(): number {
  for (let turn = 0; turn < 3; turn += 1) collectGarbage();
  return process.memoryUsage().heapUsed / 1024;
}

/** A hundred at a time. */
async function inBatches<S, T>(items: readonly S[], make: (item: S) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let at = 0; at < items.length; at += 100) {
    made.push(...(await Promise.all(items.slice(at, at + 100).map(make))));
  }
  return made;
}
