import ky from 'ky';
import type { Middleware, RequestBody, RequestInfo } from './contract.js';

/** One attempt of one request, complete. */
export interface Attempt {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Headers;
  readonly json?: unknown;
  readonly body?: RequestBody | undefined;
  readonly signal: AbortSignal;
  readonly redirect: RequestRedirect;
  readonly info: RequestInfo;
}

/** A `fetch` function, the platform's own or another. */
export type Fetch = (request: Request) => Promise<Response>;

/**
 * Sends one attempt through the middleware to `fetch`. The only place of the library that calls ky.
 *
 * ky clones every request before it sends it, in case of a retry of its own. A clone tees the body and holds all of
 * it in memory, so ky is given the request without a body, and the body joins it behind ky's back, just before the
 * middleware. For the same reason ky's retries and its timeout are off: a timeout that counts the upload fails it.
 */
export async function send(
  attempt: Attempt,
  fetch: Fetch,
  middleware: readonly Middleware[],
): Promise<Response> {
  const { url, method, headers, json, body, signal, redirect, info } = attempt;
  const content = json === undefined ? await body?.open(signal) : JSON.stringify(json);
  if (json !== undefined) headers.set('content-type', 'application/json');
  if (body !== undefined) {
    headers.set('content-type', body.contentType);
    if (body.length !== undefined) headers.set('content-length', String(body.length));
  }
  const complete = (request: Request): Request => {
    if (content === undefined) return request;
    const init: RequestInit & { duplex: 'half' } = { body: content, duplex: 'half' };
    return new Request(request, init);
  };
  return ky(url, {
    method,
    headers,
    signal,
    redirect,
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    fetch: (request) =>
      through(middleware, fetch, info)(complete(request instanceof Request ? request : new Request(request))),
  });
}

/** The chain of middleware around `fetch`: the first of the list is the outermost. */
function through(middleware: readonly Middleware[], fetch: Fetch, info: RequestInfo): Fetch {
  return middleware.reduceRight<Fetch>((next, layer) => (request) => layer(request, next, info), fetch);
}
