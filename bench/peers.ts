import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/** Peers are in a package of their own, so that the project never depends on them; from the root of the project. */
const PEERS = resolve('bench/peers');

/** Of these peers, by the name of their package, those that are installed. */
export function installed(names: Readonly<Record<string, string>>): string[] {
  return Object.keys(names).filter((name) => existsSync(resolve(PEERS, 'node_modules', names[name] ?? '')));
}

/** A class of a peer; each contender says what it uses of it. */
export function peer<Class>(name: string): Class {
  const loaded = createRequire(resolve(PEERS, 'package.json'))(name);
  return loaded.default ?? loaded;
}
