import { basename, dirname, relative } from 'node:path';
import type { Modules, Origin } from './modules.js';

/**
 * npm packs dist/cjs/x.js directly before dist/esm/x.js, and gzip sees a repetition at most 32 KB back: a file below
 * this size costs nothing the second time. Sizes are known before only roughly.
 */
const MOST_BYTES = 29_500;

/** One file of the package. */
export interface Piece {
  readonly name: string;
  readonly paths: readonly string[];
  /** The source among them that is an entry, or is loaded by `import()`: the file gives its names as they are. */
  readonly root: string | undefined;
}

/** Entries that may load what only the others of their kind need. It is little, and each file costs time to load. */
const KINDS: Readonly<Record<string, string>> = {
  cli: 'local',
  'render-child': 'render',
  'render-draw': 'render',
};

/** What users import: these files give no other names than theirs, so nothing that others need may lie with them. */
const INTERFACES: readonly string[] = ['index', 'local'];

/**
 * Which sources make up which file. They are put together by the roots that reach them (entries, and what is loaded
 * by `import()`), so that no import loads much that it does not need. Each such group is cut in the order of its
 * imports: no two files import each other in a circle, which CommonJS could not take.
 *
 * `parts`: what many programs import alone. What these sources need lies apart from the rest of the index, because
 * bundlers that load code on demand do not divide a file.
 */
export function layOut(
  modules: Modules,
  entries: Readonly<Record<string, string>>,
  parts: readonly (readonly string[])[],
  src: string,
): Piece[] {
  const lazy = new Set(modules.paths.flatMap((path) => modules.lazy(path)));
  const roots = new Map(Object.entries(entries).map(([name, path]) => [path, name]));
  for (const path of lazy) {
    if (!roots.has(path)) roots.set(path, relative(src, path).replace(/\.ts$/, '').replaceAll('/', '-'));
  }
  const ofParts = parts.map((paths) => new Set(paths.flatMap((path) => [...walk(modules, path, false)])));
  const groups = new Map<string, string[]>();
  for (const [path, reachedBy] of reachedFrom(modules, Object.values(entries), lazy)) {
    const names = [...reachedBy].map((root) => roots.get(root) ?? '');
    const root = roots.get(path);
    const alone = root !== undefined && (INTERFACES.includes(root) || names.length > 1);
    const group = alone ? `${root} alone` : groupOf(names);
    const by = ofParts.map((part) => part.has(path));
    const key = group !== 'root index' ? group : by.every(Boolean) ? 'shared' : `${group} ${by}`;
    groups.set(key, [...(groups.get(key) ?? []), path]);
  }
  const taken = new Map([...roots.values()].map((name) => [name, 1]));
  return [...groups.values()].flatMap((paths) =>
    cut(inOrder(paths, modules, roots), modules).map((piece) => {
      const root = piece.find((path) => roots.has(path));
      return {
        name: roots.get(root ?? '') ?? unused(folderOf(piece, modules, src), taken),
        paths: piece,
        root,
      };
    }),
  );
}

/** Imports lead from a group to itself, or to one that more roots reach: `platform` and `shared` are the last. */
function groupOf(roots: readonly string[]): string {
  if (roots.length === 1) return `root ${roots[0]}`;
  if (roots.some((name) => name.startsWith('platform-'))) return 'platform';
  if (roots.includes('index')) return 'shared';
  return [...new Set(roots.map((name) => KINDS[name] ?? name))].sort().join();
}

/** The modules that a module needs to run. A root also needs what it hands on. */
function needs(modules: Modules, path: string, root: boolean): string[] {
  const handed = root ? modules.names(path).map((name) => modules.origin(path, name)) : [];
  return [...modules.takes(path), ...handed].map((origin: Origin) => origin.path);
}

function walk(modules: Modules, from: string, alsoLazy: boolean): Set<string> {
  const seen = new Set([from]);
  for (const path of seen) {
    for (const next of needs(modules, path, path === from)) seen.add(next);
    if (!alsoLazy) continue;
    for (const target of modules.lazy(path)) {
      for (const next of [target, ...needs(modules, target, true)]) seen.add(next);
    }
  }
  return seen;
}

/** By module, the roots that reach it; without lazy ones whose entries have all loaded it already. */
function reachedFrom(
  modules: Modules,
  entries: readonly string[],
  lazy: ReadonlySet<string>,
): Map<string, Set<string>> {
  const reached = new Map<string, Set<string>>();
  const add = (path: string, root: string) => reached.set(path, (reached.get(path) ?? new Set()).add(root));
  for (const entry of entries) for (const path of walk(modules, entry, false)) add(path, entry);
  const later = new Map(entries.map((entry) => [entry, walk(modules, entry, true)]));
  const early = new Map([...reached].map(([path, by]) => [path, new Set(by)]));
  for (const target of lazy) {
    const loaders = entries.filter((entry) => later.get(entry)?.has(target));
    for (const path of walk(modules, target, false)) {
      const loaded = early.get(path);
      if (loaded === undefined || !loaders.every((entry) => loaded.has(entry))) add(path, target);
    }
  }
  return reached;
}

/** Each after all that it needs, as they would be loaded. */
function inOrder(paths: readonly string[], modules: Modules, roots: ReadonlyMap<string, string>): string[] {
  const inside = new Set(paths);
  const order = new Set<string>();
  const visit = (path: string, above: readonly string[]): void => {
    if (!inside.has(path) || order.has(path)) return;
    if (above.includes(path)) throw new Error(`sources in a circle: ${[...above, path].join(' → ')}`);
    for (const next of needs(modules, path, roots.has(path))) {
      if (next !== path) visit(next, [...above, path]);
    }
    order.add(path);
  };
  for (const path of [...paths.filter((path) => roots.has(path)), ...paths]) visit(path, []);
  return [...order];
}

/** Into as few pieces as the size allows, all about as large. */
function cut(order: readonly string[], modules: Modules): string[][] {
  const bytesOf = (paths: readonly string[]) => paths.reduce((sum, path) => sum + modules.bytes(path), 0);
  const total = bytesOf(order);
  for (let count = Math.ceil(total / MOST_BYTES) || 1; count < order.length; count += 1) {
    const pieces: string[][] = Array.from({ length: count }, () => []);
    let before = 0;
    for (const path of order) {
      const middle = before + modules.bytes(path) / 2;
      pieces[Math.floor((middle / total) * count)]?.push(path);
      before += modules.bytes(path);
    }
    if (pieces.every((piece) => bytesOf(piece) <= MOST_BYTES))
      return pieces.filter(({ length }) => length > 0);
  }
  return order.map((path) => [path]);
}

/** The folder that most of a piece is from. */
function folderOf(paths: readonly string[], modules: Modules, src: string): string {
  const bytes = new Map<string, number>();
  for (const path of paths) {
    const folder = relative(src, dirname(path)).replaceAll('/', '-') || basename(path, '.ts');
    bytes.set(folder, (bytes.get(folder) ?? 0) + modules.bytes(path));
  }
  return [...bytes].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

function unused(name: string, taken: Map<string, number>): string {
  const count = (taken.get(name) ?? 0) + 1;
  taken.set(name, count);
  return count === 1 ? name : `${name}-${count}`;
}
