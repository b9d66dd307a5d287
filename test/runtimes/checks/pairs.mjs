import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { complaint } from '../jobs/main-job.mjs';
import { serveBackend } from '../pack.mjs';
import { run } from '../process.mjs';
import { HERE, isThere } from './tools.mjs';

/** Both ends of the ranges in package.json, each on a Node that its packages support. */
const PAIRS = [
  { node: 20, ky: '1.14.3', 'eventsource-parser': '3.1.1' },
  { node: 22, ky: '2.1.0', 'eventsource-parser': '4.1.3' },
];

/** The main job with the old and with the new pair of dependencies. */
export async function checkPairs(report, { folder, tarball, version }) {
  for (const { node, ...pair } of PAIRS) {
    const name = Object.entries(pair).map(([name, version]) => `${name} ${version}`);
    const job = `Node ${node}, main job`;
    const program = join(HERE, 'node_modules', `node-${node}-${platform()}-${arch()}`, 'bin', 'node');
    if (!isThere(program)) {
      report.absent(name.join(' + '), job, `no build of it for ${platform()}-${arch()} in test/runtimes`);
      continue;
    }
    await report.check(name.join(' + '), job, async () => {
      const consumer = join(folder, `pair-${node}`);
      await mkdir(consumer);
      const manifest = { private: true, type: 'module', dependencies: pair };
      await writeFile(join(consumer, 'package.json'), JSON.stringify(manifest));
      // The npm that runs this may be older than what the new pair asks for.
      const install = ['install', '--no-audit', '--no-fund', '--engine-strict=false', tarball];
      await run('npm', install, { cwd: consumer, limitMs: 300_000 });
      const lock = JSON.parse(await readFile(join(consumer, 'package-lock.json'), 'utf8'));
      const nested = Object.keys(lock.packages).filter((path) => path.includes('nemovideo-sdk/node_modules'));
      if (nested.length > 0) throw new Error(`the package brought its own: ${nested.join(', ')}`);
      await cp(join(HERE, 'jobs'), join(consumer, 'jobs'), { recursive: true });
      const backend = await serveBackend(consumer);
      const output = await run(program, ['jobs/import.mjs', backend.url], { cwd: consumer }).finally(() =>
        backend.end(),
      );
      const wrong = complaint(JSON.parse(output.trim().split('\n').at(-1) ?? ''), version);
      if (wrong !== undefined) throw new Error(wrong);
    });
  }
}
