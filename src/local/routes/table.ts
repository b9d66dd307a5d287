import { paths } from '../../wire/index.js';
import type { BackendCore } from '../core.js';
import { type Answer, Refusal } from '../http/answer.js';
import { preflight } from '../http/cors.js';
import type { Exchange } from '../http/exchange.js';
import type { Operation } from '../operations.js';
import { claimToken, createSession, credits, issueToken, state } from './account-routes.js';
import {
  cancelRender,
  OUTPUT_PATH,
  output,
  pollRender,
  proxyDownload,
  submitRender,
} from './render-routes.js';
import { run } from './run-route.js';
import { MEDIA_PATH, media, upload } from './upload-route.js';

/** One call of the service. */
export interface Route {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST';
  /** The path, `*` standing for an id. */
  readonly path: string;
  /** Which of the two addresses of a video. */
  readonly address?: 'output' | 'proxy';
  /** It sees by itself to faults that strike before its work. */
  readonly tellsOfNoWork?: boolean;
  readonly answer: (core: BackendCore, exchange: Exchange) => Answer | Promise<Answer>;
}

const ROUTES: readonly Route[] = [
  { operation: 'token', method: 'POST', path: paths.anonymousToken, answer: issueToken },
  { operation: 'session', method: 'POST', path: paths.createSession, answer: createSession },
  { operation: 'claim', method: 'POST', path: paths.claimToken, answer: claimToken },
  { operation: 'run', method: 'POST', path: paths.run, tellsOfNoWork: true, answer: run },
  { operation: 'upload', method: 'POST', path: paths.upload('*'), answer: upload },
  { operation: 'credits', method: 'GET', path: paths.credits, answer: credits },
  { operation: 'state', method: 'GET', path: paths.state('*'), answer: state },
  { operation: 'render', method: 'POST', path: paths.submitRender, answer: submitRender },
  { operation: 'poll', method: 'GET', path: paths.render('*'), answer: pollRender },
  { operation: 'cancel', method: 'POST', path: paths.cancelRender('*'), answer: cancelRender },
  {
    operation: 'download',
    method: 'GET',
    path: paths.downloadRender('*'),
    address: 'proxy',
    answer: proxyDownload,
  },
  { operation: 'download', method: 'GET', path: OUTPUT_PATH, address: 'output', answer: output },
  { operation: 'media', method: 'GET', path: MEDIA_PATH, answer: media },
];

const PREFLIGHT: Route = { operation: 'preflight', method: 'GET', path: '*', answer: preflight };

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
