#!/usr/bin/env node
import { isNemoVideoError, NemoVideo, OptionError } from '../index.js';
import { serveLocal } from '../local/command.js';
import { VERSION } from '../version.js';
import type { Command } from './command.js';
import { answer, send } from './conversation.js';
import { create } from './create.js';
import { mcp } from './mcp.js';
import { EXIT, Output } from './output.js';
import { credits, exportVideo, timeline } from './single-calls.js';

const COMMANDS: readonly Command[] = [create, send, answer, timeline, exportVideo, credits, mcp];

const LIST = [
  ...COMMANDS,
  { name: 'local', summary: 'serves the local backend: real MP4s, no account, no network' },
];

const HELP = `nemovideo-sdk ${VERSION}

Usage: nemovideo-sdk <command> [options]

Commands:
${LIST.map(({ name, summary }) => `  ${name.padEnd(9)} ${summary}`).join('\n')}

nemovideo-sdk <command> --help describes one.

The account: NEMO_TOKEN, else a free anonymous token. Another service, e.g. a local backend: NEMO_API_URL.
Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 the agent asks, 130 interrupted (the same command continues).
`;

/** Does what the arguments say, and returns the exit code. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === 'local') return serveLocal(args);
  if (name === '--version' || name === '-v') return print(`${VERSION}\n`);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return print(HELP);
  const streams = { out: process.stdout, err: process.stderr };
  const output = new Output(streams, args.includes('--json'));
  const command = COMMANDS.find((it) => it.name === name);
  // A reader that has seen enough (`| head`) ends no paid work.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const interrupt = new AbortController();
  // The second Ctrl-C ends the process as the system does.
  process.once('SIGINT', () => interrupt.abort(new DOMException('Interrupted', 'AbortError')));
  process.once('SIGTERM', () => interrupt.abort(new DOMException('Terminated', 'AbortError')));
  try {
    if (command === undefined) {
      throw new OptionError({
        field: 'command',
        accepted: `one of ${LIST.map((it) => it.name).join(', ')}`,
        hint: 'See nemovideo-sdk --help.',
      });
    }
    if (args.includes('--help') || args.includes('-h')) return print(command.help);
    return await command.run(args, { nemo: new NemoVideo(), output, signal: interrupt.signal });
  } catch (error) {
    if (!isNemoVideoError(error)) throw error;
    output.error(error);
    return error instanceof OptionError ? EXIT.usage : EXIT.failed;
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return EXIT.done;
}

process.exitCode = await main(process.argv.slice(2));
