import { type ErrorFacts, NemoVideoError } from './base.js';

/** Facts of an {@link OptionError}. */
export interface OptionFacts extends ErrorFacts {
  /** The field, e.g. `timeouts.streamIdle`. */
  readonly field: string;
  /** What is accepted there. */
  readonly accepted: string;
  /** What is wrong, where "must be <accepted>" does not say it. A whole sentence without its full stop. */
  readonly problem?: string | undefined;
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
    super(facts.problem ?? `${facts.field} must be ${facts.accepted}`, facts);
    this.field = facts.field;
    this.accepted = facts.accepted;
    this.hint = facts.hint ?? `Pass ${facts.accepted} as \`${facts.field}\`.`;
  }
}

/** Facts of a {@link CheckpointConflictError}. */
export interface CheckpointConflictFacts extends ErrorFacts {
  /** The id of the checkpoint. */
  readonly id: string;
}

/** Another process has saved the same checkpoint since it was read here. What it saved stays; nothing more was sent. */
export class CheckpointConflictError extends NemoVideoError {
  override readonly name = 'CheckpointConflictError';
  /** The id of the checkpoint. */
  readonly id: string;
  readonly retryable = false;
  readonly hint = 'Let the other process finish, or continue from the checkpoint when it has ended.';

  constructor(facts: CheckpointConflictFacts) {
    super(`Another process continues the checkpoint ${JSON.stringify(facts.id)}`, facts);
    this.id = facts.id;
  }
}

/** Something that should be a snapshot and is not one. `made`: where one comes from, which is what helps a person. */
export function wrongSnapshot(field: string, accepted: string, made: string): OptionError {
  return new OptionError({ field, accepted, hint: `Pass ${made}; of its JSON, what \`JSON.parse\` gives.` });
}

/**
 * Checks that a value can be a snapshot of this version of the library.
 * @throws {@link OptionError} naming the field.
 */
export function checkSnapshot(value: unknown, made: string, field = 'snapshot'): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrongSnapshot(field, 'an object', made);
  const version: unknown = Reflect.get(value, 'version');
  if (version === 1) return;
  const facts = { field: `${field}.version`, accepted: '1' };
  if (typeof version !== 'number') throw wrongSnapshot(facts.field, facts.accepted, made);
  throw new OptionError({ ...facts, hint: 'Open it with the version of this library that made it.' });
}

/**
 * The value of an environment variable, checked as the option that it stands for. An empty one counts as unset.
 * @throws {@link OptionError} that names the variable: the person who set it may not know the option.
 */
export function readVariable<T>(
  name: string,
  value: string | undefined,
  check: (value: string) => T,
): T | undefined {
  if (value === undefined || value === '') return undefined;
  try {
    return check(value);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    // How to write it, where the check knows that, is worth more than where it is.
    const how = error.hint.startsWith('Write ') ? `${error.hint} ` : '';
    const hint = `${how}Change the environment variable ${name}, or unset it.`;
    throw new OptionError({ field: name, accepted: error.accepted, hint });
  }
}
