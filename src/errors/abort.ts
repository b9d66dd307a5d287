import { type ErrorFacts, NemoVideoError } from './base.js';
import type { RunSnapshot } from './run.js';

/** Facts of an {@link AbortError}. */
export interface AbortFacts extends ErrorFacts {
  /** What was given up, e.g. `run`. */
  readonly operation: string;
  /** A run whose message had left (or was about to): with which its outcome can be asked for later. */
  readonly snapshot?: RunSnapshot | undefined;
  /** A run's text that had arrived. */
  readonly partialText?: string | undefined;
  /** A run's time from sending, in ms. */
  readonly elapsedMs?: number | undefined;
}

/** The caller's signal was aborted, or a loop over a run was left. `cause` is the signal's reason. */
export class AbortError extends NemoVideoError {
  override readonly name = 'AbortError';
  /** A run's snapshot: `nemo.runs.open(error.snapshot)` tells what came of the message. Else undefined. */
  readonly snapshot: RunSnapshot | undefined;
  /** A run's text that had arrived; empty for other calls. */
  readonly partialText: string;
  /** A run's time from sending, in ms; 0 for other calls. */
  readonly elapsedMs: number;
  readonly retryable = false;
  readonly hint: string;

  constructor(facts: AbortFacts) {
    super(`${facts.operation} was aborted`, facts);
    this.snapshot = facts.snapshot;
    this.partialText = facts.partialText ?? '';
    this.elapsedMs = facts.elapsedMs ?? 0;
    this.hint = facts.snapshot
      ? 'The message may be at work in the service: `nemo.runs.open(error.snapshot)` tells what came of it.'
      : 'You asked for this: the signal was aborted.';
  }
}
