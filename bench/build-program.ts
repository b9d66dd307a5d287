import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '..');

/**
 * Builds a program of a benchmark, `source` below `bench/`, from the library's sources as the package is built. A
 * loader would stand in the way: tsx names every function when it is made, which costs more than many of them do.
 * `packages`: `external` are found where the program lies; `bundle` makes it one file that runs anywhere.
 */
export async function buildProgram(
  source: string,
  outfile: string,
  packages: 'bundle' | 'external',
): Promise<void> {
  await build({
    entryPoints: [join(ROOT, 'bench', source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages,
    alias: { '#platform': join(ROOT, 'src/platform/node.ts') },
    logLevel: 'error',
  });
}
