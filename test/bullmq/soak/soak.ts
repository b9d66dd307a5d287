/**
 * Thousands of videos by workers that are killed, a Redis that is killed and started again, and a service that fails: does
 * each video end, and is no message charged twice? `npx tsx test/bullmq/soak/soak.ts --jobs 2000`; `.ci/run` has a short
 * form. Half of the videos are made by a service that continues a run whose stream the client closes, half by one that
 * aborts it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exit, pid } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { type QueuedVideo, type VideoQueue, videoQueue } from '../../../src/bullmq/index.js';
import { bundleScripts } from '../../support/bundle-scripts.js';
import { png } from '../../support/pictures.js';
import { hasRedis, startRedis } from '../support/redis-server.js';
import { type Memory, memory } from './memory.js';
import {
  promptOf,
  type ServiceReady,
  type ServiceReport,
  type ServiceSettings,
  type Settings,
  type WorkerSettings,
} from './settings.js';

const DEFAULTS: Settings = {
  jobs: 2_000,
  seed: 1,
  workers: 4,
  concurrency: 8,
  killMs: 5_000,
  faults: 0.05,
  asks: 0.02,
  stalledMs: 30_000,
  speed: 25,
};

/** Errors after which nothing but a person can help. */
const PERMANENT = ['RunFailedError', 'NothingToExportError', 'RenderFailedError'];

if (!hasRedis) {
  console.log('SKIPPED: a soak needs redis-server (apt-get install redis-server)');
  exit(0);
}
const settings = readSettings();
/** The videos of one round. */
const JOBS = Math.ceil(settings.jobs / 2);
const folder = await mkdtemp(join(tmpdir(), 'nemovideo-soak-'));
const media = join(folder, 'photo.png');
await writeFile(media, png(32, 24, [200, 60, 40]));
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
// Where their packages are found.
const built = fileURLToPath(new URL(`../../../node_modules/.cache/soak-${pid}`, import.meta.url));
await bundleScripts([here('service.ts'), here('worker.ts')], built, { external: ['bullmq', 'ioredis'] });
function readSettings(): Settings {
  const names = Object.entries(DEFAULTS);
  const { values } = parseArgs({
    options: Object.fromEntries(
      names.map(([name, value]) => [name, { type: 'string', default: String(value) } as const]),
    ),
  });
  return { ...DEFAULTS, ...Object.fromEntries(names.map(([name]) => [name, Number(values[name])])) };
}

/** Makes all videos with one kind of service. Returns how many things are wrong. */
async function round(onDisconnect: 'continue' | 'abort'): Promise<number> {
  const begun = performance.now();
  const data = await mkdtemp(join(folder, 'round-'));
  let redis = await startRedis({ folder: data });
  const service = started('service.mjs', { ...settings, onDisconnect } satisfies ServiceSettings);
  const { baseUrl, token } = await reply<ServiceReady>(service);
  const name = `soak-${onDisconnect}`;
  const connection = { host: '127.0.0.1', port: redis.port };
  const videos = join(data, 'videos');
  const crew = new Crew({ ...settings, name, redisPort: redis.port, baseUrl, token, folder: videos });
  const queue = videoQueue({ connection, name });
  const watch = new Watch(queue, crew);
  try {
    await queue.addBulk(requests());
    crew.start();
    await watch.until((finished) => finished >= JOBS / 2);
    await redis.stop('SIGKILL');
    redis = await startRedis({ folder: data, port: redis.port });
    await watch.until((finished) => finished >= JOBS);
    await crew.close();
    const answer = reply<ServiceReport>(service);
    service.send('report');
    return await check({ onDisconnect, begun, queue, crew, watch, videos, connection, ...(await answer) });
  } finally {
    crew.kill();
    service.disconnect();
    await queue.close();
    await redis.stop();
  }
}

async function* requests(): AsyncIterable<QueuedVideo> {
  const each = Math.round(1 / settings.asks);
  for (let number = 1; number <= JOBS; number += 1) {
    const id = `job-${number}`;
    yield {
      id,
      request: { prompt: promptOf(id, number % each === 0), media },
      options: { backoff: { type: 'exponential', delay: 500 } },
    };
  }
}

