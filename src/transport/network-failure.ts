import { type NemoVideoError, NetworkError, ResponseFormatError } from '../errors/index.js';
import { causes } from './causes.js';
import type { CallSubject, Operation } from './contract.js';

/** Codes of runtimes that mean: no connection was made, so nothing was sent. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  // Bun's words for a refused connection or an unknown host.
  'ConnectionRefused',
  'FailedToOpenSocket',
]);

/** System calls that come before anything is sent. Node names the call: `EHOSTUNREACH` alone could come from a write. */
const BEFORE_SENDING = new Set(['connect', 'getaddrinfo', 'queryA', 'queryAaaa']);

/** Facts of a failure of the network. */
export type NetworkFailureFacts = { readonly operation: Operation; readonly attempts: number } & CallSubject;

/** Turns what `fetch` or a body threw into a {@link NetworkError} that says whether anything was sent. */
export function networkError(thrown: unknown, facts: NetworkFailureFacts): NetworkError {
  const chain = [...causes(thrown)];
  // The Fetch Standard blocks the ports of other protocols. Undici gives no code, only these words; others tell nothing.
  const isBlocked = chain.some(({ message }) => message === 'bad port');
  const neverLeft = chain.some(
    ({ code, syscall, message }) =>
      (code !== undefined && NEVER_LEFT.has(code)) ||
      (syscall !== undefined && BEFORE_SENDING.has(syscall)) ||
      // Deno gives no code, only words.
      /client error \(Connect\)/.test(message),
  );
  const reason = isBlocked
    ? 'fetch blocks this port'
    : (chain.find(({ code }) => code !== undefined)?.code ?? chain[0]?.message);
  return new NetworkError({
    ...facts,
    sent: isBlocked || neverLeft ? 'no' : 'unknown',
    reason,
    cause: thrown,
  });
}

/**
 * What `fetch` threw, as an error of the family. A redirect that it was told to refuse reaches us as a throw, and so does
 * a circle of them, but each is an answer: nothing is wrong with the network. Only words tell: undici's "unexpected
 * redirect" and "redirect count exceeded", Deno's "Encountered redirect while redirect mode is set to 'error'" and
 * "Maximum number of redirects (20) reached", workerd's "Too many redirects", Bun's codes.
 */
export function fetchFailure(thrown: unknown, facts: NetworkFailureFacts): NemoVideoError {
  const tells = (one: string, words: RegExp): boolean =>
    [...causes(thrown)].some(({ code, message }) => code === one || words.test(message));
  const isCircle = tells('TooManyRedirects', /\bredirect count exceeded|\b(?:number of|too many) redirects/i);
  if (!isCircle && !tells('UnexpectedRedirect', /\b(?:unexpected|encountered) redirect/i))
    return networkError(thrown, facts);
  return new ResponseFormatError({
    ...facts,
    path: facts.operation,
    expected: 'an answer',
    received: isCircle ? 'redirects without end' : 'a redirect',
    cause: thrown,
  });
}
