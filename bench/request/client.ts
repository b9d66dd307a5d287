/**
 * One contender of the small operations: `client.mjs <contender> <url> <rounds>` makes each of them so often, after a
 * warm-up, and prints the medians in µs as JSON.
 */
import ky from 'ky';
import { NemoVideo } from '../../src/index.js';
import { attributionHeaders } from '../../src/transport/attribution.js';
import { paths, runBody } from '../../src/wire/index.js';
import { median } from '../median.js';
import { peer } from '../peers.js';

const [contender = '', url = '', rounds = ''] = process.argv.slice(2);
const TOKEN = 'nmv_usr_bench';
const BODY = runBody('s1', 'Make a video of the city at night.');
const ATTRIBUTION = { source: 'bench', version: '0', platform: 'unknown' };

/** A small request, and a message until its first event. */
interface Operations {
  request(): Promise<unknown>;
  firstEvent(): Promise<unknown>;
}

/** What is used of openai. */
type OpenAI = new (
  options: object,
) => {
  get(path: string): Promise<unknown>;
  post(path: string, options: object): Promise<AsyncIterable<unknown>>;
};

const OPERATIONS: Readonly<Record<string, () => Operations>> = {
  floor: () => {
    const headers = { authorization: `Bearer ${TOKEN}` };
    const type = { 'content-type': 'application/json' };
    const message = { method: 'POST', headers: { ...headers, ...type }, body: JSON.stringify(BODY) };
    return {
      request: async () => (await fetch(`${url}${paths.credits}`, { headers })).json(),
      firstEvent: async () => (await fetch(`${url}/run_sse`, message)).text(),
    };
  },
  'ky, the same headers': () => {
    const headers = { authorization: `Bearer ${TOKEN}`, ...attributionHeaders(ATTRIBUTION) };
    return {
      request: () => ky(`${url}${paths.credits}`, { headers }).json(),
      firstEvent: () => ky.post(`${url}/run_sse`, { headers, json: BODY, retry: 0, timeout: false }).text(),
    };
  },
  ours: () => {
    const nemo = new NemoVideo({
      baseUrl: url,
      token: TOKEN,
      credentialStore: false,
      attribution: ATTRIBUTION,
    });
    return {
      request: () => nemo.credits.balance(),
      // With the state before the message, which is read first.
      firstEvent: () => firstOf(nemo.sessions.open({ sessionId: 's1', taskId: 't1' }).run('Make a video.')),
    };
  },
  openai: () => {
    const client = new (peer<OpenAI>('openai'))({ apiKey: TOKEN, baseURL: url });
    return {
      request: () => client.get(paths.credits),
      firstEvent: async () => firstOf(await client.post('/run_sse', { body: BODY, stream: true })),
    };
  },
};

/** Reads to the end, so that the connection is free for the next round; the answer is one event. */
async function firstOf(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events);
}

async function medianOf(operation: () => Promise<unknown>): Promise<number> {
  const values: number[] = [];
  const count = Number(rounds);
  for (let round = -Math.ceil(count / 4); round < count; round += 1) {
    const begun = performance.now();
    await operation();
    if (round >= 0) values.push((performance.now() - begun) * 1000);
  }
  return median(values);
}

const operations = OPERATIONS[contender]?.();
if (operations === undefined) throw new Error(`There is no contender ${JSON.stringify(contender)}.`);
const request = await medianOf(() => operations.request());
const firstEvent = await medianOf(() => operations.firstEvent());
console.log(JSON.stringify({ 'small request µs': request, 'message of one event µs': firstEvent }));
process.exit(0);
