import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import { readMultipart } from '../../../src/local/service/multipart.js';
import { type Clock, systemClock } from '../../../src/platform/clock.js';
import { silentLogger } from '../../../src/platform/logger.js';
import type { UploadTarget } from '../../../src/session/upload/upload-request.js';
import { type Fetch, Transport } from '../../../src/transport/index.js';

/** A file as it arrived. */
interface Arrived {
  readonly name: string;
  readonly bytes: number;
  readonly hash: string;
}

/** A request, whatever became of it. */
export interface Seen {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Files that arrived whole. */
  readonly files: Arrived[];
  json: unknown;
  /** Bytes of the body that arrived. */
  bytes: number;
  whole: boolean;
}

/** What the receiver does about one request, instead of answering it well. */
export type Trouble =
  /** All files are taken, and the connection breaks before the answer. */
  | { readonly lose: 'answer' }
  | { readonly resetAt: number }
  | { readonly answer: (response: ServerResponse) => void; readonly early?: boolean };

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/**
 * A service on a socket that takes uploads, and has trouble when a test says so.
 * @param kept the names of what the session holds
 * @param stateStatus the HTTP status under which it tells them
 */
export async function receiver(
  troubles: (Trouble | undefined)[] = [],
  kept: string[] = [],
  stateStatus = 200,
): Promise<{ url: string; seen: Seen[]; reads: () => number; close: () => void }> {
  const seen: Seen[] = [];
  let reads = 0;
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      reads += 1;
      return json(response, stateStatus, { code: 0, data: { state: { video_infos: kept.map(infoOf) } } });
    }
    const one: Seen = {
      path: request.url ?? '',
      headers: request.headers,
      files: [],
      json: undefined,
      bytes: 0,
      whole: false,
    };
    seen.push(one);
    const { socket } = request;
    take(request, response, one, troubles.shift(), kept).catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  cleanups.push(close);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    reads: () => reads,
    close,
  };
}

async function take(
  request: IncomingMessage,
  response: ServerResponse,
  seen: Seen,
  trouble: Trouble | undefined,
  kept: string[],
): Promise<void> {
  if (trouble !== undefined && 'answer' in trouble && trouble.early) {
    trouble.answer(response);
    request.resume();
    return;
  }
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of request) {
      seen.bytes += chunk.length;
      if (trouble !== undefined && 'resetAt' in trouble && seen.bytes >= trouble.resetAt) {
        throw new Error('reset');
      }
      yield chunk;
    }
  }
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of counted()) chunks.push(chunk);
    seen.json = JSON.parse(Buffer.concat(chunks).toString());
  } else {
    for await (const part of readMultipart(counted(), type)) {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of part.content) {
        bytes += chunk.byteLength;
        hash.update(chunk);
      }
      seen.files.push({ name: part.filename ?? '', bytes, hash: hash.digest('hex') });
    }
  }
  seen.whole = true;
  if (trouble !== undefined && 'resetAt' in trouble) throw new Error('reset');
  if (trouble !== undefined && 'answer' in trouble) return trouble.answer(response);
  const urls = seen.json === undefined ? [] : (seen.json as { urls: string[] }).urls;
  const files = [
    ...seen.files.map(({ name }) => infoOf(name)),
    ...urls.map((url) => ({ filename: 'remote.png', file_type: 'image/png', cdn_url: url })),
  ];
  kept.push(...files.map(({ filename }) => filename));
  if (trouble !== undefined) throw new Error('reset');
  json(response, 200, { code: 0, data: { files, session_state_applied: true } });
}

const infoOf = (name: string) => ({
  filename: name,
  cdn_url: `https://cdn.test/${encodeURIComponent(name)}`,
});

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Where to upload to, with retries that follow at once. */
export function targetAt(
  baseUrl: string,
  options: { fetch?: Fetch; clock?: Clock; minMs?: number; idleMs?: number; token?: string } = {},
): UploadTarget {
  const {
    fetch: send = (request) => fetch(request),
    clock = systemClock,
    minMs = 1,
    idleMs = 60_000,
  } = options;
  const settings = {
    baseUrl,
    webUrl: 'https://web.test',
    fetch: send,
    middleware: [],
    attribution: { source: 'test', version: '1', platform: 'test' },
    requestTimeoutMs: 30_000,
    retry: { attempts: 3, minMs, maxMs: minMs * 2, budgetMs: 60_000 },
    clock,
    logger: silentLogger,
  };
  const transport = new Transport(settings, {
    token: async () => options.token ?? 'nmv_usr_test',
    refused: () => false,
    identity: () => ({ anonymous: false }),
  });
  return { transport, settings: { idleMs }, sessionId: 'session-1' };
}
