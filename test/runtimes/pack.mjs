import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, start } from './process.mjs';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Builds and packs the project, and installs the tarball into an empty folder, as its users get it. */
export async function installPacked({ build }) {
  if (build) await run('npm', ['run', 'build'], { cwd: ROOT, limitMs: 600_000 });
  const folder = await mkdtemp(join(tmpdir(), 'nemovideo-packed-'));
  const told = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT });
  const [{ filename, files, version }] = packed(told);
  const tarball = join(folder, filename);
  const consumer = join(folder, 'consumer');
  await mkdir(consumer);
  await writeFile(
    join(consumer, 'package.json'),
    '{ "name": "consumer", "private": true, "type": "module" }\n',
  );
  await run('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: consumer, limitMs: 300_000 });
  return {
    folder,
    consumer,
    tarball,
    version,
    bytes: (await stat(tarball)).size,
    files: files.map(({ path }) => path),
    installed: join(consumer, 'node_modules', 'nemovideo-sdk'),
  };
}

/** What `npm pack --json` says: a list, in newer versions of npm an object by name. */
function packed(text) {
  const told = JSON.parse(text.slice(text.search(/^[[{]/m)));
  return Array.isArray(told) ? told : Object.values(told);
}

/** Names of the packages that an install brought, beside ours. */
export async function dependenciesOf(consumer) {
  const lock = JSON.parse(await readFile(join(consumer, 'node_modules', '.package-lock.json'), 'utf8'));
  return Object.keys(lock.packages)
    .map((path) => path.replace(/^.*node_modules\//, ''))
    .filter((name) => name !== 'nemovideo-sdk')
    .sort();
}

/** Everything of a folder that ends so, with its text. */
export async function textsOf(folder, endings) {
  const names = (await readdir(folder)).filter((name) => endings.some((ending) => name.endsWith(ending)));
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })));
}

/** Serves the local backend by the installed package's own program, without rendering. */
export async function serveBackend(consumer) {
  const program = join(consumer, 'node_modules', '.bin', 'nemovideo-sdk');
  const server = start(program, ['local', '--port', '0', '--no-render', '--speed', '1000'], {
    cwd: consumer,
    fits: (text) => text.startsWith('NEMO_API_URL='),
  });
  const line = await server.line;
  return { url: line.slice('NEMO_API_URL='.length), end: () => server.end() };
}
