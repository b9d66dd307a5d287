import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder `test/runtimes`. */
export const HERE = fileURLToPath(new URL('../', import.meta.url));

/** The path of a program that its package.json brings. */
export const tool = (name) => join(HERE, 'node_modules', '.bin', name);

export const isThere = (path) => existsSync(path);
