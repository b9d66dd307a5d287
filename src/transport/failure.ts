import {
  AbortError,
  NemoVideoError,
  NetworkError,
  ResponseFormatError,
  TimeoutError,
} from '../errors/index.js';
import type { Call } from './contract.js';
import type { Proof } from './safety.js';

/** A failed attempt: the error it would be, what it proves, and the wait that the service asks for. */
export class AttemptFailure {
  constructor(
    readonly error: NemoVideoError,
    readonly proof: Proof,
    readonly retryAfterMs?: number | undefined,
  ) {}
}

/**
 * What a thrown thing means for its call; undefined for what is nobody's failure but the caller's own code (a
 * middleware, an opened body), which comes out as it is.
 */
export function failureOf(call: Call, thrown: unknown): AttemptFailure | undefined {
  if (thrown instanceof AttemptFailure) return thrown;
  if (thrown instanceof TimeoutError) return new AttemptFailure(thrown, 'unknown');
  if (call.signal?.aborted && !(thrown instanceof AbortError)) {
    const { operation, signal, about } = call;
    return new AttemptFailure(new AbortError({ ...about, operation, cause: signal.reason }), 'rejected');
  }
  if (call.body?.failure !== undefined) return new AttemptFailure(call.body.failure, 'rejected');
  if (thrown instanceof NetworkError) {
    if (call.body !== undefined && isRefusedRedirect(thrown)) {
      const facts = { ...call.about, attempts: thrown.attempts, path: call.operation };
      const error = new ResponseFormatError({ ...facts, expected: 'an answer', received: 'a redirect' });
      return new AttemptFailure(error, 'rejected');
    }
    return new AttemptFailure(thrown, thrown.sent === 'no' ? 'unsent' : 'unknown');
  }
  // Errors of reading the answer, of auth, of opening the body: a repeat would not change them.
  return thrown instanceof NemoVideoError ? new AttemptFailure(thrown, 'rejected') : undefined;
}

/**
 * Whether fetch refused to follow a redirect with a body. Only words tell: undici's "unexpected redirect", Deno's
 * "Encountered redirect while redirect mode is set to 'error'", Bun's `UnexpectedRedirect`.
 */
function isRefusedRedirect(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (/\bunexpected ?redirect|encountered redirect/i.test(`${error.name} ${error.message}`)) return true;
    if ('code' in error && error.code === 'UnexpectedRedirect') return true;
  }
  return false;
}
