import { type NemoVideoError, NetworkError, ResponseFormatError } from '../errors/index.js';
import type { CallSubject, Operation } from './contract.js';

/** Codes of runtimes that mean: no connection was made, so nothing was sent. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  // No TLS there, or another kind of it: the handshake comes before the request.
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  // Bun's words for a refused connection or an unknown host.
  'ConnectionRefused',
  'FailedToOpenSocket',
]);

/** A certificate that cannot be trusted: Node's codes for it. */
const BAD_CERTIFICATE = /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_)/;

/** System calls that come before anything is sent. Node names the call: `EHOSTUNREACH` alone could come from a write. */
const BEFORE_SENDING = new Set(['connect', 'getaddrinfo', 'queryA', 'queryAaaa']);

/** Facts of a failure of the network. */
export type NetworkFailureFacts = { readonly operation: Operation; readonly attempts: number } & CallSubject;

/** Turns what `fetch` or a body threw into a {@link NetworkError}, with whether anything was sent. */
export function networkError(thrown: unknown, facts: NetworkFailureFacts): NetworkError {
  const chain = [...causes(thrown)];
  // The Fetch Standard blocks the ports of other protocols. Undici gives no code, only these words; others give nothing.
  const isBlocked = chain.some(({ message }) => message === 'bad port');
  const neverLeft = chain.some(
    ({ code, syscall, message }) =>
      (code !== undefined && (NEVER_LEFT.has(code) || BAD_CERTIFICATE.test(code))) ||
      (syscall !== undefined && BEFORE_SENDING.has(syscall)) ||
      // Deno gives no code, only words; Node gives one that does not say when it was.
      /client error \(Connect\)|before secure TLS connection was established/.test(message),
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
 * What `fetch` threw, as an error of the family. A redirect that it has to refuse reaches us as a throw, and so does
 * a circle of them, but each is an answer: nothing is wrong with the network. Only words show it: undici's "unexpected
 * redirect" and "redirect count exceeded", Deno's "Encountered redirect while redirect mode is set to 'error'" and
 * "Maximum number of redirects (20) reached", workerd's "Too many redirects", Bun's codes.
 */
export function fetchFailure(thrown: unknown, facts: NetworkFailureFacts): NemoVideoError {
  const matches = (one: string, words: RegExp): boolean =>
    [...causes(thrown)].some(({ code, message }) => code === one || words.test(message));
  const isCircle = matches(
    'TooManyRedirects',
    /\bredirect count exceeded|\b(?:number of|too many) redirects/i,
  );
  if (!isCircle && !matches('UnexpectedRedirect', /\b(?:unexpected|encountered) redirect/i))
    return networkError(thrown, facts);
  return new ResponseFormatError({
    ...facts,
    path: facts.operation,
    expected: 'an answer',
    received: isCircle ? 'redirects without end' : 'a redirect',
    cause: thrown,
  });
}

/** The first error code in a chain of causes, e.g. `ECONNREFUSED`. */
export function failureCode(thrown: unknown): string | undefined {
  return [...causes(thrown)].find(({ code }) => code !== undefined)?.code;
}

/** One error of a chain. */
interface Cause {
  readonly code: string | undefined;
  readonly syscall: string | undefined;
  readonly message: string;
}

/** An error, what caused it, and so on. */
function* causes(thrown: unknown): Generator<Cause> {
  let error: unknown = thrown;
  for (let depth = 0; depth < 6 && typeof error === 'object' && error !== null; depth += 1) {
    const { code, syscall, message, errors, cause }: Partial<Record<string, unknown>> = { ...read(error) };
    yield {
      code: typeof code === 'string' ? code : undefined,
      syscall: typeof syscall === 'string' ? syscall : undefined,
      message: typeof message === 'string' ? message : '',
    };
    // Happy eyeballs: one error per address, and none of them got through.
    error = Array.isArray(errors) && errors.length > 0 ? errors[0] : cause;
  }
}

/** The fields of an error, its own or inherited. */
function read(error: object): Partial<Record<string, unknown>> {
  const fields = ['code', 'syscall', 'message', 'errors', 'cause'];
  return Object.fromEntries(fields.map((field) => [field, Reflect.get(error, field)]));
}
