import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import type { Piece } from './layout.js';
import { type Modules, sourceOf } from './modules.js';

/**
 * Makes esbuild write these files. In the place of every import of a module of ours stands a list of its names, each
 * from where it is declared: a source in the same file, or another file of the package.
 */
export function pieces(modules: Modules, layout: readonly Piece[]): Plugin {
  const pieceOf = new Map(layout.flatMap((piece) => piece.paths.map((path) => [path, piece] as const)));
  const outside = namesOutside(modules, layout, pieceOf);

  /** A statement that takes a name of a module by the name it has there. */
  const take = (from: string, name: string, inside: Piece | undefined): string => {
    const origin = modules.origin(from, name);
    const piece = pieceOf.get(origin.path);
    if (piece === undefined) throw new Error(`${origin.path} lies in no file`);
    if (piece === inside) return `export { ${origin.name} as ${name} } from ${JSON.stringify(origin.path)};`;
    const given =
      origin.path === piece.root ? origin.name : outside.get(piece)?.get(`${origin.path} ${origin.name}`);
    return `export { ${given} as ${name} } from './${piece.name}.js';`;
  };

  return {
    name: 'pieces',
    setup(build) {
      build.initialOptions.entryPoints = Object.fromEntries(
        layout.map((piece) => [piece.name, (!outside.has(piece) && piece.root) || `piece:${piece.name}`]),
      );
      build.onResolve({ filter: /^piece:/ }, ({ path }) => ({ path: path.slice(6), namespace: 'piece' }));
      build.onLoad({ filter: /./, namespace: 'piece' }, ({ path }) => {
        const piece = layout.find(({ name }) => name === path);
        const names = [...(outside.get(piece) ?? [])].map(([key, given]) => {
          const [from, name] = key.split(' ');
          return `export { ${name} as ${given} } from ${JSON.stringify(from)};`;
        });
        const root = piece?.root;
        const own = root === undefined ? [] : modules.names(root);
        const lines = [...own.map((name) => `export { ${name} } from ${JSON.stringify(root)};`), ...names];
        return { contents: lines.join('\n'), loader: 'js', resolveDir: '/' };
      });
      build.onResolve({ filter: /^\.{0,2}\// }, ({ path, importer, kind, namespace }) => {
        if (kind === 'entry-point') return undefined;
        if (namespace === 'piece' || namespace === 'names') {
          // Nothing has effects, so an import of which no name is left goes as well.
          return path.startsWith('/') ? { path } : { path, external: true, sideEffects: false };
        }
        const from = sourceOf(importer, path);
        if (kind === 'dynamic-import') {
          return { path: `./${pieceOf.get(from)?.name}.js`, external: true };
        }
        return { path: `${pieceOf.get(importer)?.name} ${from}`, namespace: 'names' };
      });
      build.onLoad({ filter: /./, namespace: 'names' }, ({ path }) => {
        const [inside, from = ''] = path.split(' ');
        const piece = layout.find(({ name }) => name === inside);
        const lines = modules.names(from).map((name) => take(from, name, piece));
        return { contents: lines.join('\n'), loader: 'js', resolveDir: resolve('/') };
      });
    },
  };
}

/** By piece, what other pieces take of it, as `path name`, with the name by which it gives that. */
function namesOutside(
  modules: Modules,
  layout: readonly Piece[],
  pieceOf: ReadonlyMap<string, Piece>,
): Map<Piece | undefined, Map<string, string>> {
  const outside = new Map<Piece | undefined, Map<string, string>>();
  for (const piece of layout) {
    const taken = piece.paths.flatMap((path) => modules.takes(path));
    const { root } = piece;
    if (root !== undefined) taken.push(...modules.names(root).map((name) => modules.origin(root, name)));
    for (const { path, name } of taken) {
      const from = pieceOf.get(path);
      if (from === piece || from === undefined || path === from.root) continue;
      const own = from.root === undefined ? [] : modules.names(from.root);
      const names = outside.get(from) ?? new Map<string, string>();
      outside.set(from, names);
      const key = `${path} ${name}`;
      if (names.has(key)) continue;
      // Two sources of one file may give the same name, or that of its root.
      const given = new Set([...own, ...names.values()]);
      names.set(key, given.has(name) ? `${name}$${given.size}` : name);
    }
  }
  return outside;
}
