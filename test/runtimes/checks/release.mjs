import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { ROOT } from '../pack.mjs';
import { run } from '../process.mjs';

/** Made up: the real one is known where the package is published. */
const REPOSITORY = 'example/nemovideo-sdk';
const ADDRESS = `https://github.com/${REPOSITORY}`;

/** A release as far as it goes without npm: the tarball, its install, and its page as npm renders it. */
export async function checkRelease(report, { folder, version }) {
  const environment = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: REPOSITORY };
  const consumer = join(folder, 'released');
  const tarball = join(folder, 'release', `nemovideo-sdk-${version}.tgz`);
  await report.check('release', 'packs, and names its repository', async () => {
    await run(process.execPath, ['.ci/release-pack.mjs', join(folder, 'release')], {
      cwd: ROOT,
      environment,
    });
    await mkdir(consumer);
    await writeFile(join(consumer, 'package.json'), '{ "private": true, "type": "module" }\n');
    await run('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: consumer, limitMs: 300_000 });
    const path = join(consumer, 'node_modules', 'nemovideo-sdk', 'package.json');
    const { repository } = JSON.parse(await readFile(path, 'utf8'));
    if (repository?.url !== `git+${ADDRESS}.git`) throw new Error(`repository ${JSON.stringify(repository)}`);
    return repository.url;
  });
  await report.check('release', 'npm install, and its version runs', async () => {
    const program = "import { VERSION } from 'nemovideo-sdk'; console.log(VERSION);";
    const output = await run(process.execPath, ['--input-type=module', '-e', program], { cwd: consumer });
    if (output.trim() !== version) throw new Error(output);
    return version;
  });
  await report.check('release', 'npm publish --dry-run', async () => {
    const args = ['publish', tarball, '--dry-run', '--ignore-scripts', '--access', 'public'];
    await run('npm', args, { cwd: consumer });
  });
  await report.check('release', 'every link of its page leads somewhere', async () => {
    const text = await readFile(join(consumer, 'node_modules', 'nemovideo-sdk', 'README.md'), 'utf8');
    const tracked = new Set((await run('git', ['ls-files'], { cwd: ROOT })).split('\n'));
    const { links, anchors } = readPage(text);
    const dead = links.filter((href) => isDead(href, tracked, anchors));
    if (dead.length > 0) throw new Error(dead.map(onNpm).join(', '));
    const relative = links.filter((href) => !/^(https?:|#)/.test(href));
    return `${links.length} links, ${relative.length} of them below ${ADDRESS}`;
  });
}

/** Where npm leads a link of a README: files and pictures are in the repository. */
const onNpm = (href) => (/^(https?:|#)/.test(href) ? href : new URL(href, `${ADDRESS}/blob/HEAD/`).href);

function isDead(href, tracked, anchors) {
  if (href.startsWith('#')) return !anchors.has(href.slice(1));
  if (/^https?:/.test(href)) return !URL.canParse(href);
  const prefix = `/${REPOSITORY}/blob/HEAD/`;
  const { pathname } = new URL(onNpm(href));
  if (!pathname.startsWith(prefix)) return true;
  const path = decodeURI(pathname.slice(prefix.length)).replace(/\/$/, '');
  return !tracked.has(path) && ![...tracked].some((file) => file.startsWith(`${path}/`));
}

/** The links and pictures of a page, and the anchors of its headings. */
function readPage(text) {
  const tokens = new MarkdownIt({ html: true, linkify: true }).parse(text, {});
  const inline = tokens.flatMap(({ children }) => children ?? []);
  const html = [...tokens, ...inline]
    .filter(({ type }) => type.startsWith('html_'))
    .map(({ content }) => content);
  const links = [
    ...inline.filter(({ type }) => type === 'link_open').map((token) => token.attrGet('href')),
    ...inline.filter(({ type }) => type === 'image').map((token) => token.attrGet('src')),
    ...[...html.join('\n').matchAll(/\b(?:href|src)="([^"]+)"/g)].map(([, href]) => href),
  ];
  const headings = tokens.filter((_, index) => tokens[index - 1]?.type === 'heading_open');
  const anchors = new Set(headings.map(({ content }) => anchorOf(content)));
  return { links, anchors };
}

const anchorOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
