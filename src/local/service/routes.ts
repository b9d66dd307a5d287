import { paths } from '../../wire/index.js';
import type { BackendCore } from '../core.js';
import type { Fault } from '../faults/fault.js';
import { preflight } from '../http/cors.js';
import { type Answer, type Exchange, json, Refusal } from '../http/exchange.js';
import {
  claimToken,
  createSession,
  createToken,
  credits,
  issueToken,
  listTokens,
  revokeToken,
  state,
} from './account-routes.js';
import type { Scope } from './accounts.js';
import {
  cancelRender,
  OUTPUT_PATH,
  output,
  pollRender,
  proxyDownload,
  submitRender,
} from './render-routes.js';
import { run } from './run-route.js';
import { MEDIA_PATH, media, upload } from './uploads.js';

/** One call of the service. */
export interface Route {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST';
  /** The path, `*` standing for an id. */
  readonly path: string;
  /** Which of the two addresses of a video. */
  readonly address?: 'output' | 'proxy';
  /** What a token must allow; undefined: it needs no token. */
  readonly scope?: Scope;
  /** It handles faults that strike before its work. */
  readonly tellsOfNoWork?: boolean;
  readonly answer: (core: BackendCore, exchange: Exchange) => Answer | Promise<Answer>;
}

/** Every call of the service, in the order of a video's making. */
export const ROUTES: readonly Route[] = [
  { operation: 'token', method: 'POST', path: paths.anonymousToken, answer: issueToken },
  { operation: 'session', scope: 'write', method: 'POST', path: paths.createSession, answer: createSession },
  { operation: 'claim', scope: 'write', method: 'POST', path: paths.claimToken, answer: claimToken },
  { operation: 'run', scope: 'write', method: 'POST', path: paths.run, tellsOfNoWork: true, answer: run },
  { operation: 'upload', scope: 'upload', method: 'POST', path: paths.upload('*'), answer: upload },
  { operation: 'credits', scope: 'read', method: 'GET', path: paths.credits, answer: credits },
  { operation: 'state', scope: 'read', method: 'GET', path: paths.state('*'), answer: state },
  { operation: 'render', scope: 'render', method: 'POST', path: paths.submitRender, answer: submitRender },
  { operation: 'poll', scope: 'read', method: 'GET', path: paths.render('*'), answer: pollRender },
  {
    operation: 'cancel',
    scope: 'render',
    method: 'POST',
    path: paths.cancelRender('*'),
    answer: cancelRender,
  },
  {
    operation: 'download',
    scope: 'read',
    method: 'GET',
    path: paths.downloadRender('*'),
    address: 'proxy',
    answer: proxyDownload,
  },
  { operation: 'download', method: 'GET', path: OUTPUT_PATH, address: 'output', answer: output },
  { operation: 'media', method: 'GET', path: MEDIA_PATH, answer: media },
  { operation: 'tokens', scope: 'write', method: 'POST', path: paths.tokens, answer: createToken },
  { operation: 'tokens', scope: 'read', method: 'GET', path: paths.tokens, answer: listTokens },
  { operation: 'tokens', scope: 'write', method: 'POST', path: paths.revokeToken('*'), answer: revokeToken },
];

const PREFLIGHT: Route = {
  operation: 'preflight',
  method: 'GET',
  path: '*',
  answer: (_, exchange) => preflight(exchange),
};

const UNKNOWN: Route = {
  operation: 'unknown',
  method: 'GET',
  path: '*',
  answer: (_, { request, url }) => {
    const known = ROUTES.some((route) => idIn(route.path, url.pathname) !== undefined);
    throw known
      ? new Refusal(405, `${request.method} is not allowed here`)
      : new Refusal(404, `there is no ${url.pathname}`);
  },
};

/** The route of a request, and the id in its path. */
export function findRoute(method: string, path: string): { route: Route; id: string } {
  if (method === 'OPTIONS') return { route: PREFLIGHT, id: '' };
  const asked = method === 'HEAD' ? 'GET' : method;
  for (const route of ROUTES) {
    const id = route.method === asked ? idIn(route.path, path) : undefined;
    if (id !== undefined) return { route, id };
  }
  return { route: UNKNOWN, id: '' };
}

function idIn(pattern: string, path: string): string | undefined {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return path === pattern ? '' : undefined;
  if (!path.startsWith(before) || !path.endsWith(after)) return undefined;
  const id = path.slice(before.length, path.length - after.length);
  if (id === '' || id.includes('/') || before.length + after.length >= path.length) return undefined;
  try {
    return decodeURIComponent(id);
  } catch {
    return undefined;
  }
}

const RENDER_OPERATIONS: ReadonlySet<Operation> = new Set(['render', 'poll', 'cancel', 'download']);

/** What the service refuses, in the envelope of that part of it. */
export function refusalAnswer(refusal: Refusal, operation: Operation, requestId: string): Answer {
  const { code, message, status, headers } = refusal;
  const said = RENDER_OPERATIONS.has(operation)
    ? { success: false, code, error: message, request_id: requestId }
    : { code, message, data: null, request_id: requestId };
  return json(said, status, headers);
}

/** The answer that a `status` or `redirect` fault puts in the place of the true one. */
export function faultyStatus(fault: Fault | undefined): Answer | undefined {
  if (fault?.do === 'redirect')
    return { status: 302, headers: { location: fault.to ?? '/' }, body: new Uint8Array() };
  if (fault?.do !== 'status') return undefined;
  const { status = 503, code = status, retryAfter, body, html = false } = fault;
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  if (html || body !== undefined) {
    const page = `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>`;
    headers['content-type'] = html ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
    return { status, headers, body: new TextEncoder().encode(body ?? page) };
  }
  return json({ code, message: 'a fault of the local backend', data: null }, status, headers);
}

/**
 * What a request asks for. `download` is a finished video, by either of its addresses; `media` is an uploaded file;
 * `tokens` makes, lists and revokes tokens; `preflight` is a browser asking for permission; `unknown` is a path that the service does not have.
 */
export type Operation =
  | 'token'
  | 'session'
  | 'claim'
  | 'run'
  | 'upload'
  | 'credits'
  | 'state'
  | 'render'
  | 'poll'
  | 'cancel'
  | 'download'
  | 'media'
  | 'tokens'
  | 'preflight'
  | 'unknown';
