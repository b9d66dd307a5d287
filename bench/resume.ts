/**
 * One job in five clients: submit, show progress, cancel by Ctrl-C, resume after a crash, download. Counts the lines of
 * each program and what its service saw when it was stopped. `npm ci --prefix bench/peers` first; the AI SDK needs Node 22.
 * The table in docs/checkpoints.md is from here.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, env, execPath } from 'node:process';
import { createLocalBackend } from 'nemovideo-sdk/local';
import { installed } from './peers.js';
import { peerServer, type Tally } from './resume/server.js';

/** How a program is stopped: when its submission has arrived, or when it has shown progress. */
type Stop = { readonly at: 'submit' | 'progress'; readonly signal: NodeJS.Signals };

/** A service that a program talks to. */
interface Service {
  readonly env: Readonly<Record<string, string>>;
  readonly tally: () => Tally;
  readonly close: () => Promise<void> | void;
}

const PEERS = installed({ fal: '@fal-ai/client', replicate: 'replicate', runway: '@runwayml/sdk', ai: 'ai' });
const fileOf = (client: string): string =>
  PEERS.includes(client) ? resolve(`bench/peers/resume/${client}.mjs`) : resolve('bench/resume/nemovideo.ts');

async function serviceOf(client: string, onSubmit: () => void): Promise<Service> {
  if (PEERS.includes(client)) {
    const { tally, url, close } = await peerServer(onSubmit);
    const keys = { FAL_KEY: 'k', REPLICATE_API_TOKEN: 'k', RUNWAYML_API_SECRET: 'k' };
    return { env: { PEER_SERVER: url, ...keys }, tally: () => tally, close };
  }
  const backend = await createLocalBackend({
    render: 'off',
    speed: 4,
    agent: () => {
      onSubmit();
      return undefined;
    },
  });
  await backend.listen();
  const count = (operation: string): number =>
    backend.requests.filter((request) => request.operation === operation && request.method === 'POST').length;
  return {
    env: { NEMO_API_URL: backend.url, NEMO_TOKEN: backend.issueToken() },
    tally: () => ({ submits: count('run'), cancels: count('cancel') }),
    close: () => backend.close(),
  };
}

function start(client: string, folder: string, service: Service): ChildProcess {
  const preload = PEERS.includes(client)
    ? resolve('bench/peers/resume/redirect.mjs')
    : import.meta.resolve('tsx');
  // The paths of the packages are those of the project, wherever the program runs.
  const more = { ...service.env, TSX_TSCONFIG_PATH: resolve('tsconfig.json') };
  return spawn(execPath, ['--import', preload, fileOf(client)], {
    cwd: folder,
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a program once; resolves with the lines that it printed and how it ended. */
async function run(
  client: string,
  folder: string,
  service: Service,
  stop?: Stop,
  onChild?: (child: ChildProcess) => void,
) {
  const child = start(client, folder, service);
  onChild?.(child);
  let output = '';
  child.stderr?.on('data', (bytes) => {
    output += bytes;
  });
  child.stdout?.on('data', (bytes) => {
    output += bytes;
    // The second line: the job is under way.
    if (stop?.at === 'progress' && isUnderWay(client, output)) child.kill(stop.signal);
  });
  const code = await new Promise((done) => child.on('close', (status, signal) => done(status ?? signal)));
  return { output, lines: output.trim().split('\n').length, code };
}

const isUnderWay = (client: string, output: string): boolean =>
  PEERS.includes(client) ? output.includes('\n') : /Rendering/.test(output);

/** Stops a program, runs it again, and reports what the service saw. */
async function stopped(client: string, stop: Stop) {
  const folder = mkdtempSync(join(tmpdir(), 'resume-'));
  let running: ChildProcess | undefined;
  let isFirst = true;
  const service = await serviceOf(client, () => {
    if (stop.at === 'submit' && isFirst) running?.kill(stop.signal);
  });
  const first = await run(client, folder, service, stop, (child) => {
    running = child;
  });
  isFirst = false;
  const cancels = service.tally().cancels;
  const again = await run(client, folder, service);
  const file = join(folder, 'sea.mp4');
  const bytes = existsSync(file) ? statSync(file).size : 0;
  const { submits } = service.tally();
  await service.close();
  rmSync(folder, { recursive: true, force: true });
  return { first, again, cancels, submits, bytes };
}

/** Lines that are neither empty nor a comment. */
function linesOf(file: string): number {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(?:\/\/|\/\*|\*|$)/.test(line)).length;
}

const wanted = argv.length > 2 ? argv.slice(2) : ['nemovideo', ...PEERS];
for (const client of wanted) {
  const crash = await stopped(client, { at: 'progress', signal: 'SIGKILL' });
  const early = await stopped(client, { at: 'submit', signal: 'SIGKILL' });
  const cancelled = await stopped(client, { at: 'progress', signal: 'SIGINT' });
  console.log(`${client}: ${linesOf(fileOf(client))} lines`);
  console.log(`  progress: ${JSON.stringify(crash.again.output.trim().split('\n').slice(0, 3))}`);
  console.log(
    `  killed while it renders, run again: ${crash.submits} submitted, file of ${crash.bytes} bytes`,
  );
  console.log(
    `  killed while it submits, run again: ${early.submits} submitted, file of ${early.bytes} bytes`,
  );
  console.log(`  Ctrl-C: exit ${cancelled.first.code}, ${cancelled.cancels} cancelled at the service`);
}
