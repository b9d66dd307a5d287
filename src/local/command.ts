import { parseArgs } from 'node:util';
import { checkFields, type FieldKind, isNemoVideoError, OptionError } from '../errors/index.js';
import { VERSION } from '../version.js';
import { createLocalBackend, type RequestRecord, rendererAvailable } from './index.js';
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
  --limits        one anonymous token per client id and ten per address in 7 days, as at the service
  --allow-origin <origin>   a web page that may call it, or * for any (default: pages of this machine); may be repeated
  --fetch-from <what>       uploads by URL: none, loopback or any (default none)
  --verbose       a line for each request, on stderr
  --help          this text
  --version       the version
`;

const HELP_HINT = 'See nemovideo-sdk --help.';

/** What the program is asked to serve. */
export interface Command {
  readonly port: number;
  readonly host: string;
  /** A line for each request. */
  readonly verbose: boolean;
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
  const from = values['fetch-from'];
  if (from !== 'none' && from !== 'loopback' && from !== 'any')
    throw new OptionError({ field: '--fetch-from', accepted: 'none, loopback or any' });
  backend.fetchFrom = from;
  if (values.limits) backend.limits = true;
  if (values['allow-origin'] !== undefined) backend.allowOrigin = values['allow-origin'];
  return { port: number('--port', values.port), host: values.host, verbose: values.verbose, backend };
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
  limits: { type: 'boolean', default: false },
  'allow-origin': { type: 'string', multiple: true },
  'fetch-from': { type: 'string', default: 'none' },
  verbose: { type: 'boolean', default: false },
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

/** Serves until the person or the system ends it, and returns the exit code: 2 for wrong arguments. `args` are those behind `local`. */
export async function serveLocal(args: readonly string[]): Promise<number> {
  try {
    const command = readCommand(['local', ...args]);
    if (typeof command === 'string') process.stdout.write(command);
    else await serve(command);
    return 0;
  } catch (error) {
    if (!isNemoVideoError(error)) throw error;
    const { message, hint } = error instanceof OptionError ? asArgument(error) : error;
    process.stderr.write(`${message}. ${hint}\n`);
    return error instanceof OptionError ? 2 : 1;
  }
}

async function serve({ port, host, verbose, backend: options }: Command): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const available = options.render === 'off' ? true : await rendererAvailable();
  if (available !== true) say(`${available.message}\nEverything else works without them.`);
  if (verbose) options.onRequest = (record) => say(logLine(record));
  const backend = await createLocalBackend(options);
  try {
    await backend.listen({ port, host });
    // Alone on stdout, so that a script can take it as it is.
    process.stdout.write(`NEMO_API_URL=${backend.url}\n`);
    const { port: bound } = new URL(backend.url);
    if (host === '0.0.0.0' || host === '::')
      say(
        `Bound to ${host}:${bound}: every machine that reaches this one can use it, and read what is uploaded.`,
      );
    say(
      `Listening on ${backend.url}; curl ${backend.url}/ lists every call. Set the variable above for a client; Ctrl-C ends.`,
    );
    await new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
    });
  } finally {
    await backend.close();
  }
}

const logLine = ({ at, method, path, status, bytes, fault }: RequestRecord): string =>
  `${new Date(at).toISOString()} ${method} ${path} ${status} ${bytes} bytes${fault === undefined ? '' : `, fault ${fault}`}`;

/** An error of the backend's options, in the words of the person who typed the arguments: `--font` for `fonts[0]`. */
export function asArgument(error: OptionError): OptionError {
  const { field, accepted, hint, cause } = error;
  const [option = ''] = /^\w+/.exec(field) ?? [];
  const name = option === 'fonts' ? 'font' : option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
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
