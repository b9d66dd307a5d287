import { HEADERS } from '../../wire/index.js';
import type { Answer } from './answer.js';

const METHODS = 'GET, HEAD, POST, OPTIONS';

const ALLOWED = [
  HEADERS.authorization,
  HEADERS.source,
  HEADERS.version,
  HEADERS.platform,
  HEADERS.clientId,
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

/** What every answer carries so that pages of any origin can read it. */
export const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED,
} as const;

/** The answer to a browser that asks before it sends. */
export function preflight(): Answer {
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': METHODS,
      'access-control-allow-headers': ALLOWED,
      // Chromium asks for this when a public page calls a loopback address.
      'access-control-allow-private-network': 'true',
      'access-control-max-age': '600',
    },
    body: undefined,
  };
}
