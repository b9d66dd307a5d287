/** Who takes part in the stream benchmark: each reads `<url>/run_sse` to its end and counts what it was given. */
import { createParser } from 'eventsource-parser';
import ky from 'ky';
import { DEFAULTS } from '../../src/options/client-options.js';
import { systemClock } from '../../src/platform/clock.js';
import { silentLogger } from '../../src/platform/logger.js';
import { Run, type RunSettings, StateBefore } from '../../src/run/index.js';
import { platformFetch, Transport } from '../../src/transport/index.js';
import { runBody } from '../../src/wire/index.js';

/** Reads a stream; `onEvent` is called for each event, and stops it by returning false. */
export type Contender = (url: string, onEvent: (event: unknown) => boolean) => Promise<void>;

const BODY = runBody('s1', 'hello');
const HEADERS = { accept: 'text/event-stream', authorization: 'Bearer nmv_usr_bench' };

/** The floor: fetch, split at blank lines, JSON.parse. It reads nothing but what this server writes. */
export const floor: Contender = async (url, onEvent) => {
  const stop = new AbortController();
  const response = await fetch(`${url}/run_sse`, {
    method: 'POST',
    headers: { ...HEADERS, 'content-type': 'application/json' },
    body: JSON.stringify(BODY),
    signal: stop.signal,
  });
  if (response.body === null) return;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body) {
    const messages = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      if (onEvent(JSON.parse(message.slice(6)))) continue;
      stop.abort();
      return;
    }
  }
};

/** ky and eventsource-parser with one iterator between them and the consumer: the way one would write it by hand. */
async function* messages(url: string, signal: AbortSignal): AsyncGenerator<unknown> {
  const response = await ky.post(`${url}/run_sse`, {
    json: BODY,
    headers: HEADERS,
    signal,
    retry: 0,
    timeout: false,
  });
  if (response.body === null) return;
  const decoder = new TextDecoder();
  const waiting: unknown[] = [];
  const parser = createParser({ onEvent: ({ data }) => void waiting.push(JSON.parse(data)) });
  for await (const chunk of response.body) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* waiting;
    waiting.length = 0;
  }
}

export const kyAndParser: Contender = async (url, onEvent) => {
  const stop = new AbortController();
  for await (const event of messages(url, stop.signal)) {
    if (onEvent(event)) continue;
    stop.abort();
    return;
  }
};

const transports = new Map<string, Transport>();

/** One for each address, as a client has it. */
function transportTo(url: string): Transport {
  const known = transports.get(url);
  if (known !== undefined) return known;
  const transport = new Transport(
    {
      baseUrl: url,
      webUrl: url,
      fetch: platformFetch,
      middleware: [],
      attribution: { source: 'bench', version: '0', platform: 'unknown' },
      requestTimeoutMs: 30_000,
      retry: { attempts: 3, minMs: 500, maxMs: 8_000, budgetMs: 60_000 },
      clock: systemClock,
      logger: silentLogger,
    },
    {
      token: async () => 'nmv_usr_bench',
      refused: () => false,
      identity: () => ({ anonymous: false }),
    },
  );
  transports.set(url, transport);
  return transport;
}

/** A run of this library as `session.run` makes it, with typed events. */
export function newRun(url: string, signal?: AbortSignal): Run {
  const run: RunSettings = {
    streamIdleMs: 240_000,
    contentIdleMs: 600_000,
    runMs: 900_000,
    recoveryDelaysMs: [30_000],
    stillWorkingMs: 120_000,
    maxLineLength: 8 * 1024 * 1024,
  };
  return Run.send(
    {
      id: 's1',
      taskId: undefined,
      _clientId: undefined,
      _context: { transport: transportTo(url), run, language: 'en', settle: DEFAULTS.settle },
      _before: new StateBefore(async () => ({})),
    },
    'hello',
    { signal },
  );
}

export const ours: Contender = async (url, onEvent) => {
  for await (const event of newRun(url)) if (!onEvent(event)) return;
};

/** The stream of the openai package, where `bench/peers` has it. */
export async function openai(): Promise<Contender | undefined> {
  try {
    // Not a dependency: resolved at run time, from a folder of its own.
    const specifier: string = '../bench/peers/node_modules/openai/index.mjs';
    const { default: OpenAI } = await import(specifier);
    return async (url, onEvent) => {
      const client = new OpenAI({ apiKey: 'nmv_usr_bench', baseURL: url, maxRetries: 0 });
      for await (const event of await client.post('/run_sse', { body: BODY, stream: true }))
        if (!onEvent(event)) return;
    };
  } catch {
    return undefined;
  }
}
