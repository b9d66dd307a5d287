/**
 * The service of the stream benchmark, in a process of its own, so that its time is not the client's. Tells its port to
 * the parent. `POST /many/<form>/run_sse` streams 200,000 events as fast as they are taken; `/one/…` sends a single one
 * at once; `/hang/…` sends one and then stays silent.
 */
import { createServer, type ServerResponse } from 'node:http';

/** How many events a stream has. */
const EVENTS = 200_000;
/** The size of the pieces that are written: what a proxy hands on. */
const PIECE = 64 * 1024;

/** One event of each form: a partial text of an agent as in the recordings, and the smallest one of the wire. */
const FORMS: Readonly<Record<string, string>> = {
  adk: '{"invocationId":"e-93442af6-1706-48cf-a17a-404f273c8500","author":"nemo_agent","id":"nxRHppY4","actions":{"stateDelta":{},"artifactDelta":{},"requestedAuthConfigs":{},"requestedToolConfirmations":{}},"longRunningToolIds":[],"timestamp":1795328634702,"content":{"role":"model","parts":[{"text":"Creating "}]},"partial":true}',
  simple: '{"type":"text","content":"Creating "}',
};

const server = createServer((request, response) => {
  request.resume();
  const [, kind, form = ''] = (request.url ?? '').split('/');
  const event = Buffer.from(`data: ${FORMS[form] ?? '{}'}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (kind === 'many') writeAll(response, event);
  else if (kind === 'one') response.end(event);
  else response.write(event);
});

function writeAll(response: ServerResponse, event: Buffer): void {
  const perPiece = Math.floor(PIECE / event.length);
  const piece = Buffer.concat(Array.from({ length: perPiece }, () => event));
  let left = EVENTS;
  const write = (): void => {
    while (left > 0) {
      const count = Math.min(perPiece, left);
      left -= count;
      if (!response.write(piece.subarray(0, count * event.length))) {
        response.once('drain', write);
        return;
      }
    }
    response.end();
  };
  write();
}

// Longer than any pause between two rounds: a connection that is closed when it is used again fails a contender.
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : undefined);
});
