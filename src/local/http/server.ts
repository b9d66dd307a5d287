import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { OptionError } from '../../errors/index.js';
import { codeOf } from '../../platform/files.js';
import { isLoopback } from './cors.js';
import { ConnectionLost } from './exchange.js';
import type { Handle } from './in-process.js';

/** A backend that listens. */
export interface Listener {
  readonly port: number;
  /** The address that reaches it from this machine, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `handle` on a socket. Port 0 takes a free one. Web pages of other origins than `allows` get no answer. */
export async function listen(
  handle: Handle,
  port: number,
  host: string,
  allows: (origin: string) => boolean,
): Promise<Listener> {
  const guard = { allows, loopbackOnly: isLoopback(host) };
  const server = createServer((incoming, outgoing) => void serve(handle, incoming, outgoing, guard));
  // The default of five minutes for a whole request would cut off slow uploads of 500 MB.
  server.requestTimeout = 0;
  server.on('clientError', (_, socket) => socket.destroy());
  const bound = await bind(server, port, host);
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return {
    port: bound,
    url: `http://${name.includes(':') ? `[${name}]` : name}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function bind(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (cause: Error): void => reject(notListening(cause, port, host));
    server.once('error', onError);
    server.listen(port, host, () => {
      server.removeListener('error', onError);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Why nothing listens there, as an error of the option that a person can change. */
function notListening(cause: Error, port: number, host: string): OptionError {
  const code = codeOf(cause);
  switch (code) {
    case 'EADDRINUSE': {
      const hint = 'Pass 0 as `port` to take a free one, or another.';
      return new OptionError({ field: 'port', accepted: `free, and ${port} is in use`, hint, cause });
    }
    case 'EACCES': {
      const hint = 'Pass a `port` from 1024, or 0 to take a free one.';
      const accepted = `one that this user may listen on, unlike ${port}`;
      return new OptionError({ field: 'port', accepted, hint, cause });
    }
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EADDRNOTAVAIL':
    case 'EINVAL': {
      const hint =
        'Leave it out to be reached from this machine only, or pass 0.0.0.0 to be reached from others.';
      const what = code === 'ENOTFOUND' || code === 'EAI_AGAIN' ? 'is unknown' : 'is not one';
      const accepted = `a name or an address of this machine, and ${JSON.stringify(host)} ${what}`;
      return new OptionError({ field: 'host', accepted, hint, cause });
    }
    default: {
      const accepted = `possible at ${host}:${port}, where the system says ${code ?? cause.message}`;
      return new OptionError({ field: 'listen', accepted, hint: 'Pass another `host` or `port`.', cause });
    }
  }
}

/** Who may ask. */
interface Guard {
  readonly allows: (origin: string) => boolean;
  /** Bound to this machine alone: then a name that is not this machine's was made to lead here, by a web page. */
  readonly loopbackOnly: boolean;
}

/** Why a request is not answered, before anything of it is looked at. */
function refusalOf({ headers }: IncomingMessage, { allows, loopbackOnly }: Guard): string | undefined {
  const host = (headers.host ?? '').replace(/:\d*$/, '');
  if (loopbackOnly && headers.host !== undefined && !isLoopback(host)) return 'this host name is not allowed';
  const { origin } = headers;
  return origin !== undefined && !allows(origin) ? 'web pages of this origin are not allowed' : undefined;
}

async function serve(
  handle: Handle,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  guard: Guard,
): Promise<void> {
  const refusal = refusalOf(incoming, guard);
  if (refusal !== undefined) {
    outgoing.writeHead(403, { 'content-type': 'application/json', connection: 'close' });
    outgoing.end(JSON.stringify({ code: 403, message: refusal, data: null }));
    incoming.resume();
    return;
  }
  const gone = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort(new Error('the client went away'));
  });
  outgoing.on('error', () => {});
  try {
    const ip = incoming.socket.remoteAddress ?? 'unknown';
    const response = await handle(toRequest(incoming), { ip, signal: gone.signal });
    await send(response, outgoing);
  } catch (error) {
    if (outgoing.headersSent) await arrived(outgoing);
    if (error instanceof ConnectionLost) incoming.socket.resetAndDestroy();
    else incoming.socket.destroy();
  }
}

/** Receivers throw away what they have not read yet when a connection dies; they get this long. */
const READING_MS = 20;

/** Waits until what was written is out, and a moment more. */
async function arrived(outgoing: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => {
    outgoing.once('close', resolve);
    outgoing.write(new Uint8Array(), () => setTimeout(resolve, READING_MS));
  });
}

/** TypeScript's DOM library does not know what fetch demands of a body that is a stream. */
interface StreamingInit extends RequestInit {
  duplex: 'half';
}

function toRequest(incoming: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const method = incoming.method ?? 'GET';
  const base = `http://${incoming.headers.host ?? 'localhost'}`;
  const url = URL.canParse(incoming.url ?? '/', base) ? new URL(incoming.url ?? '/', base) : new URL(base);
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers });
  const init: StreamingInit = { method, headers, body: bodyOf(incoming), duplex: 'half' };
  return new Request(url, init);
}

/** The body as a stream that reads only what is asked for. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  // Leaving early must not destroy the socket: the answer still goes out on it.
  const chunks = incoming.iterator({ destroyOnReturn: false });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await chunks.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, [...response.headers].flat());
  outgoing.flushHeaders();
  let sent = 0;
  if (response.body !== null) {
    const reader = response.body.getReader();
    outgoing.once('close', () => void reader.cancel().catch(() => {}));
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      sent += next.value.byteLength;
      if (!outgoing.write(next.value)) await drained(outgoing);
      if (outgoing.destroyed) return;
    }
  }
  const promised = response.headers.get('content-length');
  // Fewer bytes than promised can only be shown by closing the connection.
  if (promised !== null && sent < Number(promised) && response.body !== null) {
    await arrived(outgoing);
    outgoing.destroy();
  } else outgoing.end();
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.removeListener('drain', done);
      outgoing.removeListener('close', done);
      resolve();
    };
    outgoing.once('drain', done);
    outgoing.once('close', done);
  });
}
