import { parseArgs } from 'node:util';
import { checkFields, type FieldKind, OptionError } from '../errors/index.js';

/** An option of a command, as its help shows it and as it is parsed. */
interface Flag {
  /** `number` and `text` are followed by a value; `list` too, and may be repeated; `switch` has no value. */
  readonly kind: 'switch' | 'text' | 'number' | 'list';
  /** What its value is called in the help, e.g. `seconds`. */
  readonly value?: string;
  /** One letter, e.g. `o` for `-o`. */
  readonly short?: string;
  /** What it does, for the help. */
  readonly text: string;
}

/** The options of a command, by name. */
export type Flags = Readonly<Record<string, Flag>>;

/** What was typed: `values` by the names of `flags`, `rest` without a name. */
export interface Typed<F extends Flags> {
  readonly values: { readonly [K in keyof F]: ValueOf<F[K]> | undefined };
  readonly rest: readonly string[];
}

type ValueOf<F extends Flag> = F['kind'] extends 'switch'
  ? boolean
  : F['kind'] extends 'number'
    ? number
    : F['kind'] extends 'list'
      ? readonly string[]
      : string;

/**
 * Reads the arguments of a command.
 * @throws OptionError that names the option as it was typed, and what was meant.
 */
export function readArguments<F extends Flags>(args: readonly string[], flags: F, command: string): Typed<F> {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { kind, short }]) => [
      name,
      {
        type: kind === 'switch' ? ('boolean' as const) : ('string' as const),
        multiple: kind === 'list',
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );
  const parsing = { args: [...args], options, allowPositionals: true };
  // Looked at before Node does, whose errors speak of positional arguments.
  const { tokens } = parseArgs({ ...parsing, strict: false, tokens: true });
  for (const token of tokens) if (token.kind === 'option') checkOption(token, flags, command);
  const { values, positionals } = parseArgs(parsing);
  const read = Object.entries(flags).map(([name, { kind }]) => {
    const value = values[name];
    return [name, kind === 'number' && typeof value === 'string' ? numberOf(`--${name}`, value) : value];
  });
  return { values: Object.fromEntries(read), rest: positionals };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function checkOption(
  { name, rawName, value, inlineValue }: OptionToken,
  flags: Flags,
  command: string,
): void {
  const hint = `See nemovideo-sdk ${command} --help.`;
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (flag === undefined) {
    const names = Object.keys(flags).map((it): [string, FieldKind] => [`--${it}`, 'any']);
    checkFields({ [rawName]: true }, Object.fromEntries(names));
  } else if (flag.kind === 'switch') {
    if (value === undefined) return;
    throw new OptionError({ field: rawName, accepted: 'alone, without a value', hint });
  } else if (value === undefined) {
    throw new OptionError({ field: rawName, accepted: 'followed by a value', hint });
  } else if (!inlineValue && value.startsWith('-') && value.length > 1) {
    throw new OptionError({
      field: rawName,
      accepted: `followed by a value, not by ${value}`,
      hint: `Write ${rawName}=${value} if that is the value.`,
    });
  }
}

function numberOf(field: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new OptionError({ field, accepted: 'a number' });
  return value;
}

/** The lines of the help that list `flags`. */
export function listFlags(flags: Flags): string {
  const rows = Object.entries(flags).map(([name, { short, value, kind, text }]) => {
    const typed = `${short === undefined ? '    ' : `-${short}, `}--${name}${kind === 'switch' ? '' : ` <${value ?? kind}>`}`;
    return { typed, text };
  });
  const width = Math.max(...rows.map(({ typed }) => typed.length));
  return rows.map(({ typed, text }) => `  ${typed.padEnd(width)}  ${text}`).join('\n');
}
