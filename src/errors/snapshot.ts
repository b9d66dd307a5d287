import { OptionError } from './option.js';

/** Something that should be a snapshot and is none. `made` says where one comes from, which is what helps a person. */
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
  const told = { field: `${field}.version`, accepted: '1' };
  if (typeof version !== 'number') throw wrongSnapshot(told.field, told.accepted, made);
  throw new OptionError({ ...told, hint: 'Open it with the version of this library that made it.' });
}
