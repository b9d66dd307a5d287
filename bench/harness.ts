/**
 * What all benchmarks share: every repetition of every contender is a process of its own, the contenders alternate, and
 * what is printed is the median and the range of all repetitions, with the ratio to the first contender, the floor.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { build } from 'esbuild';
import { median } from './median.js';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '..');

/** Beside dist/, which some contenders load, and below node_modules/. */
const OUT = join(ROOT, 'out/bench');

/** What a repetition measured: a number for each column, in the unit of its name (`cpu ms`, `memory MB`). */
export type Measured = Readonly<Record<string, number>>;

/** `--runs 5 --nodes 20,24 --only floor,ours`, and options of a benchmark with their defaults. */
export function requested<Extra extends Readonly<Record<string, string>>>(
  extra: Extra,
): {
  readonly runs: number;
  readonly nodes: readonly string[];
  readonly only: readonly string[];
  readonly extra: Extra;
} {
  const defaults = { runs: '5', nodes: process.versions.node.split('.')[0] ?? '', only: '', ...extra };
  const { values } = parseArgs({
    options: Object.fromEntries(
      Object.entries(defaults).map(([name, value]) => [name, { type: 'string', default: value } as const]),
    ),
  });
  const value = (name: string): string => String(values[name]);
  const list = (name: string): string[] =>
    value(name)
      .split(',')
      .filter((item) => item !== '');
  const extras = Object.fromEntries(Object.keys(extra).map((name) => [name, value(name)]));
  return {
    runs: Number(value('runs')),
    nodes: list('nodes'),
    only: list('only'),
    extra: { ...extra, ...extras },
  };
}

/**
 * Builds a program of a benchmark, `source` below `bench/`, as the package is built: a loader would be measured, too.
 * `inOneFile` puts its packages into it.
 */
export async function built(source: string, { inOneFile = false } = {}): Promise<string> {
  mkdirSync(OUT, { recursive: true });
  const name = source.replaceAll('/', '-').replace(/\.ts$/, inOneFile ? '-in-one-file' : '');
  const outfile = join(OUT, `${name}.mjs`);
  await build({
    entryPoints: [join(ROOT, 'bench', source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: inOneFile ? 'bundle' : 'external',
    // Else the paths of tsconfig.json would put the sources into the program, and their dependencies before the first measurement.
    external: ['nemovideo-sdk'],
    alias: { '#platform': join(ROOT, 'src/platform/node.ts') },
    logLevel: 'error',
  });
  return outfile;
}

/** A server in a process of its own; it prints its address. */
export async function startServer(
  program: string,
  args: readonly string[] = [],
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((done, fail) => {
    child.stdout?.once('data', (line: Buffer) => done(line.toString().trim()));
    child.once('exit', () => fail(new Error('the server did not start')));
  });
  return { child, url };
}

/** The program of a major version of Node: this one, or the one that npx installs. */
async function nodeProgram(major: string): Promise<string> {
  if (process.version.startsWith(`v${major}.`)) return process.execPath;
  const { stdout } = await run('npx', ['-y', `node@${major}`, '-p', 'process.execPath'], { cwd: '/' });
  return stdout.trim();
}

/** Runs `program contender ...args` for each contender in turn, `runs` times, on each Node, and prints a table. */
export async function compare(options: {
  readonly title: string;
  readonly program: string;
  readonly contenders: readonly string[];
  readonly args: readonly string[];
  readonly runs: number;
  readonly nodes: readonly string[];
  /** For `node`. */
  readonly flags?: readonly string[];
}): Promise<void> {
  for (const major of options.nodes) {
    const node = await nodeProgram(major);
    const results = new Map<string, Measured[]>(options.contenders.map((name) => [name, []]));
    for (let round = 0; round < options.runs; round += 1) {
      for (const name of options.contenders) {
        const command = [...(options.flags ?? []), options.program, name, ...options.args];
        const { stdout } = await run(node, command, { cwd: ROOT, maxBuffer: 1e8 });
        const measured: Measured = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
        results.get(name)?.push(measured);
      }
    }
    console.log(`\n${options.title} (Node ${major}, ${options.runs} processes each)`);
    printTable(results);
  }
}

function printTable(results: ReadonlyMap<string, readonly Measured[]>): void {
  const [floor = []] = results.values();
  const columns = Object.keys(floor[0] ?? {});
  const row = (cells: readonly string[]): string =>
    cells.map((cell, index) => (index === 0 ? cell.padEnd(32) : cell.padStart(28))).join('');
  console.log(row(['', ...columns]));
  for (const [name, measured] of results) {
    const cells = columns.map((column) => {
      const values = measured.map((one) => one[column] ?? Number.NaN);
      const ratios = values.map((value, round) => value / (floor[round]?.[column] ?? Number.NaN));
      const ratio = name === [...results.keys()][0] ? '' : ` × ${median(ratios).toFixed(2)}`;
      return `${short(median(values))} (${short(Math.min(...values))}–${short(Math.max(...values))})${ratio}`;
    });
    console.log(row([name, ...cells]));
  }
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

/**
 * Measures one operation: time, CPU of all threads, and the peak of memory above what the process had before; with the
 * flag `--expose-gc` also what its result keeps, after a collection of garbage.
 */
export async function measure(operation: () => Promise<unknown>): Promise<Measured> {
  globalThis.gc?.();
  const { rss: memory, heapUsed } = process.memoryUsage();
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const kept = [await operation()];
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  const peak = process.resourceUsage().maxRSS * 1024 - memory;
  const measured = { 'CPU ms': (user + system) / 1000, 'time ms': ms, 'memory MB': Math.max(0, peak) / 1e6 };
  if (globalThis.gc === undefined) return measured;
  globalThis.gc();
  const keptBytes = process.memoryUsage().heapUsed - heapUsed;
  // Read once more, so that the engine cannot let go of it before.
  return kept.length === 1 ? { ...measured, 'kept MB': Math.max(0, keptBytes) / 1e6 } : measured;
}
