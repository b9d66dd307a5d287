import { OptionError } from './option.js';

/** What is accepted in a field. A table is for an object with fields. */
export type FieldRule = FieldKind | FieldCheck | FieldTable;

/** The kinds of values that many fields have. */
export type FieldKind =
  | 'any'
  | 'boolean'
  | 'count'
  | 'delays'
  | 'function'
  | 'functions'
  | 'header'
  | 'object'
  | 'positive'
  | 'signal'
  | 'string';

/** A check that one field has for itself. */
export interface FieldCheck {
  /** As in "… must be <accepted>". */
  readonly accepted: string;
  is(value: unknown): boolean;
}

/** The fields of an options object by name. */
export interface FieldTable {
  readonly [name: string]: FieldRule;
}

/** Every field of an options object `T`, so that the compiler finds one that is missing. */
export type Fields<T> = { readonly [Name in keyof Required<T>]: FieldRule };

/** The fields of options that hold only a signal. */
export const SIGNAL_ONLY: Fields<{ signal?: AbortSignal }> = { signal: 'signal' };

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const KINDS: Readonly<Record<FieldKind, FieldCheck>> = {
  any: { accepted: 'anything', is: () => true },
  // Nothing else: to JavaScript, the text 'false' is true.
  boolean: { accepted: 'true or false', is: (value) => typeof value === 'boolean' },
  count: { accepted: 'a whole number from 1', is: (value) => Number.isInteger(value) && Number(value) >= 1 },
  delays: {
    accepted: 'a list of milliseconds, each finite',
    is: (value) => Array.isArray(value) && value.every((ms) => Number.isFinite(ms) && ms >= 0),
  },
  function: { accepted: 'a function', is: (value) => typeof value === 'function' },
  functions: {
    accepted: 'a list of functions',
    is: (value) => Array.isArray(value) && value.every((entry) => typeof entry === 'function'),
  },
  header: {
    accepted: 'text that fits in an HTTP header (Latin letters, one line)',
    is: (value) => isText(value) && [...value].every(fitsHeader),
  },
  object: { accepted: 'an object', is: isObject },
  positive: {
    accepted: 'a positive number',
    is: (value) => typeof value === 'number' && Number.isFinite(value) && value > 0,
  },
  // Not `instanceof`: a signal may come from another realm, as under Jest.
  signal: {
    accepted: 'an AbortSignal',
    is: (value) => isObject(value) && 'aborted' in value && 'addEventListener' in value,
  },
  string: { accepted: 'a string that is not empty', is: isText },
};

/** An object of the caller's with the methods that will be called. */
export function having(...methods: readonly string[]): FieldCheck {
  return {
    accepted: `an object with ${methods.map((name) => `${name}()`).join(', ')}`,
    is: (value) => isObject(value) && methods.every((name) => typeof Reflect.get(value, name) === 'function'),
  };
}

/** Names that people try first, which are no slip of an option: the option that is meant, or a sentence. */
export type Synonyms = Readonly<Record<string, string>>;

/**
 * Checks the fields of an options object. A name that no table has is refused, not ignored; and so is a callback that is
 * not a function, before anything is sent and not when it is to be called.
 * @param within the options that it is a field of, e.g. `timeouts`; omitted for the options of a call.
 * @throws {@link OptionError} for the first one that is wrong, with the name that was probably meant.
 */
export function checkFields(
  given: unknown,
  known: FieldTable,
  within?: string,
  synonyms: Synonyms = {},
): void {
  if (!isObject(given)) throw new OptionError({ field: within ?? 'options', accepted: 'an object' });
  for (const [name, value] of Object.entries(given)) {
    const field = within === undefined ? name : `${within}.${name}`;
    const rule = Object.hasOwn(known, name) ? known[name] : undefined;
    if (rule === undefined) throw unknownField(name, field, Object.keys(known), synonyms);
    if (value === undefined) continue;
    if (typeof rule === 'object' && !isCheck(rule)) {
      checkFields(value, rule, field);
      continue;
    }
    const { accepted, is } = typeof rule === 'string' ? KINDS[rule] : rule;
    if (!is(value)) throw new OptionError({ field, accepted });
  }
}

function isCheck(rule: FieldCheck | FieldTable): rule is FieldCheck {
  return typeof rule.accepted === 'string' && typeof rule.is === 'function';
}

function unknownField(
  name: string,
  field: string,
  names: readonly string[],
  synonyms: Synonyms,
): OptionError {
  const meant =
    names.find((other) => isSlip(name, other)) ??
    (Object.hasOwn(synonyms, name) ? synonyms[name] : undefined);
  const hint =
    meant === undefined
      ? 'Leave it out: nothing reads it.'
      : meant.includes(' ')
        ? meant
        : `Did you mean \`${meant}\`?`;
  return new OptionError({ field, accepted: `one of the options ${names.join(', ')}`, hint });
}

/** Whether a header can carry a character in every runtime. */
function fitsHeader(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code === 9 || (code >= 0x20 && code <= 0x7e) || (code >= 0x80 && code <= 0xff);
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
