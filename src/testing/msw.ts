import { checkFields, type Fields, loadPeer, OptionError, type Peer } from '../errors/index.js';
import type { LocalBackend } from '../local/index.js';
import { DEFAULT_BASE_URL, isObject } from '../wire/index.js';

/** Options of {@link handlers}. */
export interface HandlersOptions {
  /** The address that the program under test calls. Default: the service's, and that of the backend. */
  readonly baseUrl?: string | URL | undefined;
}

const PEER: Peer = { name: 'msw', install: '--save-dev msw@2', entry: 'nemovideo-sdk/testing' };

const isAddress = (value: unknown): value is string | URL =>
  (typeof value === 'string' || value instanceof URL) &&
  URL.canParse(String(value)) &&
  /^https?:$/.test(new URL(value).protocol);

const FIELDS: Fields<HandlersOptions> = {
  baseUrl: { accepted: 'an address that begins https:// or http://', is: isAddress },
};

/** A backend in this process, or the address of one that listens, as in a browser. */
export type HandledBackend = Pick<LocalBackend, 'fetch' | 'url'> | string | URL;

/**
 * Request handlers for Mock Service Worker 2, so that a program that sends to the service reaches a local backend:
 * `setupServer(...(await handlers(backend)))` in Node, `setupWorker(...(await handlers('http://127.0.0.1:8787')))` in a
 * browser, where the backend runs elsewhere (`npx nemovideo-sdk local`).
 *
 * A connection that the backend breaks rejects `fetch`, as it does without msw, but with a cause that does not show
 * whether the request had left.
 * @returns what `setupServer` and `setupWorker` accept. The type names nothing of msw, so that the declarations of this
 * package compile without it.
 * @throws OptionError for wrong arguments, and where the optional peer `msw` is not installed.
 */
export async function handlers(backend: HandledBackend, options: HandlersOptions = {}): Promise<never[]> {
  checkFields(options, FIELDS);
  const { answer, url } = serviceOf(backend);
  const { http, HttpResponse, bypass } = await loadPeer(() => import('msw'), PEER);
  const addresses = options.baseUrl === undefined ? [DEFAULT_BASE_URL, url] : [options.baseUrl];
  const resolve = async ({ request }: { request: Request }): Promise<Response> => {
    try {
      return await answer(request, bypass);
    } catch {
      return HttpResponse.error();
    }
  };
  return [...new Set(addresses.map((address) => new URL(address).origin))].map(
    (origin): never => http.all(`${origin}/*`, resolve) as never,
  );
}

/** Answers a request; `bypass` marks one that msw lets pass. */
type Answer = (request: Request, bypass: (request: Request) => Request) => Promise<Response>;

function serviceOf(backend: unknown): { answer: Answer; url: string } {
  if (isObject(backend) && typeof backend.fetch === 'function' && isAddress(backend.url)) {
    const { fetch } = backend;
    // Redirects are followed by the fetch that msw replaces.
    return {
      answer: (request) => fetch(new Request(request, { redirect: 'manual' })),
      url: String(backend.url),
    };
  }
  if (isAddress(backend)) {
    const url = String(backend);
    return { answer: (request, bypass) => forward(request, new URL(url), bypass), url };
  }
  throw new OptionError({
    field: 'backend',
    accepted: 'a local backend, or the address of one that listens, such as http://127.0.0.1:8787',
  });
}

/** Sends a request to the backend that listens elsewhere. Its body is read first: browsers send no streams. */
async function forward(request: Request, to: URL, bypass: (request: Request) => Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { method, headers, signal } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const body = hasBody ? await request.arrayBuffer() : undefined;
  return fetch(
    bypass(
      new Request(new URL(pathname + search, to), {
        method,
        headers,
        signal,
        ...(body !== undefined && { body }),
      }),
    ),
  );
}
