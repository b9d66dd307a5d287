// What must be true before a version is published: one version everywhere, notes for it, nothing pending, nothing
// uncommitted. Then `.ci/run`.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const changelog = readFileSync('CHANGELOG.md', 'utf8');
const [, notes = ''] =
  new RegExp(`\n## \\[?${version.replaceAll('.', '\\.')}\\b.*\n([\\s\\S]*?)(?=\n## |$)`).exec(changelog) ??
  [];
const pending = readdirSync('.changeset').filter((name) => name.endsWith('.md') && name !== 'README.md');
const tag = process.env.GITHUB_REF_TYPE === 'tag' ? process.env.GITHUB_REF_NAME : undefined;
const uncommitted = execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' }).trim();

const faults = [
  readFileSync('src/version.ts', 'utf8').includes(`'${version}'`) ? '' : `src/version.ts is not ${version}`,
  notes.trim() === '' ? `CHANGELOG.md has no notes under "## ${version}"` : '',
  /\n## \[?Unreleased\b/.test(changelog) ? 'CHANGELOG.md has a section "Unreleased"' : '',
  pending.length === 0 ? '' : `changes without a version: ${pending.join(', ')}; run npm run release:version`,
  tag === undefined || tag === `v${version}` ? '' : `the tag ${tag} is not v${version}`,
  uncommitted === '' ? '' : `not committed:\n${uncommitted}`,
].filter((fault) => fault !== '');

for (const fault of faults) console.error(`release:check: ${fault}`);
if (faults.length > 0) process.exit(1);
execFileSync('bash', ['.ci/run'], { stdio: 'inherit' });
