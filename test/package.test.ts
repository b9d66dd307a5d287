import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../src/version.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(`${ROOT}/${path}`, 'utf8');

const manifest: unknown = JSON.parse(read('package.json'));

describe('the package', () => {
  it('sends its own version, the one of package.json', () => {
    expect(manifest).toMatchObject({ version: VERSION });
  });

  it('has three runtime dependencies', () => {
    const dependencies: unknown =
      typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'dependencies') : {};
    expect(Object.keys(dependencies ?? {}).sort()).toEqual(['eventsource-parser', 'ky', 'zod']);
  });
});

/** The relative links and pictures of a page, as paths from the root. */
function linksOf(page: string): string[] {
  const prose = read(page).replace(/^```.*?^```$/gms, '');
  return [...prose.matchAll(/\]\(([^)\s#]+)[^)]*\)|(?:src|href)="([^"#]+)/g)]
    .map(([, link, attribute]) => link ?? attribute ?? '')
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => posix.normalize(posix.join(posix.dirname(page), link)).replace(/\/$/, ''));
}

describe('the tarball', () => {
  let files: string[];
  let pages: string[];

  beforeAll(async () => {
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      maxBuffer: 1e8,
    });
    const packed: unknown = JSON.parse(stdout);
    files = [...JSON.stringify(packed).matchAll(/"path":"([^"]+)"/g)].map(([, path = '']) => path);
    pages = files.filter((path) => /\.(md|txt)$/.test(path) && !path.startsWith('dist/'));
  }, 60_000);

  it('has the guides, the examples, and what agents that write code read', () => {
    for (const path of ['SKILL.md', 'llms.txt', 'docs/quick-start.md', 'examples/quick-start.ts'])
      expect(files).toContain(path);
    expect(pages.length).toBeGreaterThan(20);
  });

  it('has no link that leads out of it', () => {
    const isThere = (path: string): boolean =>
      files.includes(path) || files.some((file) => file.startsWith(`${path}/`));
    const dead = pages.flatMap((page) =>
      linksOf(page)
        .filter((path) => !isThere(path))
        .map((path) => `${page} → ${path}`),
    );
    expect(dead).toEqual([]);
  });

  it('has no picture that no page shows', () => {
    const shown = new Set(pages.flatMap(linksOf));
    expect(files.filter((path) => dirname(path) === 'docs/assets' && !shown.has(path))).toEqual([]);
  });

  it('has no packages, locks, media or written reference', () => {
    expect(
      files.filter((path) => /node_modules|package-lock|^examples\/media|^docs\/api/.test(path)),
    ).toEqual([]);
  });
});
