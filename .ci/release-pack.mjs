// Packs the built package for npm: `node .ci/release-pack.mjs FOLDER`. The address of the repository is known only where
// it is published, and npm refuses a provenance whose repository differs. So it is written into a copy of the package.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, env, exit } from 'node:process';

const { GITHUB_SERVER_URL: server = 'https://github.com', GITHUB_REPOSITORY: repository } = env;
if (repository === undefined) {
  console.error('GITHUB_REPOSITORY is not set: owner/name of the repository that publishes');
  exit(1);
}
const address = `${server}/${repository}`;
const out = resolve(argv[2] ?? 'out/release');
const folder = mkdtempSync(join(tmpdir(), 'nemovideo-release-'));
const pack = (from, to) =>
  JSON.parse(
    execFileSync('npm', ['pack', from, '--json', '--ignore-scripts', '--pack-destination', to], {
      encoding: 'utf8',
    }),
  );

try {
  pack('.', folder);
  execFileSync('tar', ['-xzf', tarballIn(folder), '-C', folder]);
  const path = join(folder, 'package', 'package.json');
  const manifest = {
    ...JSON.parse(readFileSync(path, 'utf8')),
    repository: { type: 'git', url: `git+${address}.git` },
    homepage: `${address}#readme`,
    bugs: `${address}/issues`,
  };
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
  mkdirSync(out, { recursive: true });
  pack(join(folder, 'package'), out);
  console.log(join(out, `${manifest.name}-${manifest.version}.tgz`));
} finally {
  rmSync(folder, { recursive: true });
}

function tarballIn(folder) {
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  return join(folder, `${name}-${version}.tgz`);
}
