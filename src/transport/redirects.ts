import { platform } from '#platform';
import { HEADERS } from '../wire/index.js';
import { type Fetch, isFetchable, isResponse } from './fetch.js';
import type { Attempt } from './send.js';

/** As many as `fetch` itself follows. */
const MOST_REDIRECTS = 20;

/** A request that was asked: what a redirect leads on from. */
export interface Asked {
  readonly url: string;
  readonly headers: HeadersInit;
}

/**
 * Whether the redirects of an attempt are followed one by one, by {@link followed}: not every runtime takes the token off
 * when one leads to another origin (workerd does so for compatibility dates from September 2025 only). Browsers do, and
 * tell nobody where a redirect leads.
 */
export function isFollowedHere({ method, redirect }: Attempt): boolean {
  return method === 'GET' && redirect !== 'manual' && platform.readsRedirects;
}

/** The answer at the end of the redirects. Another origin is told neither who asks nor by which integration. */
export async function followed(
  attempt: Attempt,
  first: Response,
  from: Asked,
  fetch: Fetch,
): Promise<Response> {
  let answer = first;
  let { url, headers } = from;
  for (let hops = 0; ; hops += 1) {
    const next = targetOf(answer, url);
    if (next === undefined) return answer;
    const isElsewhere = next.origin !== new URL(url).origin;
    // An answer that says the token back must not have it carried on in an address either.
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

/** Where a redirect leads; undefined for what is none, or leads nowhere that may be asked. */
function targetOf(answer: Response, from: string): URL | undefined {
  // What is no response is told by whoever asked for one.
  const isRedirect = isResponse(answer) && [301, 302, 303, 307, 308].includes(answer.status);
  const location = isRedirect ? answer.headers.get('location') : null;
  if (location === null || !URL.canParse(location, from)) return undefined;
  const target = new URL(location, from);
  return isFetchable(target) ? target : undefined;
}
