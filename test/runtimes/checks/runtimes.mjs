import { cp, mkdir } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { complaint } from '../jobs/main-job.mjs';
import { serveBackend } from '../pack.mjs';
import { run } from '../process.mjs';
import { inBrowser } from './browser.mjs';
import { HERE, isThere, tool } from './tools.mjs';
import { inWorkerd } from './workerd.mjs';

const LINES = [20, 22, 24, 26];
const MAIN_JOB = 'main job';

/** The main job in every runtime, each against a backend of its own: one gives only few anonymous tokens. */
export async function checkRuntimes(report, { consumer, version }) {
  await mkdir(join(consumer, 'jobs'));
  await cp(join(HERE, 'jobs'), join(consumer, 'jobs'), { recursive: true });
  const judge = async (job) => {
    const backend = await serveBackend(consumer);
    const outcome = await job(backend.url).finally(() => backend.end());
    const wrong = complaint(outcome, version);
    if (wrong !== undefined) throw new Error(wrong);
    return `${outcome.received} bytes, ${outcome.phases.join(' → ')}`;
  };
  const inProcess = (command, args) =>
    judge(async (url) => {
      const output = await run(command, [...args, url], { cwd: consumer });
      return JSON.parse(output.trim().split('\n').at(-1) ?? '');
    });

  for (const line of LINES) {
    const node = join(HERE, 'node_modules', `node-${line}-${platform()}-${arch()}`, 'bin', 'node');
    if (!isThere(node)) {
      report.absent(`Node ${line}`, MAIN_JOB, `no build of it for ${platform()}-${arch()} in test/runtimes`);
      continue;
    }
    const name = `Node ${(await run(node, ['--version'])).trim().slice(1)}`;
    await report.check(name, `import, ${MAIN_JOB}`, () => inProcess(node, ['jobs/import.mjs']));
    await report.check(name, `require, ${MAIN_JOB}`, () => inProcess(node, ['jobs/require.cjs']));
  }
  const others = {
    Bun: { program: 'bun', before: ['run'] },
    Deno: {
      program: 'deno',
      before: [
        'run',
        '--no-prompt',
        '--no-lock',
        '--allow-net=127.0.0.1',
        '--allow-env',
        '--allow-read',
        `--allow-write=${tmpdir()}`,
        '--allow-sys',
      ],
    },
  };
  for (const [name, { program, before }] of Object.entries(others)) {
    await report.check(name, `import, ${MAIN_JOB}`, () =>
      inProcess(tool(program), [...before, 'jobs/import.mjs']),
    );
  }
  await report.check('workerd', `esbuild, ${MAIN_JOB}`, () => judge((url) => inWorkerd(consumer, url)));
  const browser = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(isThere);
  if (browser === undefined)
    report.absent('Chromium', MAIN_JOB, 'not installed (Debian: apt install chromium)');
  else {
    await report.check('Chromium', `vite, ${MAIN_JOB}`, () =>
      judge((url) => inBrowser(browser, consumer, url)),
    );
  }
}
