import type { NemoVideo } from '../index.js';
import { type Flags, listFlags, readArguments, type Typed } from './arguments.js';
import type { Output } from './output.js';

/** What a command works with. */
export interface Surroundings {
  readonly nemo: NemoVideo;
  readonly output: Output;
  /** Aborts at the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/** A command of the program. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The help, whole. */
  readonly help: string;
  readonly flags: Flags;
  /**
   * Does it, and returns the exit code.
   * @throws OptionError for arguments that cannot be used; any other error of the client.
   */
  run(args: readonly string[], surroundings: Surroundings): Promise<number>;
}

/** What a command is written as. */
export interface CommandFacts<F extends Flags> {
  readonly name: string;
  readonly summary: string;
  /** What follows its name, e.g. `[files…] -p <prompt>`. */
  readonly usage: string;
  /** What it does, in a few lines. */
  readonly about: string;
  readonly flags: F;
  readonly examples: readonly string[];
  run(typed: Typed<F & typeof COMMON>, surroundings: Surroundings): Promise<number>;
}

/** Every command has these. */
const COMMON = {
  json: { kind: 'switch', text: 'one JSON object a line, for programs' },
  help: { kind: 'switch', short: 'h', text: 'this text' },
} as const satisfies Flags;

/** A command with its help and its parser, out of what it is written as. */
export function command<F extends Flags>(facts: CommandFacts<F>): Command {
  const { name, summary, usage, about, examples } = facts;
  const flags: F & typeof COMMON = { ...facts.flags, ...COMMON };
  const help = [
    `Usage: nemovideo-sdk ${name} ${usage}`,
    about,
    `Options:\n${listFlags(flags)}`,
    `Examples:\n${examples.map((line) => `  nemovideo-sdk ${name} ${line}`).join('\n')}`,
  ].join('\n\n');
  return {
    name,
    summary,
    help: `${help}\n`,
    flags,
    run: (args, surroundings) => facts.run(readArguments(args, flags, name), surroundings),
  };
}
