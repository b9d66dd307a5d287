/**
 * `npm run bench [-- name …]`: every benchmark, or those named, one after the other. Each compares with a floor in its own
 * run and prints ratios; nothing here asserts a time. `npm ci --prefix bench/peers` first adds the rows of other SDKs.
 */
import { spawnSync } from 'node:child_process';
import { argv, execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';

/** In the order of what they measure: from one event to 500 MB. */
const BENCHES = [
  'stream',
  'draft',
  'request',
  'start',
  'poll',
  'jobs',
  'render',
  'transfer',
  'ways',
  'resume',
];

const wanted = argv.length > 2 ? argv.slice(2) : BENCHES;
for (const name of wanted) {
  if (!BENCHES.includes(name)) {
    console.error(`There is no benchmark ${JSON.stringify(name)}: ${BENCHES.join(', ')}`);
    exit(1);
  }
}
let failed = 0;
for (const name of wanted) {
  console.log(`\n=== ${name}`);
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const { status } = spawnSync(execPath, ['--import', 'tsx', file], { stdio: 'inherit' });
  if (status !== 0) failed += 1;
}
exit(failed === 0 ? 0 : 1);
