import { exit } from 'node:process';

/** Says how an example is called, and ends it with exit code 1. */
export function usage(call: string): never {
  console.error(`Usage: npx tsx examples/${call}`);
  exit(1);
}
