#!/usr/bin/env node
import { isNemoVideoError, OptionError } from './errors/index.js';
import { asArgument, readCommand, serveLocal } from './local/command.js';

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === 'local') return serveLocal(args);
  try {
    process.stdout.write(String(readCommand(name === undefined ? [] : [name, ...args])));
    return 0;
  } catch (error) {
    if (!isNemoVideoError(error)) throw error;
    const { message, hint } = error instanceof OptionError ? asArgument(error) : error;
    process.stderr.write(`${message}. ${hint}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
