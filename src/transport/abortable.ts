import { AbortError, type AbortFacts } from '../errors/index.js';
import { untilAborted } from '../platform/until-aborted.js';

/**
 * Settles with `promise`, or rejects {@link AbortError} at once when `signal` aborts: what a caller's own code promises
 * may never settle. Leaves no listener.
 */
export async function abortable<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  facts: AbortFacts,
): Promise<T> {
  try {
    return await untilAborted(promise, signal);
  } catch (error) {
    if (signal?.aborted && error === signal.reason) throw new AbortError({ ...facts, cause: error });
    throw error;
  }
}
