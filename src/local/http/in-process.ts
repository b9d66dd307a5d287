import { untilAborted } from '../../platform/abort.js';
import { ConnectionLost } from './exchange.js';

/** Answers a request: the core of the backend. */
export type Handle = (request: Request, peer: Peer) => Promise<Response>;

/** Who is at the other end. */
export interface Peer {
  /** For the limit of tokens per address. */
  readonly ip: string;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  /** What must not be collected while the answer is read. */
  readonly keep?: unknown;
}

/** As many as browsers follow. */
const MOST_REDIRECTS = 20;

/** A fetch function whose every request is answered by `handle`, whatever its origin. */
export function inProcessFetch(handle: Handle): typeof fetch {
  return async (input, init) => {
    let request = new Request(input, init);
    const { signal, redirect } = request;
    for (let hop = 0; ; hop += 1) {
      const response = await answer(handle, request, [input, init]);
      const location = response.headers.get('location');
      const moved = location !== null && [301, 302, 303, 307, 308].includes(response.status);
      if (!moved || redirect === 'manual') return named(response, request.url, hop > 0);
      await response.body?.cancel();
      if (redirect === 'error' || hop >= MOST_REDIRECTS)
        throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
      request = follow(request, new URL(location, request.url), response.status, signal);
    }
  };
}

async function answer(handle: Handle, request: Request, keep: unknown): Promise<Response> {
  const { signal } = request;
  signal.throwIfAborted();
  try {
    return await untilAborted(handle(request, { ip: 'in-process', signal, keep }), signal);
  } catch (error) {
    throw error instanceof ConnectionLost ? error.toFetchError(false) : error;
  }
}

/** The next request of a redirect, by the rules of fetch: 303 and POST after 301/302 become GET; no credentials abroad. */
function follow(from: Request, to: URL, status: number, signal: AbortSignal): Request {
  const headers = new Headers(from.headers);
  if (to.origin !== new URL(from.url).origin) headers.delete('authorization');
  const becomesGet = status === 303 || (status < 303 && from.method === 'POST');
  if (!becomesGet && from.body !== null)
    throw new TypeError('fetch failed', { cause: new Error('a redirected body cannot be sent again') });
  return new Request(to, { method: becomesGet ? 'GET' : from.method, headers, signal });
}

/** `Response` cannot be constructed with an address, yet clients read it. */
function named(response: Response, url: string, redirected: boolean): Response {
  Object.defineProperty(response, 'url', { value: url });
  Object.defineProperty(response, 'redirected', { value: redirected });
  return response;
}
