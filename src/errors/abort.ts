import { type ErrorFacts, NemoVideoError } from './base.js';
import type { RunSnapshot } from './run.js';

/** Facts of an {@link AbortError}. */
export interface AbortFacts extends ErrorFacts {
  /** What was given up, e.g. `run`. */
  readonly operation: string;
  /** Of a run whose message had been sent, or was about to be: lets its outcome be asked for later. */
  readonly snapshot?: RunSnapshot | undefined;
  /** The text of a run that had arrived until then. */
  readonly partialText?: string | undefined;
  /** The time since a run's message was sent, in ms. */
  readonly elapsedMs?: number | undefined;
}

/** The caller's signal was aborted, or a loop over a run was left. `cause` is the signal's reason. */
export class AbortError extends NemoVideoError {
  override readonly name = 'AbortError';
  /** The snapshot of a run: `nemo.runs.open(error.snapshot)` finds out what came of it. Undefined for other calls. */
  readonly snapshot: RunSnapshot | undefined;
  /** The text of a run that had arrived until then; empty for other calls. */
  readonly partialText: string;
  /** The time since a run's message was sent, in ms; 0 for other calls. */
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
