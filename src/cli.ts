#!/usr/bin/env node
import { isNemoVideoError, OptionError } from './errors/index.js';
import { asArgument, type Command, readCommand } from './local/command.js';
import { createLocalBackend, rendererAvailable } from './local/index.js';

/** Serves until the person or the system ends it. */
async function serve({ port, host, backend: options }: Command): Promise<void> {
  const backend = await createLocalBackend(options);
  try {
    await backend.listen({ port, host });
    // Alone on stdout, so that a script can take it as it is.
    process.stdout.write(`NEMO_API_URL=${backend.url}\n`);
    const available = options.render === 'off' ? true : await rendererAvailable();
    if (available !== true)
      process.stderr.write(`${available.message}\nEverything else works without them.\n`);
    process.stderr.write(`Listening on ${backend.url}. Set the variable above for a client; Ctrl-C ends.\n`);
    await new Promise((resolve) => {
      process.once('SIGINT', resolve);
      process.once('SIGTERM', resolve);
    });
  } finally {
    await backend.close();
  }
}

async function main(): Promise<void> {
  try {
    const command = readCommand(process.argv.slice(2));
    if (typeof command === 'string') process.stdout.write(command);
    else await serve(command);
  } catch (error) {
    if (!isNemoVideoError(error)) throw error;
    const { message, hint } = error instanceof OptionError ? asArgument(error) : error;
    process.stderr.write(`${message}. ${hint}\n`);
    process.exitCode = 1;
  }
}

void main();
