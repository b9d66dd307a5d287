// Checks the packed package where its users run it: runtimes, compilers, bundlers. `npm run runtimes` from the root.
// `--no-build` takes dist/ as it is.
import { rm } from 'node:fs/promises';
import { checkAiSdk } from './checks/ai-sdk.mjs';
import { checkBundles } from './checks/bundles.mjs';
import { checkPackage } from './checks/package.mjs';
import { checkPairs } from './checks/pairs.mjs';
import { checkRelease } from './checks/release.mjs';
import { checkRuntimes } from './checks/runtimes.mjs';
import { checkStacks } from './checks/stacks.mjs';
import { checkTypes } from './checks/types.mjs';
import { installPacked } from './pack.mjs';
import { Report } from './report.mjs';

const packed = await installPacked({ build: !process.argv.includes('--no-build') });
const report = new Report();
try {
  await checkPackage(report, packed);
  await checkRelease(report, packed);
  await checkBundles(report, packed);
  await checkStacks(report, packed);
  await checkTypes(report, packed);
  await checkRuntimes(report, packed);
  await checkPairs(report, packed);
  await checkAiSdk(report);
} finally {
  await rm(packed.folder, { recursive: true, force: true, maxRetries: 3 });
}
// Builders keep handles open.
process.exit(report.print() ? 0 : 1);
