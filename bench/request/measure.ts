/** Makes the requests and prints what they took: `<rounds>`. Built and run by `bench/request.ts`: no loader stands in between. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import ky from 'ky';
import { attributionHeaders } from '../../src/transport/attribution.js';
import { paths } from '../../src/wire/index.js';
import { median } from '../median.js';

const BODY = '{"code":0,"data":{"available":100,"frozen":0,"total":100}}';
const TOKEN = 'nmv_usr_bench';
const ATTRIBUTION = { source: 'bench', version: '0', platform: 'unknown' };

/** Starts the server; it answers every request with the same small JSON. */
async function startServer(): Promise<{ readonly url: string; stop(): Promise<unknown> }> {
  const worker = new Worker(
    `const { createServer } = require('node:http');
     const { parentPort } = require('node:worker_threads');
     const body = ${JSON.stringify(BODY)};
     const server = createServer((request, response) => {
       request.resume();
       response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
       response.end(body);
     });
     server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
    { eval: true },
  );
  const [port] = await once(worker, 'message');
  return { url: `http://127.0.0.1:${String(port)}`, stop: () => worker.terminate() };
}

/** Our call, whole: token, attribution, deadline, retry rules, envelope, schema. */
async function ours(baseUrl: string): Promise<() => Promise<unknown>> {
  const specifier: string = '../dist/index.js';
  const { NemoVideo }: typeof import('nemovideo-sdk') = await import(specifier);
  const nemo = new NemoVideo({ baseUrl, token: TOKEN, credentialStore: false, attribution: ATTRIBUTION });
  return () => nemo.credits.balance();
}

/** The openai package's smallest call, where `bench/peers` has it. */
async function openai(baseUrl: string): Promise<(() => Promise<unknown>) | undefined> {
  try {
    // Not a dependency: resolved at run time, from a folder of its own.
    const specifier: string = '../bench/peers/node_modules/openai/index.mjs';
    const { default: OpenAI } = await import(specifier);
    const client = new OpenAI({ apiKey: TOKEN, baseURL: baseUrl });
    return () => client.get(paths.credits);
  } catch {
    return undefined;
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** The median of every way, in µs. */
async function measureRequests(rounds: number): Promise<ReadonlyMap<string, number>> {
  const server = await startServer();
  const url = `${server.url}${paths.credits}`;
  const headers = { authorization: `Bearer ${TOKEN}` };
  const attributed = { ...headers, ...attributionHeaders(ATTRIBUTION) };
  const peer = await openai(server.url);
  const ways: readonly (readonly [name: string, request: () => Promise<unknown>])[] = [
    ['raw fetch', async () => (await fetch(url, { headers })).json()],
    ['bare ky', () => ky(url, { headers }).json()],
    ['bare ky, the same headers', () => ky(url, { headers: attributed }).json()],
    ['ours', await ours(server.url)],
    ...(peer === undefined ? [] : [['openai', peer] as const]),
  ];
  const samples = new Map(ways.map(([name]): [string, number[]] => [name, []]));
  const warmUp = Math.ceil(rounds / 4);
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const [name, request] of shuffled(ways)) {
      const begun = performance.now();
      await request();
      // The first rounds warm the compiler up.
      if (round >= 0) samples.get(name)?.push((performance.now() - begun) * 1_000);
    }
  }
  await server.stop();
  return new Map([...samples].map(([name, values]) => [name, median(values)]));
}

const medians = await measureRequests(Number(process.argv[2]));
const floor = medians.get('raw fetch') ?? Number.NaN;
const bareKy = medians.get('bare ky') ?? Number.NaN;
for (const [name, us] of medians) {
  console.log(
    `${name.padEnd(26)} ${us.toFixed(0).padStart(5)} µs  × ${(us / floor).toFixed(2)} of raw fetch  ` +
      `${(us - bareKy >= 0 ? '+' : '') + (us - bareKy).toFixed(0)} µs to bare ky`,
  );
}
