import { HEADERS } from '../../wire/index.js';
import type { Answer, Exchange } from './exchange.js';

/** Keeps what one test does apart from another: faults, replies, journal, accounts and sessions by the value of this header. */
export const SCOPE_HEADER = 'x-local-scope';

const METHODS = 'GET, HEAD, POST, DELETE, OPTIONS';

const ALLOWED = [
  HEADERS.authorization,
  HEADERS.source,
  HEADERS.version,
  HEADERS.platform,
  HEADERS.clientId,
  SCOPE_HEADER,
  'accept',
  'content-type',
  'range',
  'if-range',
  'traceparent',
  'tracestate',
].join(', ');

const EXPOSED = [
  HEADERS.requestId,
  HEADERS.retryAfter,
  'content-range',
  'content-length',
  'content-disposition',
  'accept-ranges',
  'etag',
].join(', ');

/** What an answer carries so that the page that asked, whose origin is allowed, can read it. */
export function corsHeaders(origin: string | undefined): Record<string, string> {
  return {
    vary: 'origin',
    ...(origin !== undefined && { 'access-control-allow-origin': origin }),
    'access-control-expose-headers': EXPOSED,
  };
}

/** The answer to a browser that asks before it sends. */
export function preflight({ request }: Pick<Exchange, 'request'>): Answer {
  // Chromium asks for this when a public page calls a loopback address.
  const isPrivate = request.headers.get('access-control-request-private-network') === 'true';
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': ALLOWED,
      ...(isPrivate && { 'access-control-allow-private-network': 'true' }),
      'access-control-max-age': '600',
    },
    body: undefined,
  };
}

/** Whether a host name is that of this machine alone. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/\.$/, '').toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    name === '::1' ||
    /^127(?:\.\d{1,3}){3}$/.test(name)
  );
}

/** Whether a web page of an origin may call: pages of this machine, or what was allowed. */
export function originRule(allowed: readonly string[] | undefined): (origin: string) => boolean {
  return (origin) => {
    if (allowed !== undefined) return allowed.includes('*') || allowed.includes(origin);
    return isLocalOrigin(origin);
  };
}

/** Whether an origin is a page that this machine serves. */
export const isLocalOrigin = (origin: string): boolean =>
  URL.canParse(origin) && isLoopback(new URL(origin).hostname);
