import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { linesOnly } from './maps.js';
import { type Name, type Parsed, parseModule } from './statements.js';
import { commonJs, type Linked } from './twins.js';

/** What bundlers need to drop a call that nobody uses. esbuild would drop that note itself, so it hides as a name. */
const PURE = '/*@__PURE__*/';
const HIDDEN_PURE = '$_PURE_CALL_$';

/** Longer lines would fill the screen of whoever sees one in an uncaught error. */
const LONGEST_LINE = 320;

/**
 * Makes of the files that esbuild wrote what the package holds: code without blanks and comments, source maps that
 * name lines, and, for all that `entries` reach, a CommonJS twin that reads the same but for its first and last line.
 */
export async function finish(esm: string, cjs: string, entries: readonly string[]): Promise<void> {
  const names = (await readdir(esm)).filter((name) => name.endsWith('.js'));
  const linked = new Map<string, Linked>();
  for (const name of names) linked.set(name, await link(esm, name));
  refuseCircles(linked);
  await mkdir(cjs, { recursive: true });
  const twins = new Set(entries);
  for (const name of twins) {
    const file = linked.get(name);
    if (file === undefined) throw new Error(`there is no ${name}`);
    for (const one of [...file.imports.keys(), ...file.lazy])
      if (one.startsWith('./')) twins.add(one.slice(2));
    await writeFile(join(cjs, name), commonJs(file));
  }
}

/** A CommonJS file that is loaded in a circle finds the other one empty. */
function refuseCircles(files: ReadonlyMap<string, Linked>): void {
  const loaded = new Set<string>();
  for (let left = [...files.values()]; left.length > 0; left = left.filter(({ name }) => !loaded.has(name))) {
    const ready = left.filter(({ imports }) =>
      [...imports.keys()].every((from) => !files.has(from.slice(2)) || loaded.has(from.slice(2))),
    );
    if (ready.length === 0) throw new Error(`in a circle: ${left.map(({ name }) => name).join(', ')}`);
    for (const { name } of ready) loaded.add(name);
  }
}

async function link(folder: string, name: string): Promise<Linked> {
  const path = join(folder, name);
  const whole = await readFile(path, 'utf8');
  const shebang = /^#!.*\n/.exec(whole)?.[0] ?? '';
  const code = whole.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '');
  const parsed = parseModule(code, path);
  const map = Buffer.from(await readFile(`${path}.map`)).toString('base64');
  const minified = await transform(
    `${hidePure(withoutStatements(code, parsed))}\n//# sourceMappingURL=data:application/json;base64,${map}`,
    {
      sourcefile: name,
      sourcemap: 'external',
      sourcesContent: false,
      target: 'es2022',
      // Chinese as it is written takes half of the bytes that its escapes take.
      charset: 'utf8',
      minifyWhitespace: true,
      minifySyntax: true,
      // Names of a module stay, since it is no module that esbuild sees here; so do all that a stack trace tells.
      minifyIdentifiers: true,
      lineLimit: LONGEST_LINE,
    },
  );
  const body = showPure(minified.code.slice(shebang.length).trimEnd()).replaceAll(
    'import_meta',
    'import.meta',
  );
  const exports = parsed.exports.map(({ n: taken = '', ln: given = taken }) => ({ given, taken }));
  // Before the code stands the line of the imports.
  const lines = linesOnly(minified.map, 1);
  const url = lines === undefined ? undefined : `${name}.map`;
  const linked = {
    name,
    imports: imports(parsed),
    lazy: [...new Set(parsed.lazy.map(({ specifier }) => specifier))],
    body,
    exports,
    map: url,
  };
  await writeFile(path, `${shebang}${esModule(linked)}`);
  await (lines === undefined ? rm(`${path}.map`) : writeFile(`${path}.map`, lines));
  return linked;
}

/** What is taken of each file and package: one statement for each will do. */
function imports({ statements }: Parsed): Map<string, { names: Name[]; namespaces: string[] }> {
  const all = new Map<string, { names: Name[]; namespaces: string[] }>();
  for (const { specifier, taken, reexport } of statements) {
    if (reexport || taken === 'star') throw new Error(`esbuild left an export … from '${specifier}'`);
    const from = all.get(specifier) ?? { names: [], namespaces: [] };
    all.set(specifier, from);
    if ('namespace' in taken) from.namespaces.push(taken.namespace);
    else from.names.push(...taken);
  }
  return all;
}

function esModule({ imports, body, exports, map }: Linked): string {
  const name = ({ given, taken }: Name) => (given === taken ? given : `${given} as ${taken}`);
  const taken = [...imports].flatMap(([specifier, { names, namespaces }]) => [
    ...(names.length > 0 ? [`import{${names.map(name)}}from"${specifier}";`] : []),
    ...namespaces.map((namespace) => `import*as ${namespace} from"${specifier}";`),
  ]);
  const given = exports.length > 0 ? `export{${exports.map(name)}};\n` : '';
  return `${taken.join('')}\n${body}\n${given}${map === undefined ? '' : `//# sourceMappingURL=${map}\n`}`;
}

/** The code without its imports and exports, all else in its place. */
function withoutStatements(code: string, { statements, exports, metas }: Parsed): string {
  const blank = (text: string) => text.replace(/[^\n]/g, ' ');
  let left = code;
  for (const { start, end } of statements) {
    left = left.slice(0, start) + blank(left.slice(start, end)) + left.slice(end);
  }
  // With `import.meta` it would be a module, and its own names would be shortened.
  for (const { start, end } of metas) left = `${left.slice(0, start)}import_meta${left.slice(end)}`;
  const last = exports.length > 0 ? left.lastIndexOf('\nexport {') : left.length;
  if (last === -1) throw new Error('esbuild ended a file otherwise than with its exports');
  return left.slice(0, last) + blank(left.slice(last));
}

/** Hides the notes at declarations of a module; in functions they say nothing to a bundler. Columns stay. */
const hidePure = (code: string): string =>
  code.replace(/^(var [\w$]+ = )\/\* @__PURE__ \*\/ (new )?/gm, (_, start: string, word = '') => {
    return `${start}   ${word}${HIDDEN_PURE}`;
  });

const showPure = (code: string): string =>
  code.replace(/(new\s)?\$_PURE_CALL_\$/g, (_, word = '') => `${PURE}${word}`);
