import { silentLogger } from '../../src/platform/logger.js';
import { Transport } from '../../src/transport/index.js';
import { VirtualClock } from './virtual-clock.js';

/** A request that reached the scripted service. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
  /** On the virtual clock, since the start. */
  readonly atMs: number;
}

/** Answers one request: JSON, a whole response, or an error to throw in place of an answer. */
export type Script = (request: ReceivedRequest) => unknown;

/** A service that answers as a test says, a transport to it, and the clock of both. */
export function scriptedService(script: Script): {
  readonly transport: Transport;
  readonly clock: VirtualClock;
  readonly received: ReceivedRequest[];
} {
  const clock = new VirtualClock();
  const begun = clock.now();
  const received: ReceivedRequest[] = [];
  const transport = new Transport({
    baseUrl: 'https://service.test',
    webUrl: 'https://web.test',
    fetch: async (request) => {
      const text = await request.text();
      const seen: ReceivedRequest = {
        method: request.method,
        path: new URL(request.url).pathname,
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
        atMs: clock.now() - begun,
      };
      received.push(seen);
      const answer = await script(seen);
      if (answer instanceof Error) throw answer;
      return answer instanceof Response ? answer : Response.json(answer);
    },
    middleware: [],
    attribution: { source: 'test', version: '1', platform: 'test' },
    requestTimeoutMs: 30_000,
    retry: { attempts: 3, minMs: 500, maxMs: 8_000, budgetMs: 60_000 },
    clock,
    logger: silentLogger,
  });
  return { transport, clock, received };
}

/** What `fetch` throws when the connection breaks after the request has left. */
export function reset(): TypeError {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
  });
}
