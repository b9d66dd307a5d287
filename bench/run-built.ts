import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildProgram } from './build-program.js';

/** Beside dist/, which some of them measure, and below node_modules/. */
const OUT = resolve(import.meta.dirname, '../out');

/**
 * Builds programs of benchmarks and runs the first of them to its end. `programs`: the names of the files in `out/`,
 * each with its source in `bench/`.
 */
export async function runBuilt(programs: Readonly<Record<string, string>>, ...args: string[]): Promise<void> {
  const files = Object.entries(programs).map(([name, source]) => [join(OUT, `${name}.mjs`), source] as const);
  for (const [file, source] of files) await buildProgram(source, file, 'external');
  const [first = ''] = files.map(([file]) => file);
  const { status } = spawnSync(process.execPath, [first, ...args], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
