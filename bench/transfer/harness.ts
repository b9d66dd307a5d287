/**
 * What the benchmarks of uploads and downloads share: contenders in processes of their own, in turn, on any Node, with
 * the peak of memory that each adds to what it had before it began.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { buildProgram } from '../build-program.js';
import { median } from '../median.js';

const run = promisify(execFile);
const ROOT = resolve(dirname(import.meta.filename), '../..');

/** What is asked for on the command line. */
export interface Request {
  readonly runs: number;
  readonly bytes: number;
  /** Major versions of Node. */
  readonly nodes: readonly string[];
}

/** What one process measured. */
export interface Measured {
  readonly ms: number;
  /** Time of the processor, all threads: what the transfer costs on a machine that does something else meanwhile. */
  readonly cpuMs: number;
  /** Peak of resident memory above what it was before the transfer, in MB (10^6 bytes). */
  readonly megabytes: number;
}

export function requested(): Request {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '3' },
      mb: { type: 'string', default: '500' },
      nodes: { type: 'string', default: '20' },
    },
  });
  return {
    runs: Number(values.runs),
    bytes: Number(values.mb) * 1024 * 1024,
    nodes: values.nodes.split(','),
  };
}

/** The program of a Node version: this one, or the one that npx has. */
async function nodeProgram(major: string): Promise<string> {
  if (process.version.startsWith(`v${major}.`)) return process.execPath;
  const { stdout } = await run('npx', ['-y', `node@${major}`, '-p', 'process.execPath'], { cwd: '/' });
  return stdout.trim();
}

/** Bundles a script of this folder, so that every Node runs the same code without a loader in its memory. */
async function bundled(name: string, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`);
  await buildProgram(`transfer/${name}.ts`, outfile, 'bundle');
  return outfile;
}

/** A server in a process of its own, so that its memory and its time are not the client's. */
async function startServer(
  script: string,
  args: readonly string[],
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((done, fail) => {
    child.stdout?.once('data', (line: Buffer) => done(line.toString().trim()));
    child.once('exit', () => fail(new Error('the server did not start')));
  });
  return { child, url };
}

/**
 * Runs every contender in turn, `runs` times, on every Node and at every rate, and prints medians. The first contender
 * is the floor: time is also given as the median of the ratios to it within a round.
 */
export async function compare(options: {
  readonly title: string;
  readonly request: Request;
  /** For scripts; whoever made it removes it. */
  readonly folder: string;
  readonly client: string;
  readonly server: string;
  readonly contenders: readonly string[];
  /** Of the server, in MB/s; 0 for no bound. */
  readonly rates: readonly number[];
  readonly args: readonly string[];
}): Promise<void> {
  const { request, contenders } = options;
  const client = await bundled(options.client, options.folder);
  const server = await bundled(options.server, options.folder);
  console.log(
    `${options.title}: ${request.bytes / 1024 / 1024} MB over loopback, median of ${request.runs}\n`,
  );
  for (const major of request.nodes) {
    const program = await nodeProgram(major);
    const { stdout: version } = await run(program, ['--version']);
    for (const rate of options.rates) {
      const { child, url } = await startServer(server, [String(rate), String(request.bytes)]);
      try {
        const results = new Map<string, Measured[]>(contenders.map((name) => [name, []]));
        for (let round = 0; round < request.runs; round += 1) {
          for (const name of contenders) {
            const { stdout } = await run(program, [client, name, url, ...options.args], { cwd: ROOT });
            const measured: Measured = JSON.parse(stdout);
            results.get(name)?.push(measured);
          }
        }
        console.log(
          `Node ${version.trim().slice(1)}, server ${rate === 0 ? 'unbounded' : `at ${rate} MB/s`}`,
        );
        print(results);
      } finally {
        child.kill();
      }
    }
  }
}

function print(results: ReadonlyMap<string, readonly Measured[]>): void {
  const [floor = []] = results.values();
  const row = (cells: readonly string[]): string =>
    cells.map((cell, index) => (index === 0 ? cell.padEnd(34) : cell.padStart(14))).join('');
  console.log(row(['', 'memory added', 'time', '× floor', 'CPU', '× floor']));
  for (const [name, measured] of results) {
    const ratio = (value: 'ms' | 'cpuMs'): string =>
      median(measured.map((one, round) => one[value] / (floor[round]?.[value] ?? one[value]))).toFixed(2);
    console.log(
      row([
        name,
        `${median(measured.map(({ megabytes }) => megabytes)).toFixed(0)} MB`,
        `${median(measured.map(({ ms }) => ms)).toFixed(0)} ms`,
        ratio('ms'),
        `${median(measured.map(({ cpuMs }) => cpuMs)).toFixed(0)} ms`,
        ratio('cpuMs'),
      ]),
    );
  }
  console.log();
}

/** A file that begins as an MP4. */
export async function writeVideo(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w');
  const chunk = Buffer.alloc(1024 * 1024, 7);
  for (let at = 0; at < bytes; at += chunk.length)
    await file.write(chunk, 0, Math.min(chunk.length, bytes - at));
  await file.write(Buffer.from('\0\0\0\x18ftypisom', 'latin1'), 0, 12, 0);
  await file.close();
}
