import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import {
  type QueuedVideoState,
  type VideoQueue,
  type VideoQueueOptions,
  type VideoWorker,
  type VideoWorkerOptions,
  videoQueue,
  videoWorker,
} from '../../../src/bullmq/index.js';
import { NemoVideo, type NemoVideoOptions } from '../../../src/index.js';
import { createLocalBackend, type LocalBackend } from '../../../src/local/index.js';
import { fastClock } from '../../support/fast-clock.js';

/** What the tests of batches share: a backend that is instant and does not render, and a queue on a server of Redis. */
export interface Batch extends AsyncDisposable {
  readonly backend: LocalBackend;
  readonly queue: VideoQueue;
  /** The same queue, as BullMQ shows it. */
  readonly jobs: Queue;
  readonly folder: string;
  client(options?: NemoVideoOptions): NemoVideo;
  worker(options?: Partial<VideoWorkerOptions>): VideoWorker;
}

const HOUR = 3_600_000;
/** Time runs faster than the machine works: only a dead service is given up, after half an hour of the machine. */
const LONG = 500 * HOUR;
let queues = 0;

/** A batch with a queue of its own on the server. */
export async function batch(port: number, options: Partial<VideoQueueOptions> = {}): Promise<Batch> {
  const backend = await createLocalBackend({ render: 'off', speed: Number.POSITIVE_INFINITY, credits: 1e9 });
  const connection = { host: '127.0.0.1', port };
  queues += 1;
  const name = `test-${process.pid}-${queues}`;
  const queue = videoQueue({ connection, name, ...options });
  const jobs = new Queue(name, { connection });
  const workers: VideoWorker[] = [];
  const token = backend.issueToken({ credits: 1e9 });
  const client = (more: NemoVideoOptions = {}): NemoVideo =>
    new NemoVideo({
      baseUrl: backend.url,
      fetch: backend.fetch,
      token,
      clock: fastClock(1_000),
      timeouts: { request: LONG, uploadIdle: LONG, contentIdle: LONG, run: LONG, render: LONG },
      retry: { budgetMs: HOUR },
      ...more,
    });
  return {
    backend,
    queue,
    jobs,
    folder: mkdtempSync(join(tmpdir(), 'nemovideo-batch-')),
    client,
    worker(more = {}) {
      const worker = videoWorker({ connection, name, client: client(), concurrency: 4, ...more });
      workers.push(worker);
      return worker;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.close({ timeoutMs: 0 })));
      await Promise.all([queue.close(), jobs.close()]);
      await backend.close();
    },
  };
}

/** Looks again and again until `look` returns something. */
export async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** How many messages were charged. */
export function messages(backend: LocalBackend): number {
  return backend.requests.filter(({ path }) => path === '/run_sse').length;
}

/** Waits for a video to be in a state, and returns how it is then. */
export function untilStatus(
  queue: VideoQueue,
  id: string,
  status: QueuedVideoState['status'],
): Promise<QueuedVideoState> {
  return until(async () => {
    const now = await queue.get(id);
    return now?.status === status && now;
  });
}
