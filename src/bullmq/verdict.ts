import {
  AwaitingInputError,
  CheckpointConflictError,
  InsufficientCreditsError,
  isNemoVideoError,
  OutcomeUnknownError,
  RateLimitError,
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
  /** Later, without using an attempt: somebody else is at work on it. */
  | { readonly do: 'delay'; readonly ms: number }
  /** No job of the account can continue for a while; without `ms` until it has credits. */
  | { readonly do: 'pause-account'; readonly ms?: number }
  /** Again, with a pause that grows: nothing that costs is repeated. */
  | { readonly do: 'retry' }
  | { readonly do: 'fail'; readonly reason: string };

/** How long to wait for the worker that is at work on the same video, or for the session's other message. */
const BUSY_MS = 30_000;
/** How often the balance is read while it does not suffice. */
export const CREDITS_MS = 60_000;

/** Decides by the kind of the error. What is not known to be safe to repeat fails at once, with the hint. */
export function verdictOf(error: unknown): Verdict {
  if (error instanceof AwaitingInputError) {
    return { do: 'park', parked: { kind: 'question', question: error.question } };
  }
  if (error instanceof OverBudget) return { do: 'park', parked: { kind: 'budget' } };
  if (
    error instanceof OutcomeUnknownError ||
    error instanceof RunInterruptedError ||
    error instanceof RunStalledError
  )
    return { do: 'park', parked: { kind: 'unclear', reason: error.message } };
  if (error instanceof CheckpointConflictError || error instanceof SessionBusyError)
    return { do: 'delay', ms: BUSY_MS };
  if (error instanceof InsufficientCreditsError || error instanceof NoCredits) return { do: 'pause-account' };
  if (error instanceof RateLimitError) return { do: 'pause-account', ms: error.retryAfterMs ?? BUSY_MS };
  if (!isNemoVideoError(error)) return { do: 'retry' };
  if (error.retryable) return { do: 'retry' };
  return { do: 'fail', reason: `${error.name}: ${error.message} (${error.hint})` };
}
