/**
 * What a small GET costs: ours, bare ky and raw fetch, in µs per request, against a loopback server in a thread of its
 * own. Each round makes one request each way, in an order of its own: what a request leaves behind (garbage, a warm
 * cache) then falls on every other way alike. Prints medians and what each adds to the floor and to bare ky.
 * `npm run build && tsx bench/request.ts [rounds]`; with `bench/peers` installed, the openai package stands beside them.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '..');
// Beside dist/, which it measures, and below node_modules/.
const program = join(ROOT, 'out/bench-request.mjs');

await build({
  entryPoints: [join(ROOT, 'bench/request/measure.ts')],
  outfile: program,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'error',
});
const { status } = spawnSync(process.execPath, [program, process.argv[2] ?? '4000'], { stdio: 'inherit' });
process.exit(status ?? 1);
