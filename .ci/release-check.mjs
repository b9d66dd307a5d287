// What must hold before a version is published: one version everywhere, notes for it, nothing uncommitted. Then `.ci/run`.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const changelog = readFileSync('CHANGELOG.md', 'utf8');
const [, notes = ''] = changelog.split(`\n## [${version}]`);
const [, unreleased = ''] = /\n## \[Unreleased\]\n([\s\S]*?)(?=\n## |$)/.exec(changelog) ?? [];
const tag = process.env.GITHUB_REF_TYPE === 'tag' ? process.env.GITHUB_REF_NAME : undefined;
const uncommitted = execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' }).trim();

const faults = [
  readFileSync('src/version.ts', 'utf8').includes(`'${version}'`) ? '' : `src/version.ts is not ${version}`,
  /^ - \d{4}-\d{2}-\d{2}\n/.test(notes) ? '' : `CHANGELOG.md has no "## [${version}] - YYYY-MM-DD"`,
  unreleased.trim() === '' ? '' : 'CHANGELOG.md has notes that are still under [Unreleased]',
  tag === undefined || tag === `v${version}` ? '' : `the tag ${tag} is not v${version}`,
  uncommitted === '' ? '' : `not committed:\n${uncommitted}`,
].filter((fault) => fault !== '');

for (const fault of faults) console.error(`release:check: ${fault}`);
if (faults.length > 0) process.exit(1);
execFileSync('bash', ['.ci/run'], { stdio: 'inherit' });
