import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** From the top down: a layer may import what stands after it, and itself. */
const ORDER = [
  'index.ts',
  'client.ts',
  'layers.ts',
  'options',
  'video',
  'assistant',
  'session',
  'account.ts',
  'render',
  'run',
  'draft',
  'auth',
  'transport',
  'wire',
  'task',
  'errors',
  'platform',
  'version.ts',
];

/** Roots that nothing imports, and the layers that each may use. */
const ROOTS: Readonly<Record<string, readonly string[]>> = {
  local: ['wire', 'draft', 'errors', 'platform', 'version.ts'],
  testing: ['index.ts', 'local', 'wire', 'errors', 'platform'],
  bullmq: ['index.ts', 'run', 'errors'],
  ai: ['index.ts', 'errors'],
  mcp: ['index.ts', 'errors', 'version.ts'],
  cli: ['index.ts', 'local', 'mcp', 'errors', 'version.ts'],
};

/** What package conditions choose. */
const ALIASES: Readonly<Record<string, string>> = { '#platform': 'platform', '#backend': 'local' };

interface Import {
  readonly file: string;
  readonly from: string;
  readonly specifier: string;
  readonly to: string;
}

function sources(folder = SRC): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

const layerOf = (path: string): string => relative(SRC, path).split(/[\\/]/)[0] ?? '';

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8');
  const found = [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^;'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
    ),
  ];
  return found.map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    const file = relative(SRC, path);
    const target = specifier.startsWith('.')
      ? layerOf(join(dirname(path), specifier.replace(/\.js$/, '.ts')))
      : (ALIASES[specifier] ?? '');
    return { file: file.split('\\').join(posix.sep), from: layerOf(path), specifier, to: target };
  });
}

const imports = sources().flatMap(importsOf);

/** The names that occur twice among the files of `paths`; every folder may have an index. */
function twice(paths: readonly string[]): string[] {
  const names = paths.map((path) => basename(path)).filter((name) => name !== 'index.ts');
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

describe('the layers of the house', () => {
  it('have no two files of one name, so that a name finds its file', () => {
    const isLocal = (path: string): boolean => layerOf(path) === 'local';
    expect(twice(sources().filter((path) => !isLocal(path)))).toEqual([]);
    expect(twice(sources().filter(isLocal))).toEqual([]);
    expect(twice(['a/b.ts', 'c/b.ts', 'c/index.ts', 'index.ts'])).toEqual(['b.ts']);
  });

  it('are all ranked', () => {
    const known = new Set([...ORDER, ...Object.keys(ROOTS)]);
    expect([...new Set(sources().map(layerOf))].filter((layer) => !known.has(layer))).toEqual([]);
  });

  it('import downward only', () => {
    const upward = imports.filter(({ from, to }) => {
      if (to === '' || to === from) return false;
      const allowed = ROOTS[from];
      if (allowed !== undefined) return !allowed.includes(to);
      return ORDER.indexOf(to) < ORDER.indexOf(from) || !ORDER.includes(to);
    });
    expect(upward.map(({ file, specifier }) => `${file} → ${specifier}`)).toEqual([]);
  });

  it('keep ky in transport, and node: out of everything that browsers load', () => {
    const ky = imports.filter(({ from, specifier }) => specifier === 'ky' && from !== 'transport');
    const node = imports.filter(
      ({ file, from, specifier }) =>
        specifier.startsWith('node:') && !(from in ROOTS) && !/^platform\/node/.test(file),
    );
    expect([...ky, ...node].map(({ file, specifier }) => `${file} → ${specifier}`)).toEqual([]);
  });

  it('depend on three packages in the core', () => {
    const packages = imports
      .filter(
        ({ from, specifier }) =>
          !(from in ROOTS) && /^[a-z@]/.test(specifier) && !specifier.startsWith('node:'),
      )
      .map(({ specifier }) => specifier);
    expect([...new Set(packages)].sort()).toEqual(['eventsource-parser', 'ky', 'zod/mini']);
  });

  it('have no two files that import each other across folders', () => {
    const edges = new Set(
      imports.filter(({ from, to }) => to !== '' && to !== from).map(({ from, to }) => `${from}>${to}`),
    );
    const circles = [...edges].filter((edge) => edges.has(edge.split('>').reverse().join('>')));
    expect(circles).toEqual([]);
  });
});
