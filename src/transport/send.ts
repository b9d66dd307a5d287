import ky from 'ky';
import { platform } from '#platform';
import { NetworkError, OptionError } from '../errors/index.js';
import { stringifyExact } from '../wire/exact-json.js';
import { HEADERS } from '../wire/index.js';
import type { CallSubject, Middleware, RequestBody, RequestInfo } from './contract.js';
import { fetchFailure, networkError } from './network-failure.js';

/** A `fetch` function, the platform's own or another. */
export type Fetch = (request: Request) => Promise<Response>;

/** The platform's own fetch, looked up at each call, so that what a test or a tracer puts in its place is used. */
export const platformFetch: Fetch = (request) => globalThis.fetch(request);

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
  /** Called when `fetch` is called: what fails before has sent nothing. */
  readonly onSend?: (() => void) | undefined;
}

/**
 * Sends one attempt by ky, the only place of the library that does. ky makes the request of its method, JSON, headers,
 * signal and redirect mode, and calls its `fetch` option, where the middleware and the real `fetch` are.
 *
 * ky's own repeats are off, because the table of `attempts.ts` decides; so is its timeout, which would count an upload.
 * A body that is not JSON is attached behind ky: ky 1 clones what it sends, and a clone keeps all of a stream in memory.
 */
export async function send(
  attempt: Attempt,
  fetch: Fetch,
  middleware: readonly Middleware[],
): Promise<Response> {
  const { url, method, json, body, signal } = attempt;
  const text = json === undefined ? undefined : stringifyExact(json);
  const message =
    attempt.once && text !== undefined && platform.repeatsMisdirected ? utf8.encode(text) : undefined;
  const headers = { ...attempt.headers };
  const length = body?.length ?? message?.length;
  if (body !== undefined) headers['content-type'] = body.contentType;
  if (length !== undefined) headers['content-length'] = String(length);
  let failure: { readonly thrown: unknown } | undefined;
  try {
    return await ky(url, {
      method,
      headers,
      signal,
      redirect: redirectMode(attempt),
      ...(text === undefined ? {} : { json, stringifyJson: () => text }),
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
      fetch: async (input) => {
        try {
          const content = message === undefined ? await body?.open(signal) : oneTime(message);
          // The signal again: a `Request` follows the one that it is made with only while it is in memory itself.
          const init: RequestInit & { duplex?: 'half' } = { signal };
          if (content !== undefined) Object.assign(init, { body: content, duplex: 'half' });
          const request = input instanceof Request ? input : new Request(input);
          return await (isPlain(fetch, middleware)
            ? through(attempt, (asked) => globalThis.fetch(asked, init), [])(request)
            : through(attempt, fetch, middleware)(new Request(request, init)));
        } catch (thrown) {
          failure = { thrown };
          throw thrown;
        }
      },
    });
  } catch (thrown) {
    // ky 2 wraps failures of the network. What ky throws before it calls `fetch` is about a request that cannot be made.
    throw failure === undefined ? failureOf(attempt, thrown) : failure.thrown;
  }
}

const utf8 = /* @__PURE__ */ new TextEncoder();

/**
 * Content that can be sent once only. After HTTP 421, Node's fetch repeats a request unless its body is a stream
 * (Fetch Standard, "HTTP-network-or-cache fetch"), and a message must not go out twice.
 */
function oneTime(content: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(content);
      controller.close();
    },
  });
}

/** Whether only the platform has a hand in a request. */
export function isPlain(fetch: Fetch, middleware: readonly Middleware[]): boolean {
  return middleware.length === 0 && fetch === platformFetch;
}

/**
 * What `fetch` threw, as an error of the family. Made here and not further out, where what a middleware throws would be
 * taken for a failure of the network.
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

/** The end of the chain. A middleware that calls `next` again must not make a message cost twice. */
function sender(attempt: Attempt, fetch: Fetch): Fetch {
  let mayHaveArrived = false;
  return async (request) => {
    // A middleware may have waited until the call was given up, and its own request or `fetch` may ignore the signal.
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

/** The answer of the chain, which may be the caller's code. */
function checked(answer: unknown, whose: 'fetch' | 'middleware', { about, info }: Attempt): Response {
  if (!isResponse(answer))
    throw new OptionError({ field: whose, accepted: 'a function that returns a Response', ...about });
  // The platform's fetch rejects in its place. Its status of 0 must not pass for a refusal.
  if (answer.type === 'error')
    throw networkError(new TypeError('Response.error()'), {
      operation: info.operation,
      attempts: info.attempt,
      ...about,
    });
  // Read already, it would look like a connection that broke.
  if (answer.bodyUsed || answer.body?.locked) {
    throw new OptionError({
      field: whose,
      accepted: 'a function that returns a Response whose body it has not read',
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

/** As many as `fetch` itself follows. */
const MOST_REDIRECTS = 20;

/** A request that was sent: what a redirect leads on from. */
interface Asked {
  readonly url: string;
  readonly headers: HeadersInit;
}

/**
 * Whether the redirects of an attempt are followed one by one, by {@link followed}: not every runtime takes the token off
 * when one leads to another origin (workerd does so for compatibility dates from September 2025 only). Browsers do, and
 * hide where a redirect leads.
 */
function isFollowedHere({ method, redirect }: Attempt): boolean {
  return method === 'GET' && redirect !== 'manual' && platform.readsRedirects;
}

/** The answer at the end of the redirects. Another origin learns neither who asks nor by which integration. */
async function followed(attempt: Attempt, first: Response, from: Asked, fetch: Fetch): Promise<Response> {
  let answer = first;
  let { url, headers } = from;
  for (let hops = 0; ; hops += 1) {
    const next = targetOf(answer, url);
    if (next === undefined) return answer;
    const isElsewhere = next.origin !== new URL(url).origin;
    // An answer that echoes the token must not carry it on in an address either.
    if (isElsewhere && names(next.href, attempt.headers[HEADERS.authorization])) return answer;
    answer.body?.cancel().catch(() => {});
    // The words of Node, as if it had followed them.
    if (hops === MOST_REDIRECTS) throw new TypeError('redirect count exceeded');
    if (isElsewhere) headers = { accept: 'application/json' };
    url = next.href;
    answer = await fetch(new Request(url, { headers, redirect: 'manual', signal: attempt.signal }));
  }
}

/** Whether an address holds the token of a header, as it is or escaped. */
function names(address: string, authorization: string | undefined): boolean {
  const token = authorization?.replace(/^Bearer /, '');
  return token !== undefined && (address.includes(token) || address.includes(encodeURIComponent(token)));
}

/** Where a redirect leads; undefined for another answer, and where it leads nowhere that may be asked. */
function targetOf(answer: Response, from: string): URL | undefined {
  // Whether it is a response at all is checked by the caller.
  const isRedirect = isResponse(answer) && [301, 302, 303, 307, 308].includes(answer.status);
  const location = isRedirect ? answer.headers.get('location') : null;
  if (location === null || !URL.canParse(location, from)) return undefined;
  const target = new URL(location, from);
  return isFetchable(target) ? target : undefined;
}

/** Whether it can be read as a response, of whatever realm or library. */
function isResponse(answer: unknown): answer is Response {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'status' in answer &&
    typeof answer.status === 'number' &&
    'headers' in answer &&
    typeof answer.headers === 'object' &&
    answer.headers !== null &&
    'get' in answer.headers
  );
}

/** Whether `fetch` takes an address: not another protocol, nor a user and a password, which it refuses and repeats. */
export function isFetchable({ protocol, username, password }: URL): boolean {
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
