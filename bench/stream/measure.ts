/** Measures the streams and prints what they took: `<rounds>`. Built and run by `bench/sse.ts`, with its server beside it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { collectGarbage } from '../../test/support/collect-garbage.js';
import { median } from '../median.js';
import { type Contender, floor, kyAndParser, newRun, openai, ours } from './contenders.js';

/** What the service is recorded to send; and the smallest event there is, where the parsing weighs most. */
const FORMS = {
  adk: 'ADK events of 360 bytes: CPU per event (goal for ours: × 1.40)',
  simple: 'simplified events of 45 bytes: CPU per event (no goal)',
};
type Samples = Map<string, number[]>;

/** Measures every contender in turn, `rounds` times, so that a change of the machine's speed hits all of them. */
async function interleave(
  contenders: ReadonlyMap<string, Contender>,
  rounds: number,
  measure: (contender: Contender) => Promise<number>,
): Promise<Samples> {
  const samples: Samples = new Map([...contenders.keys()].map((name) => [name, []]));
  // The first rounds warm the compiler up.
  const warmUp = Math.ceil(rounds / 5);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [name, contender] of contenders) {
      const value = await measure(contender);
      if (round >= 0) samples.get(name)?.push(value);
    }
  }
  return samples;
}

/** In µs, of all threads of this process. */
async function cpuPerEvent(contender: Contender, url: string): Promise<number> {
  collectGarbage();
  let events = 0;
  const begun = process.cpuUsage();
  await contender(url, () => {
    events += 1;
    return true;
  });
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / events;
}

/** In µs. */
async function timeToFirstEvent(contender: Contender, url: string): Promise<number> {
  const begun = performance.now();
  let first = Number.NaN;
  await contender(url, () => {
    first = (performance.now() - begun) * 1_000;
    return true;
  });
  return first;
}

/** The heap after a collection, in MB, at every fifth of a stream; the answer itself is a part of it. */
async function heapOnTheWay(url: string): Promise<number[]> {
  const heaps: number[] = [];
  let events = 0;
  for await (const event of newRun(url)) {
    events += 1;
    if (event.type !== 'text' || events % 40_000 !== 0) continue;
    collectGarbage();
    heaps.push(process.memoryUsage().heapUsed / 1e6);
  }
  return heaps;
}

async function abortTime(url: string): Promise<number> {
  const stop = new AbortController();
  const result = newRun(url, stop.signal).result();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const begun = performance.now();
  stop.abort();
  await result.catch(() => {});
  return performance.now() - begun;
}

/** What it costs when nothing else on the machine is in the way: other load only ever adds. */
function best(samples: Samples, name: string): number {
  return Math.min(...(samples.get(name) ?? []));
}

const rounds = Number(process.argv[2]);
const server = fork(new URL('./bench-stream-server.mjs', import.meta.url));
try {
  const [port] = await once(server, 'message');
  const base = `http://127.0.0.1:${String(port)}`;
  const peer = await openai();
  const contenders = new Map<string, Contender>([
    ['raw fetch + split + JSON.parse', floor],
    ['ky + createParser', kyAndParser],
    ['ours', ours],
    ...(peer === undefined ? [] : [['openai', peer] as const]),
  ]);
  for (const [form, title] of Object.entries(FORMS)) {
    console.log(`\n200,000 ${title}, best of ${rounds}`);
    const samples = await interleave(contenders, rounds, (contender) =>
      cpuPerEvent(contender, `${base}/many/${form}`),
    );
    for (const name of samples.keys()) {
      const us = best(samples, name);
      const times = us / best(samples, 'raw fetch + split + JSON.parse');
      console.log(`  ${name.padEnd(32)} ${us.toFixed(2).padStart(6)} µs  × ${times.toFixed(2)}`);
    }
  }
  console.log('\nTime to the first event, median of 1,000 (goal for ours: +40 µs to ky + createParser)');
  const first = await interleave(contenders, 1_000, (contender) =>
    timeToFirstEvent(contender, `${base}/one/adk`),
  );
  const kyTime = median(first.get('ky + createParser') ?? []);
  for (const [name, values] of first) {
    const added = median(values) - kyTime;
    console.log(
      `  ${name.padEnd(32)} ${median(values).toFixed(0).padStart(6)} µs  ${added < 0 ? '' : '+'}${added.toFixed(0)} µs`,
    );
  }
  const heaps = await heapOnTheWay(`${base}/many/adk`);
  console.log(
    `\nHeap of ours at every fifth of the stream: ${heaps.map((mb) => mb.toFixed(1)).join(' · ')} MB`,
  );
  console.log(`An abort takes ${(await abortTime(`${base}/hang/adk`)).toFixed(1)} ms (goal: 50)`);
} finally {
  server.kill();
}
