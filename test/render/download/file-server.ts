import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { type Clock, systemClock } from '../../../src/platform/clock.js';
import { silentLogger } from '../../../src/platform/logger.js';
import { Pacer } from '../../../src/render/pacer.js';
import type { RenderContext } from '../../../src/render/poll.js';
import { guidedSchedule } from '../../../src/render/schedule.js';
import { type Fetch, Transport } from '../../../src/transport/index.js';

/** A file as a server has it, and how the server behaves. */
export interface Served {
  bytes: Uint8Array;
  etag?: string | undefined;
  lastModified?: string;
  /** Bytes of each answer after which the connection dies; the first is for the first answer. */
  drops?: number[];
  /**
   * How many bytes of the file the client has put away: a connection dies when all that was sent on it is there, since
   * a client drops what it has received and not read yet. Without it, it dies as soon as the bytes have left.
   */
  kept?: (() => number) | undefined;
  /** False: always the whole file. */
  ranges?: boolean;
  /** False: in chunks, without a length. */
  length?: boolean;
  /** Answers in place of the file, one request each; undefined for the file. */
  instead?: (((request: IncomingMessage, response: ServerResponse) => void) | undefined)[];
}

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A server of one file at every path. */
export async function fileServer(served: Served) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const instead = served.instead?.shift();
    if (instead !== undefined) instead(request, response);
    else give(served, request, response);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  cleanups.push(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, served, close };
}

function give(served: Served, request: IncomingMessage, response: ServerResponse): void {
  const { bytes, etag, lastModified, ranges = true, length = true } = served;
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  const validator = etag ?? lastModified;
  const partial = ranges && asked !== undefined && request.headers['if-range'] === validator;
  const from = partial ? Number(asked) : 0;
  if (from >= bytes.length && partial) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    return;
  }
  const body = bytes.subarray(from);
  response.writeHead(partial ? 206 : 200, {
    'content-type': 'video/mp4',
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { 'last-modified': lastModified }),
    ...(length ? { 'content-length': body.length } : {}),
    ...(partial ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
  });
  const drop = served.drops?.shift();
  if (drop === undefined) {
    response.end(body);
    return;
  }
  response.flushHeaders();
  const die = (): void => {
    const arrived = served.kept === undefined || served.kept() >= from + drop;
    if (arrived || response.destroyed) response.socket?.destroy();
    else setImmediate(die);
  };
  // Only when it has left: a socket that is destroyed forgets what it has not sent.
  response.write(body.subarray(0, drop), () => setImmediate(die));
}

/** The service at `baseUrl`, with retries that follow at once. */
export function contextAt(
  baseUrl: string,
  options: { fetch?: Fetch; clock?: Clock; idleMs?: number; token?: string; minMs?: number } = {},
): RenderContext {
  const {
    fetch: send = (request) => fetch(request),
    clock = systemClock,
    idleMs = 60_000,
    minMs = 1,
  } = options;
  const transport = new Transport(
    {
      baseUrl,
      webUrl: 'https://web.test',
      fetch: send,
      middleware: [],
      attribution: { source: 'test', version: '1', platform: 'test' },
      requestTimeoutMs: 30_000,
      retry: { attempts: 3, minMs, maxMs: minMs * 2, budgetMs: 60_000 },
      clock,
      logger: silentLogger,
    },
    {
      token: async () => options.token ?? 'nmv_usr_secret',
      refused: () => false,
      identity: () => ({ anonymous: false }),
    },
  );
  const pacer = new Pacer({ requestsPerSecond: 20, concurrency: 8 }, clock);
  const schedule = guidedSchedule;
  return {
    transport,
    settings: { minMs: 1, maxMs: 2, schedule, pacer, timeoutMs: 900_000, downloadIdleMs: idleMs },
  };
}

/** Bytes in which no two parts are alike. */
export function videoOf(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) bytes[at] = (at * 31 + (at >> 8) * 7) & 0xff;
  return bytes;
}
