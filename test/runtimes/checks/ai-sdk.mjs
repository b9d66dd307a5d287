import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../pack.mjs';
import { run, start } from '../process.mjs';
import { HERE, isThere } from './tools.mjs';

const EXAMPLE = join(ROOT, 'examples', 'ai-sdk');
const NODE = join(HERE, 'node_modules', `node-24-${platform()}-${arch()}`, 'bin', 'node');
const JOBS = ['generate', 'poll', 'abort', 'tools', 'stream'];

/** The AI SDK, which needs Node ≥ 22, with the built package: what is installed for examples/ai-sdk. */
export async function checkAiSdk(report) {
  const lacks = isThere(NODE)
    ? isThere(join(EXAMPLE, 'node_modules', 'ai'))
      ? undefined
      : 'npm ci --prefix examples/ai-sdk'
    : `no build of Node 24 for ${platform()}-${arch()} in test/runtimes`;
  if (lacks !== undefined) return report.absent('AI SDK', 'all jobs', lacks);
  const { version } = JSON.parse(await readFile(join(EXAMPLE, 'node_modules', 'ai', 'package.json'), 'utf8'));
  const name = `AI SDK ${version}`;
  // Where its packages are found, but not below node_modules, where Node runs no TypeScript.
  const jobs = join(EXAMPLE, '.jobs');
  await rm(jobs, { recursive: true, force: true });
  await cp(join(HERE, 'jobs', 'ai-sdk'), jobs, { recursive: true });
  const folder = await mkdtemp(join(tmpdir(), 'nemovideo-ai-sdk-'));
  const environment = { AI_SDK_LOG_WARNINGS: 'false', XDG_CONFIG_HOME: folder };
  const job = async (...args) => (await run(NODE, args, { cwd: folder, environment })).trim();
  for (const part of JOBS) await report.check(name, part, () => job(join(jobs, 'conversation.mjs'), part));
  await report.check(name, 'started, killed by SIGKILL, finished in another process', () =>
    resume(join(jobs, 'resumption.mjs'), folder, environment),
  );
  await report.check(name, 'the example video.mjs', async () => {
    const output = await job(join(EXAMPLE, 'video.mjs'), 'A 2-second video of the sea');
    const file = await readFile(join(folder, 'video.mp4'));
    if (file.toString('latin1', 4, 8) !== 'ftyp') throw new Error(output);
    return output.split('\n').at(-1);
  });
  await report.check(name, 'the example agent.mjs', async () => {
    const last = (await job(join(EXAMPLE, 'agent.mjs'))).split('\n').at(-1);
    if (!last.startsWith('The video is completed.')) throw new Error(last);
    return last;
  });
  const blocks = await writeBlocks(jobs);
  await report.check(name, 'types, strict, and those of docs/ai-sdk.md', () => compile(jobs, folder));
  await report.check(name, 'the code of docs/ai-sdk.md', async () => {
    const outputs = await Promise.all(blocks.map((path) => job(join(jobs, 'block.mjs'), path)));
    return outputs.map((output) => output.split('\n').at(-1)).join(', ');
  });
  await rm(jobs, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

/** One message and one render, whatever is killed. */
async function resume(script, folder, environment) {
  const program = join(ROOT, 'dist', 'cli.js');
  const server = start(process.execPath, [program, 'local', '--port', '0', '--no-render', '--speed', '10'], {
    cwd: folder,
    fits: (text) => text.startsWith('NEMO_API_URL='),
  });
  try {
    const url = (await server.line).slice('NEMO_API_URL='.length);
    const journal = async (path) => {
      const { requests } = await (await fetch(`${url}/__local/journal`)).json();
      return requests.filter((request) => request.method === 'POST' && request.path === path).length;
    };
    const first = start(NODE, [script, 'start', url], {
      cwd: folder,
      environment,
      fits: (text) => text.startsWith('{'),
    });
    const operation = await first.line;
    await first.kill();
    const type = await run(NODE, [script, 'finish', url, operation], { cwd: folder, environment });
    if (type.trim() !== 'ftyp') throw new Error(type);
    const [messages, renders] = [await journal('/run_sse'), await journal('/api/render/proxy/lambda')];
    const sent = `messages: ${messages}, renders: ${renders}`;
    if (messages !== 1 || renders !== 1) throw new Error(sent);
    return sent;
  } finally {
    await server.end();
  }
}

/** The blocks of the guide that say `ts ai-sdk`, as files. */
async function writeBlocks(jobs) {
  const text = await readFile(join(ROOT, 'docs', 'ai-sdk.md'), 'utf8');
  const codes = [...text.matchAll(/^```ts ai-sdk\n(.*?)^```$/gms)].map(([, code]) => code);
  if (codes.length < 4) throw new Error(`${codes.length} blocks in docs/ai-sdk.md`);
  const paths = codes.map((_, index) => join(jobs, `block-${index + 1}.mts`));
  await Promise.all(paths.map((path, index) => writeFile(path, codes[index])));
  return paths;
}

async function compile(jobs, folder) {
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2023', 'dom', 'dom.iterable'],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    // The declarations of the AI SDK do not compile with these settings.
    skipLibCheck: true,
    types: ['node'],
    noEmit: true,
  };
  const project = join(jobs, 'tsconfig.json');
  await mkdir(folder, { recursive: true });
  await writeFile(project, JSON.stringify({ compilerOptions, include: ['*.mts'] }));
  const compiler = join(HERE, 'node_modules', 'typescript-6', 'bin', 'tsc');
  await run(process.execPath, [compiler, '-p', project], { cwd: folder });
}
