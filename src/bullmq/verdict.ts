import {
  AwaitingInputError,
  CheckpointConflictError,
  InsufficientCreditsError,
  isNemoVideoError,
  OutcomeUnknownError,
  RateLimitError,
  ResponseFormatError,
  RunInterruptedError,
  RunStalledError,
  SessionBusyError,
} from '../index.js';
import type { Parked } from './video-job.js';

/** The balance of the account does not cover another video. */
export class NoCredits extends Error {}

/** The budget of the queue does not cover another video. */
export class OverBudget extends Error {}

/** What becomes of a job whose video failed. */
export type Verdict =
  /** A person decides. */
  | { readonly do: 'park'; readonly parked: Parked }
  /** Later, without using an attempt: another worker, or another message, is at work on it. */
  | { readonly do: 'delay' }
  /** No job of the account can continue for a while; without `ms` until it has credits. */
  | { readonly do: 'pause-account'; readonly ms?: number }
  /** Again, with a pause that grows: nothing that costs is repeated. */
  | { readonly do: 'retry' }
  | { readonly do: 'fail'; readonly reason: string };

/** How long to wait when the service limits requests and does not say how long. */
const LIMITED_MS = 30_000;

/**
 * Decides by the kind of the error. What is not known to be safe to repeat fails at once, with the hint.
 * @param isLast whether the job has no further attempt.
 */
export function verdictOf(error: unknown, isLast: boolean): Verdict {
  if (error instanceof AwaitingInputError) {
    return { do: 'park', parked: { kind: 'question', question: error.question } };
  }
  if (error instanceof OverBudget) return { do: 'park', parked: { kind: 'budget' } };
  // The session could not be read at all: a later attempt may, and sends nothing.
  if (error instanceof OutcomeUnknownError && !isLast) return { do: 'retry' };
  if (
    error instanceof OutcomeUnknownError ||
    error instanceof RunInterruptedError ||
    error instanceof RunStalledError
  )
    return { do: 'park', parked: { kind: 'unclear', reason: error.message } };
  if (error instanceof CheckpointConflictError || error instanceof SessionBusyError) return { do: 'delay' };
  if (error instanceof InsufficientCreditsError || error instanceof NoCredits) return { do: 'pause-account' };
  if (error instanceof RateLimitError) return { do: 'pause-account', ms: error.retryAfterMs ?? LIMITED_MS };
  // What cannot be read may be an answer that was cut off.
  const isTransient = !isNemoVideoError(error) || error.retryable || error instanceof ResponseFormatError;
  return isTransient && !isLast ? { do: 'retry' } : { do: 'fail', reason: reasonOf(error) };
}

function reasonOf(error: unknown): string {
  return isNemoVideoError(error) ? `${error.name}: ${error.message} (${error.hint})` : String(error);
}
