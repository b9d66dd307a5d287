import { AbortError, NemoVideoError, NetworkError, TimeoutError } from '../errors/index.js';
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
 * What a thrown thing means for its call, at whose attempt number `attempts` it was thrown; undefined for what is nobody's
 * failure but the caller's own code (a middleware, an opened body), which comes out as it is.
 */
export function failureOf(call: Call, thrown: unknown, attempts: number): AttemptFailure | undefined {
  if (thrown instanceof AttemptFailure) return thrown;
  if (thrown instanceof TimeoutError) return new AttemptFailure(thrown, 'unknown');
  if (call.signal?.aborted && !(thrown instanceof AbortError)) {
    const { operation, signal, about } = call;
    return new AttemptFailure(
      new AbortError({ ...about, operation, attempts, cause: signal.reason }),
      'rejected',
    );
  }
  if (call.body?.failure !== undefined) return new AttemptFailure(call.body.failure, 'rejected');
  if (thrown instanceof NetworkError) {
    return new AttemptFailure(thrown, thrown.sent === 'no' ? 'unsent' : 'unknown');
  }
  // Errors of reading the answer, of auth, of opening the body: a repeat would not change them.
  return thrown instanceof NemoVideoError ? new AttemptFailure(thrown, 'rejected') : undefined;
}