/** The worker processes. All but the first are killed, one after the other, and replaced. */
class Crew {
  readonly #settings: WorkerSettings;
  readonly #members: ChildProcess[] = [];
  /** Those that have reported since they were started. */
  readonly #working = new Set<ChildProcess>();
  /** Of the first worker, all the time. */
  readonly memory: Memory[] = [];
  /** The most that any of the others had, in bytes. */
  peak = 0;
  kills = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(workers: WorkerSettings) {
    this.#settings = workers;
  }

  start(): void {
    for (let place = 0; place < settings.workers; place += 1) this.#hire(place);
    this.#timer = setInterval(() => this.#replace(), settings.killMs);
  }

  /** Lets all finish what they have, and fails when one does not end by itself. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(
      this.#members.map(async (member) => {
        member.send('close');
        const [code] = await once(member, 'exit');
        if (code !== 0) throw new Error(`a worker ended with ${code}`);
      }),
    );
  }

  kill(): void {
    clearInterval(this.#timer);
    for (const member of this.#members) member.kill('SIGKILL');
  }

  #hire(place: number): void {
    const member = started('worker.mjs', this.#settings);
    member.on('message', (report: Memory) => {
      this.#working.add(member);
      if (place === 0) this.memory.push(report);
      else this.peak = Math.max(this.peak, report.rss);
    });
    this.#members[place] = member;
  }

  /** Kills the next one, unless that is still starting. */
  #replace(): void {
    const place = 1 + (this.kills % (settings.workers - 1));
    const member = this.#members[place];
    if (member === undefined || !this.#working.delete(member)) return;
    this.kills += 1;
    member.kill('SIGKILL');
    this.#hire(place);
  }
}

/** Looks at the queue, and answers what is asked, as a person would. */
class Watch {
  readonly #queue: VideoQueue;
  readonly #crew: Crew;
  /** Of this process, all the time. */
  readonly memory: Memory[] = [];
  answered = 0;
  #shownAt = 0;

  constructor(queue: VideoQueue, crew: Crew) {
    this.#queue = queue;
    this.#crew = crew;
  }

  async until(isOver: (finished: number) => boolean): Promise<void> {
    for (;;) {
      const { completed, failed, parked, active, waiting } = await this.#queue.counts();
      const questions = await this.#answer();
      if (isOver(completed + failed + parked - questions)) return;
      this.memory.push(memory());
      if (performance.now() - this.#shownAt > 10_000) {
        this.#shownAt = performance.now();
        console.log(
          `${(performance.now() / 1_000).toFixed(0)} s: ${completed} delivered, ${failed} failed, ${parked} parked, ${active} in work, ${waiting} waiting; ${this.#crew.kills} kills; in use: first worker ${used(this.#crew.memory)}, producer ${used(this.memory)}`,
        );
      }
      await setTimeout(1_000);
    }
  }

  async #answer(): Promise<number> {
    let questions = 0;
    for await (const { id, parked } of this.#queue.parked()) {
      if (parked.kind !== 'question') continue;
      questions += 1;
      await this.#queue.answer(id, { style: 'calm' });
    }
    this.answered += questions;
    return questions;
  }
}

interface Ended extends ServiceReport {
  readonly onDisconnect: 'continue' | 'abort';
  readonly begun: number;
  readonly queue: VideoQueue;
  readonly crew: Crew;
  readonly watch: Watch;
  readonly videos: string;
  readonly connection: { readonly host: string; readonly port: number };
}

