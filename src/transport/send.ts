import ky from 'ky';
import { platform } from '#platform';
import { NetworkError, OptionError } from '../errors/index.js';
import type { CallSubject, Middleware, RequestBody, RequestInfo } from './contract.js';
import { type Fetch, isResponse, platformFetch } from './fetch.js';
import { fetchFailure, networkError } from './network-failure.js';
import { followed, isFollowedHere } from './redirects.js';

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
  /** Whether it costs, so that it may be sent once only, whatever a middleware does. */
  readonly once: boolean;
  /** Told when `fetch` is called: what fails before has sent nothing. */
  readonly onSend?: (() => void) | undefined;
}

/**
 * Sends one attempt through the middleware to `fetch`. The only place of the library that calls ky.
 *
 * ky clones what it sends, in case of a retry of its own, and a clone tees the body and holds all of it in memory; the
 * signal it combines with one of its own, and the headers it copies six times. So body, signal and headers go straight
 * to `fetch`, and a hook answers ky's bare request with what is under way already: what ky does of its own then falls
 * into the time that the service needs. ky's retries and its timeout are off: a timeout that counts the upload fails it.
 */
export async function send(
  attempt: Attempt,
  fetch: Fetch,
  middleware: readonly Middleware[],
): Promise<Response> {
  const { url, method, headers, json, body, signal } = attempt;
  const content = json === undefined ? await body?.open(signal) : JSON.stringify(json);
  const init: RequestInit & { duplex?: 'half' } = {
    method,
    headers,
    redirect: redirectMode(attempt),
    signal,
  };
  if (content !== undefined) {
    headers['content-type'] = body?.contentType ?? 'application/json';
    if (body?.length !== undefined) headers['content-length'] = String(body.length);
    init.body = content;
    init.duplex = 'half';
  }
  const answer = isPlain(fetch, middleware)
    ? sendPlainly(attempt, init)
    : through(attempt, fetch, middleware)(new Request(url, init));
  // Should ky refuse the address, it asks for no answer.
  answer.catch(() => {});
  return ky(url, {
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
    // ky takes only a `Response` of the platform from a hook. For any other it asks its `fetch`, and gets the same.
    hooks: { beforeRequest: [() => answer] },
    fetch: () => answer,
  });
}

/** Whether nobody but the platform has a hand in a request. */
export function isPlain(fetch: Fetch, middleware: readonly Middleware[]): boolean {
  return middleware.length === 0 && fetch === platformFetch;
}

/** Lets the platform make the request by itself: that is the faster way. A test or a tracer may stand in its place. */
async function sendPlainly(attempt: Attempt, init: RequestInit): Promise<Response> {
  attempt.onSend?.();
  let answer: Response;
  try {
    answer = await globalThis.fetch(attempt.url, init);
    if (isFollowedHere(attempt)) answer = await followed(attempt, answer, attempt, platformFetch);
  } catch (thrown) {
    throw failureOf(attempt, thrown);
  }
  return checked(answer, 'fetch', attempt);
}

/**
 * What `fetch` threw, as an error of the family. Made here and not further out, where what a middleware throws would be
 * taken for the network's fault.
 */
function failureOf({ signal, info, about }: Attempt, thrown: unknown): unknown {
  if (signal.aborted) return thrown;
  return fetchFailure(thrown, { operation: info.operation, attempts: info.attempt, ...about });
}

/** The chain of middleware around `fetch`: the first of the list is the outermost. */
function through(attempt: Attempt, fetch: Fetch, middleware: readonly Middleware[]): Fetch {
  const chain = middleware.reduceRight<Fetch>(
    (next, layer) => async (request) => layer(request, next, attempt.info),
    sender(attempt, fetch),
  );
  const whose = middleware.length > 0 ? 'middleware' : 'fetch';
  return async (request) => checked(await chain(request), whose, attempt);
}

/** What stands at the end of the chain. A middleware that calls `next` again must not make a message cost twice. */
function sender(attempt: Attempt, fetch: Fetch): Fetch {
  let mayHaveArrived = false;
  return async (request) => {
    // A middleware may have waited until the call was given up, and its own request or `fetch` may not heed the signal.
    attempt.signal.throwIfAborted();
    if (attempt.once && mayHaveArrived) {
      throw new OptionError({
        field: 'middleware',
        accepted: `a function that calls \`next\` once for the call \`${attempt.info.operation}\`, which costs`,
        ...attempt.about,
      });
    }
    // `fetch` would throw, which looks like a network that broke when the request was under way.
    if (request.bodyUsed) {
      throw new OptionError({
        field: 'middleware',
        accepted: 'a function that passes on a request whose body it has not read',
        hint: READ_A_CLONE,
        ...attempt.about,
      });
    }
    mayHaveArrived = true;
    attempt.onSend?.();
    try {
      const answer = await fetch(request);
      return isFollowedHere(attempt) ? await followed(attempt, answer, request, fetch) : answer;
    } catch (thrown) {
      const failure = failureOf(attempt, thrown);
      if (failure instanceof NetworkError && failure.sent === 'no') mayHaveArrived = false;
      throw failure;
    }
  };
}

/** What came out of the chain, which may be other people's code. */
function checked(answer: unknown, whose: 'fetch' | 'middleware', { about, info }: Attempt): Response {
  if (!isResponse(answer))
    throw new OptionError({ field: whose, accepted: 'a function that gives a Response', ...about });
  // The platform's fetch rejects in its place. Its status of 0 must not pass for a refusal.
  if (answer.type === 'error')
    throw networkError(new TypeError('Response.error()'), {
      operation: info.operation,
      attempts: info.attempt,
      ...about,
    });
  // Read by somebody, it would look like a connection that broke.
  if (answer.bodyUsed || answer.body?.locked) {
    throw new OptionError({
      field: whose,
      accepted: 'a function that gives a Response whose body it has not read',
      hint: READ_A_CLONE,
      ...about,
    });
  }
  return answer;
}

const READ_A_CLONE = 'Read `request.clone()` or `response.clone()` instead.';

/**
 * A GET follows redirects, without the token when one leads to another origin. A POST never does, because a 307 or 308
 * would send the message and its token once more: a redirect is an answer then, and a failure. A body may be large, and
 * for every mode but `error` Node's fetch keeps a copy of it.
 */
function redirectMode(attempt: Attempt): RequestRedirect {
  const { method, redirect, body } = attempt;
  if (method === 'GET') return isFollowedHere(attempt) ? 'manual' : (redirect ?? 'follow');
  return body === undefined ? 'manual' : platform.bodyRedirect;
}
