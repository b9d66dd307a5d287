import { OptionError } from './option.js';

/** What may stand in a field, as far as all options are checked alike; what else a field asks for is checked where it is read. */
export type FieldKind = 'any' | 'boolean' | 'function' | 'object' | 'signal' | 'string';

/** Every field of an options object `T`, so that the compiler misses one that is not named. */
export type Fields<T> = Readonly<Record<keyof T, FieldKind>>;

/** The fields of options that hold only a signal. */
export const SIGNAL_ONLY: Fields<{ signal?: AbortSignal }> = { signal: 'signal' };

const KINDS: Readonly<Record<FieldKind, { readonly accepted: string; is(value: unknown): boolean }>> = {
  any: { accepted: 'anything', is: () => true },
  // Nothing else: to JavaScript, the text 'false' is true.
  boolean: { accepted: 'true or false', is: (value) => typeof value === 'boolean' },
  function: { accepted: 'a function', is: (value) => typeof value === 'function' },
  object: { accepted: 'an object', is: isObject },
  // Not `instanceof`: a signal may come from another realm, as under Jest.
  signal: {
    accepted: 'an AbortSignal',
    is: (value) => isObject(value) && 'aborted' in value && 'addEventListener' in value,
  },
  string: {
    accepted: 'a string that is not empty',
    is: (value) => typeof value === 'string' && value.trim() !== '',
  },
};

/**
 * Checks the fields of an options object: one that nobody would read must be told, not ignored, and a callback that is
 * none must be told before anything is sent and not when it is to be called.
 * @param within the options that it is a field of, e.g. `timeouts`; none for the options of a call.
 * @throws {@link OptionError} for the first one that is wrong, with the name that was probably meant.
 */
export function checkFields(
  given: unknown,
  known: Readonly<Record<string, FieldKind>>,
  within?: string,
): void {
  if (!isObject(given)) throw new OptionError({ field: within ?? 'options', accepted: 'an object' });
  const names = Object.keys(known);
  for (const [name, value] of Object.entries(given)) {
    const field = within === undefined ? name : `${within}.${name}`;
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) {
      const meant = names.find((other) => isSlip(name, other));
      throw new OptionError({
        field,
        accepted: `one of the options ${names.join(', ')}`,
        hint: meant === undefined ? 'Leave it out: nothing reads it.' : `Did you mean \`${meant}\`?`,
      });
    }
    const { accepted, is } = KINDS[kind];
    if (value !== undefined && !is(value)) throw new OptionError({ field, accepted });
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether one is the other with the wrong case, or with a letter or two too many, missing, wrong or exchanged. */
function isSlip(written: string, meant: string): boolean {
  return distance(written.toLowerCase(), meant.toLowerCase()) <= 2;
}

/** Letters to add, to remove or to change. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...a].entries()) {
    const line = [row + 1];
    for (const [column, other] of [...b].entries()) {
      const kept = (above[column] ?? 0) + (letter === other ? 0 : 1);
      line.push(Math.min(kept, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}
