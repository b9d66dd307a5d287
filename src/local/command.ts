import { parseArgs } from 'node:util';
import { OptionError } from '../errors/index.js';
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
    throw new OptionError({ field: 'command', accepted: '`local`', hint: 'See nemovideo-sdk --help.' });
  const backend: LocalBackendOptions = {
    render: values['no-render'] ? 'off' : 'video',
    speed: number('--speed', values.speed),
    seed: number('--seed', values.seed),
    credits: number('--credits', values.credits),
    fonts: values.font,
  };
  if (values.dir !== undefined) backend.dir = values.dir;
  if (values.plan !== 'free' && values.plan !== 'pro')
    throw new OptionError({ field: '--plan', accepted: 'free or pro' });
  backend.plan = values.plan;
  return { port: number('--port', values.port), host: values.host, backend };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string', default: '8787' },
        host: { type: 'string', default: '127.0.0.1' },
        dir: { type: 'string' },
        'no-render': { type: 'boolean', default: false },
        speed: { type: 'string', default: '20' },
        seed: { type: 'string', default: '1' },
        credits: { type: 'string', default: '10000' },
        plan: { type: 'string', default: 'pro' },
        font: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', short: 'v', default: false },
      },
    });
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new OptionError({
      field: 'arguments',
      accepted: `options that exist: ${problem}`,
      hint: 'See nemovideo-sdk --help.',
      cause,
    });
  }
}

function number(field: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new OptionError({ field, accepted: 'a number' });
  return value;
}
