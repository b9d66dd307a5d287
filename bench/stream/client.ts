/**
 * One contender of the stream benchmark: `client.mjs <contender> <url> <kind>` reads one stream to its result and prints
 * what it took as JSON. Every contender puts the whole text together, and prints its length on the way.
 */
import { createParser } from 'eventsource-parser';
import ky from 'ky';
import { NemoVideo } from '../../src/index.js';
import { runBody } from '../../src/wire/index.js';
import { type Measured, measure } from '../harness.js';
import { peer } from '../peers.js';

const [contender = '', url = '', kind = ''] = process.argv.slice(2);
const TOKEN = 'nmv_usr_bench';
const BODY = runBody('s1', 'Make a video of the city at night.');

/** What the contenders read of an event. */
interface TextEvent {
  readonly partial?: boolean;
  readonly content?: { readonly parts?: readonly { readonly text?: string }[] };
}

/** What a contender made of the stream, and what it keeps. */
interface Read {
  readonly text: string;
}

/** Puts the partial texts together; the whole text of a turn repeats them. */
class Text implements Read {
  text = '';

  add({ partial, content }: TextEvent): void {
    if (partial === true) this.text += content?.parts?.[0]?.text ?? '';
  }
}

function post(signal?: AbortSignal): Promise<Response> {
  return fetch(`${url}/${kind}/run_sse`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(BODY),
    ...(signal && { signal }),
  });
}

/** fetch, split at blank lines, JSON.parse. It reads nothing but what this server writes. */
async function floor(): Promise<Read> {
  const text = new Text();
  const { body } = await post();
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body ?? []) {
    const messages = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) text.add(JSON.parse(message.slice(6)));
  }
  return text;
}

/** ky and eventsource-parser, as one would write it by hand. */
async function kyAndParser(): Promise<Read> {
  const text = new Text();
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${TOKEN}` };
  const { body } = await ky.post(`${url}/${kind}/run_sse`, { json: BODY, headers, retry: 0, timeout: false });
  const decoder = new TextDecoder();
  const parser = createParser({ onEvent: ({ data }) => text.add(JSON.parse(data)) });
  for await (const chunk of body ?? []) parser.feed(decoder.decode(chunk, { stream: true }));
  return text;
}

async function ours(options: { readonly fetch?: typeof fetch } = {}): Promise<Read> {
  const nemo = new NemoVideo({ baseUrl: `${url}/${kind}`, token: TOKEN, credentialStore: false, ...options });
  return nemo.sessions
    .open({ sessionId: 's1', taskId: 't1' })
    .run('Make a video of the city at night.')
    .result();
}

/** What is used of anthropic and openai. */
type Client = new (
  options: object,
) => { post(path: string, options: object): Promise<AsyncIterable<TextEvent>> };

async function ofPeer(name: string, kindOfEvents: string): Promise<Read> {
  const text = new Text();
  const client = new (peer<Client>(name))({
    apiKey: TOKEN,
    baseURL: `${url}/${kindOfEvents}`,
    maxRetries: 0,
  });
  for await (const event of await client.post('/run_sse', { body: BODY, stream: true })) text.add(event);
  return text;
}

const CONTENDERS: Readonly<Record<string, () => Promise<Read>>> = {
  floor,
  'ky + eventsource-parser': kyAndParser,
  ours,
  anthropic: () => ofPeer('@anthropic-ai/sdk', `named-${kind}`),
  openai: () => ofPeer('openai', kind),
};

/** The longest time in which nothing else could run, from the last byte of the body to the result. */
async function blockAtEnd(
  run: (options: { readonly fetch: typeof fetch }) => Promise<Read>,
): Promise<Measured> {
  let endedAt = 0;
  const watched: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response;
    const reader = response.body?.getReader();
    const body = new ReadableStream({
      pull: async (controller) => {
        const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
        if (!done) return controller.enqueue(value);
        endedAt = performance.now();
        controller.close();
      },
    });
    return new Response(body, response);
  };
  let longest = 0;
  let last = performance.now();
  let running = true;
  const tick = (): void => {
    const now = performance.now();
    if (endedAt > 0) longest = Math.max(longest, now - Math.max(last, endedAt));
    last = now;
    if (running) setImmediate(tick);
  };
  tick();
  await run({ fetch: watched });
  await new Promise((done) => setImmediate(done));
  running = false;
  tick();
  return { 'longest block ms': longest, 'end to result ms': performance.now() - endedAt };
}

if (kind === 'answer') {
  console.log(JSON.stringify(await blockAtEnd(ours)));
} else {
  let length = 0;
  const measured = await measure(async () => {
    const read = await CONTENDERS[contender]?.();
    length = read?.text.length ?? Number.NaN;
    return read;
  });
  console.log(JSON.stringify({ ...measured, 'text KB': length / 1000 }));
}
