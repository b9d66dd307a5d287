import { NetworkError } from '../errors/index.js';
import type { CallSubject, Operation } from './contract.js';

/** Codes of runtimes that mean: no connection was made, so nothing was sent. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  // Bun's word for a refused connection or an unknown host.
  'ConnectionRefused',
  'FailedToOpenSocket',
]);

/** Turns what `fetch` or a body threw into a {@link NetworkError} that says whether anything was sent. */
export function networkError(
  thrown: unknown,
  facts: { readonly operation: Operation; readonly attempts: number } & CallSubject,
): NetworkError {
  const reason = failureCode(thrown);
  const sent = reason !== undefined && NEVER_LEFT.has(reason) ? 'no' : 'unknown';
  return new NetworkError({ ...facts, sent, reason: reason ?? messageOf(thrown), cause: thrown });
}

/** The first error code in a chain of causes, e.g. `ECONNREFUSED`. */
export function failureCode(thrown: unknown): string | undefined {
  let error: unknown = thrown;
  for (let depth = 0; depth < 6 && typeof error === 'object' && error !== null; depth += 1) {
    const code: unknown = Reflect.get(error, 'code');
    if (typeof code === 'string') return code;
    // Happy eyeballs: one error per address.
    const errors: unknown = Reflect.get(error, 'errors');
    error = Array.isArray(errors) && errors.length > 0 ? errors[0] : Reflect.get(error, 'cause');
  }
  return undefined;
}

function messageOf(thrown: unknown): string | undefined {
  return thrown instanceof Error ? thrown.message : undefined;
}
