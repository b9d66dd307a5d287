import { type ErrorFacts, NemoVideoError } from './base.js';

/** Facts of an {@link OptionError}. */
export interface OptionFacts extends ErrorFacts {
  /** The field, e.g. `timeouts.streamIdle`. */
  readonly field: string;
  /** What is accepted there. */
  readonly accepted: string;
  /** What to do, where it is not just "pass what is accepted". */
  readonly hint?: string | undefined;
}

/** An option or argument is wrong. Thrown before anything is sent. */
export class OptionError extends NemoVideoError {
  override readonly name = 'OptionError';
  /** The field that is wrong. */
  readonly field: string;
  /** What is accepted there. */
  readonly accepted: string;
  readonly retryable = false;
  readonly hint: string;

  constructor(facts: OptionFacts) {
    super(`${facts.field} must be ${facts.accepted}`, facts);
    this.field = facts.field;
    this.accepted = facts.accepted;
    this.hint = facts.hint ?? `Pass ${facts.accepted} as \`${facts.field}\`.`;
  }
}
