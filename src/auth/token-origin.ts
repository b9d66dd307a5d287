import type { Fetch } from '../transport/index.js';
import { ANSWERS_AS, DEFAULT_BASE_URL } from '../wire/index.js';

/**
 * The origin that tokens belong to, which is where they are kept: the service's. The local backend's `fetch` answers
 * under any address, and whoever passes no `baseUrl` with it uses the real one. There its tokens would take the place
 * of the person's own and travel to the service later, so they belong to the origin that it names.
 */
export function tokenOrigin(baseUrl: string, fetch: Fetch): string {
  const { origin } = new URL(baseUrl);
  const own: unknown = Reflect.get(fetch, ANSWERS_AS);
  return origin === DEFAULT_BASE_URL && typeof own === 'string' ? own : origin;
}
