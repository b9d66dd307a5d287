/**
 * What `import 'nemovideo-sdk'` costs a fresh process, in ms: the built package, its three dependencies as they are
 * installed, and the three in one file, which is the floor. Interleaved; medians, less an empty process.
 * `npm run build && tsx bench/import.ts [rounds]`
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { median } from './median.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const DEPENDENCIES = `export { default as ky } from 'ky';
export { createParser } from 'eventsource-parser';
export * as z from 'zod/mini';`;

/** Time from the start of a process until `code` is done, in ms. */
function run(code: string): number {
  const script = `${code}\nprocess.stdout.write(String(performance.now()));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

/** Medians by name, in ms, of `rounds` rounds. */
export async function measureImports(rounds: number): Promise<ReadonlyMap<string, number>> {
  const built = join(ROOT, 'dist/index.js');
  if (!existsSync(built)) throw new Error('There is no dist/index.js: run `npm run build` first.');
  const folder = mkdtempSync(join(tmpdir(), 'nemovideo-import-'));
  const oneFile = join(folder, 'dependencies.mjs');
  await build({
    stdin: { contents: DEPENDENCIES, resolveDir: ROOT },
    outfile: oneFile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  const load = (path: string): string => `await import(${JSON.stringify(pathToFileURL(path).href)});`;
  const ways = new Map([
    ['empty process', ''],
    ['dependencies in one file', load(oneFile)],
    ['dependencies as installed', "import 'ky'; import 'eventsource-parser'; import 'zod/mini';"],
    ['nemovideo-sdk', load(built)],
  ]);
  const samples = new Map([...ways.keys()].map((name): [string, number[]] => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    // The first round brings the files into the memory of the machine.
    for (const [name, code] of ways) {
      const ms = run(code);
      if (round >= 0) samples.get(name)?.push(ms);
    }
  }
  rmSync(folder, { recursive: true });
  return new Map([...samples].map(([name, values]) => [name, median(values)]));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const medians = await measureImports(Number(process.argv[2] ?? 15));
  const empty = medians.get('empty process') ?? Number.NaN;
  const floor = medians.get('dependencies in one file') ?? Number.NaN;
  for (const [name, ms] of medians) {
    console.log(
      `${name.padEnd(26)} ${(ms - empty).toFixed(1).padStart(6)} ms added` +
        (name === 'nemovideo-sdk' ? `, ${(ms - floor).toFixed(1)} ms to the floor` : ''),
    );
  }
}
