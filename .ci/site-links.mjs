import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { argv, exit } from 'node:process';

// Follows every link and image of the built site (`npm run docs`): each must lead to a file, and where it has an anchor,
// to an element of that page. Addresses of other sites are left alone: there is no network here.

const SITE = resolve(argv[2] ?? 'docs/api');

const pages = readdirSync(SITE, { recursive: true })
  .filter((name) => name.endsWith('.html'))
  .map((name) => join(SITE, name));

const targets = new Map(
  pages.map((page) => {
    const html = readFileSync(page, 'utf8');
    return [page, { html, ids: new Set([...html.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id)) }];
  }),
);

/** What is wrong with a link; undefined if it leads somewhere. */
function fault(page, link) {
  const [path, anchor] = link.split('#');
  const file = path === '' ? page : resolve(dirname(page), decodeURIComponent(path));
  if (!existsSync(file) || !statSync(file).isFile()) return 'no such file';
  if (file.endsWith('.md')) return 'raw Markdown';
  if (!anchor || targets.get(file)?.ids.has(decodeURIComponent(anchor)) !== false) return undefined;
  return 'no such anchor';
}

const dead = [];
let links = 0;
for (const [page, { html }] of targets) {
  for (const [, link] of html.matchAll(/\b(?:href|src)="([^"]*)"/g)) {
    if (/^[a-z]+:/i.test(link)) continue;
    links += 1;
    const wrong = fault(page, link.replaceAll('&amp;', '&'));
    if (wrong !== undefined) dead.push(`${relative(SITE, page)}: ${link}: ${wrong}`);
  }
}

console.log(`${pages.length} pages, ${links} links, ${dead.length} dead`);
for (const line of new Set(dead)) console.log(line);
exit(dead.length === 0 && links > 1_000 ? 0 : 1);
