/**
 * The service of the stream benchmark, in a process of its own: `server.mjs <events>`. `POST /<kind>/run_sse` sends the
 * events of a kind as fast as they are read; of `answer`, slowly enough that the client waits for it. Prints its address.
 */
import { createServer, type ServerResponse } from 'node:http';
import { draftEvents, textEvents, toolEvents } from '../inputs.js';

const count = Number(process.argv[2] ?? 200_000);

/** How many events of 84 characters are an answer of 100 KB. */
const ANSWER = 1200;

const KINDS: Readonly<Record<string, () => Iterable<string>>> = {
  ascii: () => textEvents(count, 'ascii', 1),
  chinese: () => textEvents(count, 'chinese', 2),
  tools: () => toolEvents(count / 5, 3, true),
  'tools-alone': () => toolEvents(count / 5, 4, false),
  drafts: () => draftEvents(100, 200, 5),
  answer: () => textEvents(ANSWER, 'ascii', 6),
  first: () => textEvents(1, 'ascii', 7),
};

/** The size of the pieces that are written: what a proxy passes on. */
const PIECE = 64 * 1024;

/** Of an answer that comes while it is written: a few events at a time, and not faster than a client reads them. */
const SMALL_PIECE = 1500;

const bodies = new Map<string, readonly Buffer[]>();

/** The body of a kind, made once; `named` also names each event, for peers that ignore those without a name. */
function bodyOf(kind: string): readonly Buffer[] {
  const known = bodies.get(kind);
  if (known !== undefined) return known;
  const name = kind.startsWith('named-') ? 'event: content_block_delta\n' : '';
  const list: Buffer[] = [];
  let waiting = '';
  for (const event of KINDS[kind.replace('named-', '')]?.() ?? []) {
    waiting += `${name}data: ${event}\n\n`;
    if (waiting.length < (kind === 'answer' ? SMALL_PIECE : PIECE)) continue;
    list.push(Buffer.from(waiting));
    waiting = '';
  }
  list.push(Buffer.from(waiting));
  bodies.set(kind, list);
  return list;
}

async function send(response: ServerResponse, kind: string): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const piece of bodyOf(kind)) {
    if (response.destroyed) return;
    if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve));
    if (kind === 'answer') await new Promise((resolve) => setTimeout(resolve, 10));
  }
  response.end();
}

const server = createServer((request, response) => {
  request.resume();
  const [, kind = '', path] = (request.url ?? '').split('/');
  if (path === 'run_sse') {
    void send(response, kind);
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"code":0,"data":{"state":{"video_infos":[],"generated_media":[]}}}');
});

server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
});
