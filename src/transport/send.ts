import ky from 'ky';
import { platform } from '#platform';
import type { CallSubject, Middleware, RequestBody, RequestInfo } from './contract.js';
import { networkError } from './network-failure.js';

/** One attempt of one request, complete. */
export interface Attempt {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  readonly json?: unknown;
  readonly body?: RequestBody | undefined;
  /** Of a GET. Default `follow`. */
  readonly redirect?: 'follow' | 'manual' | undefined;
  readonly signal: AbortSignal;
  readonly info: RequestInfo;
  readonly about?: CallSubject | undefined;
}

/** A `fetch` function, the platform's own or another. */
export type Fetch = (request: Request) => Promise<Response>;

/**
 * Sends one attempt through the middleware to `fetch`. The only place of the library that calls ky.
 *
 * ky clones every request before it sends it, in case of a retry of its own. A clone tees the body and holds all of
 * it in memory, so ky is given the request without a body, and the body joins it behind ky's back, just before the
 * middleware. So does the signal, which ky would otherwise combine with one of its own, at the price of half its work.
 * ky's retries and its timeout are off for the same reasons: a timeout that counts the upload fails it.
 */
export async function send(
  attempt: Attempt,
  fetch: Fetch,
  middleware: readonly Middleware[],
): Promise<Response> {
  const { url, method, headers, json, body, signal, info } = attempt;
  const content = json === undefined ? await body?.open(signal) : JSON.stringify(json);
  const init: RequestInit & { duplex?: 'half' } = { signal };
  if (content !== undefined) {
    headers['content-type'] = body?.contentType ?? 'application/json';
    if (body?.length !== undefined) headers['content-length'] = String(body.length);
    init.body = content;
    init.duplex = 'half';
  }
  return ky(url, {
    method,
    headers,
    redirect: redirectMode(attempt),
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    fetch: (request) => through(attempt, fetch, middleware, info)(new Request(request, init)),
  });
}

/**
 * A GET follows redirects: fetch itself takes the token off when one leads to another origin. A POST never does, because
 * a 307 or 308 would send the message and its token once more: a redirect is an answer then, and a failure.
 * A body may be large, and for every mode but `error` Node's fetch keeps a copy of it.
 */
function redirectMode({ method, redirect, body }: Attempt): RequestRedirect {
  if (method === 'GET') return redirect ?? 'follow';
  return body === undefined ? 'manual' : platform.bodyRedirect;
}

/** The chain of middleware around `fetch`: the first of the list is the outermost. */
function through(
  attempt: Attempt,
  fetch: Fetch,
  middleware: readonly Middleware[],
  info: RequestInfo,
): Fetch {
  const sender: Fetch = async (request) => {
    try {
      return await fetch(request);
    } catch (thrown) {
      // Told here and not further out, where what a middleware throws would be taken for the network's fault.
      if (request.signal.aborted) throw thrown;
      throw networkError(thrown, { operation: info.operation, attempts: info.attempt, ...attempt.about });
    }
  };
  return middleware.reduceRight<Fetch>((next, layer) => (request) => layer(request, next, info), sender);
}
