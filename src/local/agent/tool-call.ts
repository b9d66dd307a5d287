import type { LocalDraft } from '../dialect.js';
import type { AgentToolCall } from './plan.js';
import type { Request } from './reading/request.js';

/** Shows requests as the calls of tools that the stream carries. */

/** Plain JSON of a value: things and files by their names, so that no path of this machine gets out. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('tokens' in value && 'raw' in value) return value.raw;
  if ('path' in value && 'name' in value) return value.name;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function operation(request: Request): Record<string, unknown> {
  const { do: op, ...rest } = request;
  return { op, ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, plain(value)])) };
}

const MUSIC: readonly Request['do'][] = ['music', 'silence', 'sound'];
const TEXT: readonly Request['do'][] = ['write', 'captions', 'restyle', 'unwrite'];

function nameOf(requests: readonly Request[]): AgentToolCall['name'] {
  if (requests.some((request) => request.do === 'generate')) return 'generate_clip';
  if (requests.every((request) => MUSIC.includes(request.do))) return 'add_music';
  return requests.every((request) => TEXT.includes(request.do)) ? 'add_text' : 'edit_multitrack';
}

/** The call for requests that were met. */
export function callFor(requests: readonly Request[], draft: LocalDraft): AgentToolCall {
  return {
    name: nameOf(requests),
    args: { operations: requests.map(operation) },
    response: { status: 'success', applied: requests.length, duration: draft.d },
  };
}