async function check(ended: Ended): Promise<number> {
  const { queue, charges, crew, watch } = ended;
  const wrong: string[] = [];
  const outcomes = new Map<string, number>();
  const count = (outcome: string): void => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const charged = (id: string): number =>
    Object.entries(charges).reduce(
      (sum, [text, times]) => sum + (text.includes(`${id}"`) || text.includes(`${id}?`) ? times : 0),
      0,
    );
  for (let number = 1; number <= JOBS; number += 1) {
    const id = `job-${number}`;
    const { status, parked, reason = '', result } = (await queue.get(id)) ?? { status: 'gone' };
    if (charged(id) > 1) wrong.push(`${id} was charged ${charged(id)} times, and is ${status}`);
    if (status === 'completed') {
      count('delivered');
      const size = await stat(result?.path ?? '').then(
        ({ size }) => size,
        () => -1,
      );
      if (size !== result?.bytes) wrong.push(`${id} has ${size} of ${result?.bytes} bytes`);
      if (charged(id) !== 1) wrong.push(`${id} was delivered and charged ${charged(id)} times`);
    } else if (status === 'parked') {
      count(`parked as ${parked?.kind}, ${charged(id) === 0 ? 'not ' : ''}charged`);
      if (parked?.kind !== 'unclear') wrong.push(`${id} is parked as ${parked?.kind}`);
    } else if (status === 'failed') {
      const kind = /^(\w+Error): .+\(.+\)$/s.exec(reason)?.[1];
      count(`failed with ${kind}`);
      if (kind === undefined || !PERMANENT.includes(kind)) wrong.push(`${id} failed: ${reason}`);
    } else wrong.push(`${id} is ${status}`);
  }
  const redis = new Redis(ended.connection);
  const kept = /used_memory:(\d+)/.exec(await redis.info('memory'))?.[1];
  redis.disconnect();
  const seconds = (performance.now() - ended.begun) / 1_000;
  console.log(
    `\nA service that ${ended.onDisconnect === 'abort' ? 'aborts' : 'continues'} a run whose stream is closed:`,
  );
  console.log(`  ${JOBS} videos in ${seconds.toFixed(0)} s, ${crew.kills} workers killed, Redis killed once`);
  for (const [outcome, times] of [...outcomes].sort()) console.log(`  ${times} ${outcome}`);
  console.log(`  ${watch.answered} questions answered`);
  console.log(`  requests: ${JSON.stringify(ended.requests)}`);
  console.log(`  faults: ${JSON.stringify(ended.faults)}`);
  console.log(`  Redis: ${(Number(kept) / JOBS / 1e3).toFixed(1)} KB a video`);
  console.log('  memory in the quarters of the time, in use (of the process):');
  console.log(`    the first worker ${quarters(crew.memory)}; the others at most ${megabytes(crew.peak)}`);
  console.log(`    the producer ${quarters(watch.memory)}`);
  for (const it of wrong.slice(0, 20)) console.log(`  WRONG: ${it}`);
  if (wrong.length > 20) console.log(`  and ${wrong.length - 20} more`);
  return wrong.length;
}

/** The medians of the four quarters of a time. */
function quarters(values: readonly Memory[]): string {
  const at = (index: number): number => Math.floor((index * values.length) / 4);
  return [0, 1, 2, 3]
    .map((index) => values.slice(at(index), Math.max(at(index + 1), at(index) + 1)))
    .map((part) => `${median(part.map(({ used }) => used))} (${median(part.map(({ rss }) => rss))})`)
    .join(' → ');
}

function median(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  return megabytes(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}

function used(values: readonly Memory[]): string {
  return megabytes(values.at(-1)?.used ?? Number.NaN);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function started(program: string, argument: object): ChildProcess {
  // Without the flags of this process: a loader would cost each start half a second.
  return fork(join(built, program), [JSON.stringify(argument)], { stdio: 'inherit', execArgv: [] });
}

async function reply<T>(child: ChildProcess): Promise<T> {
  const [message] = await once(child, 'message');
  return message;
}

let problems = 0;
console.log(JSON.stringify(settings));
try {
  for (const onDisconnect of ['continue', 'abort'] as const) problems += await round(onDisconnect);
} finally {
  await rm(folder, { recursive: true, force: true });
  await rm(built, { recursive: true, force: true });
}
exit(problems === 0 ? 0 : 1);
