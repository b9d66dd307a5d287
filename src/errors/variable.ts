import { OptionError } from './option.js';

/**
 * What a variable of the environment says, checked as the option that it stands for. An empty one is none.
 * @throws {@link OptionError} that names the variable: whoever set it may know nothing of the option.
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
    const hint = `Change the environment variable ${name}, or unset it.`;
    throw new OptionError({ field: name, accepted: error.accepted, hint });
  }
}
