import { parseArgs } from 'node:util';
import { checkFields, type FieldKind, OptionError } from '../errors/index.js';
import { VERSION } from '../version.js';
import type { LocalBackendOptions } from './options.js';

const HELP = `nemovideo-sdk ${VERSION}

Usage: nemovideo-sdk local [options]

Serves the NemoVideo wire on this machine: rules instead of a model, real MP4 files, nothing leaves the machine.
Prints the variable that points a client at it: NEMO_API_URL=http://127.0.0.1:8787

Options:
  --port <n>      where to listen; 0 takes a free port (default 8787)
  --host <name>   default 127.0.0.1: reachable from this machine only
  --dir <path>    keep uploads and videos there (default: a temporary folder, removed at the end)
  --no-render     do not render: videos are placeholders of one black frame
  --speed <n>     how many times faster than the service the agent works (default 20)
  --seed <n>      decides what is left to chance (default 1)
  --credits <n>   what an anonymous account may spend (default 10000: a clip costs 100, an edit 50)
  --plan <plan>   free: anonymous users may not export (default pro)
  --font <path>   a further font, for scripts that the built-in Latin one does not have; may be repeated
  --help          this text
  --version       the version
`;

const HELP_HINT = 'See nemovideo-sdk --help.';

/** What the program is asked to serve. */
export interface Command {
  readonly port: number;
  readonly host: string;
  readonly backend: LocalBackendOptions;
}

/** What the arguments ask for; a text when they only ask for that. Throws an OptionError for anything else. */
export function readCommand(args: readonly string[]): Command | string {
  const { values, positionals } = parse(args);
  if (values.version) return `${VERSION}\n`;
  const [command, ...rest] = positionals;
  if (values.help || (command === undefined && args.length === 0)) return HELP;
  if (command !== 'local' || rest.length > 0)
    throw new OptionError({ field: 'command', accepted: '`local`', hint: HELP_HINT });
  const backend: LocalBackendOptions = {
    speed: number('--speed', values.speed),
    seed: number('--seed', values.seed),
    credits: number('--credits', values.credits),
    fonts: values.font ?? [],
  };
  // Not 'video': without the packages that render, everything else shall work.
  if (values['no-render']) backend.render = 'off';
  if (values.dir !== undefined) backend.dir = values.dir;
  if (values.plan !== 'free' && values.plan !== 'pro')
    throw new OptionError({ field: '--plan', accepted: 'free or pro' });
  backend.plan = values.plan;
  return { port: number('--port', values.port), host: values.host, backend };
}

const OPTIONS = {
  port: { type: 'string', default: '8787' },
  host: { type: 'string', default: '127.0.0.1' },
  dir: { type: 'string' },
  'no-render': { type: 'boolean', default: false },
  speed: { type: 'string', default: '20' },
  seed: { type: 'string', default: '1' },
  credits: { type: 'string', default: '10000' },
  plan: { type: 'string', default: 'pro' },
  font: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'v', default: false },
} as const;

/** As they are typed. */
const NAMES = Object.fromEntries(
  Object.keys(OPTIONS).map((name): [string, FieldKind] => [`--${name}`, 'any']),
);

/** Looks at what was typed before Node does, whose errors speak of positional arguments. */
function parse(typed: readonly string[]) {
  const args = [...typed];
  const options = { args, options: OPTIONS, allowPositionals: true };
  const { tokens } = parseArgs({ ...options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (!isOption(name)) checkFields({ [rawName]: true }, NAMES);
    else if (OPTIONS[name].type === 'boolean') {
      if (value === undefined) continue;
      throw new OptionError({ field: rawName, accepted: 'alone, without a value', hint: HELP_HINT });
    } else if (value === undefined) {
      throw new OptionError({ field: rawName, accepted: 'followed by a value', hint: HELP_HINT });
    } else if (!inlineValue && value.startsWith('-')) {
      const hint = `Write ${rawName}=${value} if that is the value.`;
      throw new OptionError({ field: rawName, accepted: `followed by a value, not by ${value}`, hint });
    }
  }
  return parseArgs(options);
}

function isOption(name: string): name is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, name);
}

/** An error of the backend's options, in the words of whoever typed the arguments: `--font` for `fonts[0]`. */
export function asArgument(error: OptionError): OptionError {
  const { field, accepted, hint, cause } = error;
  const [option = ''] = /^\w+/.exec(field) ?? [];
  const name = option === 'fonts' ? 'font' : option;
  if (!isOption(name)) return error;
  const argument = `--${name}`;
  return new OptionError({
    field: argument,
    accepted,
    hint: hint.replace(`\`${field}\``, `\`${argument}\``),
    cause,
  });
}

function number(field: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new OptionError({ field, accepted: 'a number' });
  return value;
}
