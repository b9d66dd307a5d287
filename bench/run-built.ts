import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '..');
/** Beside dist/, which some of them measure, and below node_modules/. */
const OUT = join(ROOT, 'out');

/**
 * Builds programs of benchmarks from the sources, as the package is built, and runs the first of them to its end. A
 * loader would stand in the way: tsx names every function when it is made, which costs more than many of them do.
 * `programs`: the names of the files in `out/`, each with its source in `bench/`.
 */
export async function runBuilt(programs: Readonly<Record<string, string>>, ...args: string[]): Promise<void> {
  await build({
    entryPoints: Object.entries(programs).map(([out, source]) => ({ in: join(ROOT, 'bench', source), out })),
    outdir: OUT,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { '#platform': join(ROOT, 'src/platform/node.ts') },
    logLevel: 'error',
  });
  const [first = ''] = Object.keys(programs);
  const { status } = spawnSync(process.execPath, [join(OUT, `${first}.mjs`), ...args], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
