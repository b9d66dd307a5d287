import { type Name, parseModule } from './statements.js';

/** A file of the package: what it takes, its code without imports and exports, and what it gives. */
export interface Linked {
  readonly name: string;
  readonly imports: ReadonlyMap<
    string,
    { readonly names: readonly Name[]; readonly namespaces: readonly string[] }
  >;
  /** What it loads by `import('…')`. */
  readonly lazy: readonly string[];
  readonly body: string;
  readonly exports: readonly Name[];
  /** The name of its source map. */
  readonly map: string | undefined;
}

/** As long as what they stand for, so that the source map of the ES module is right for its twin too. */
const STANDS_FOR = { import: 'Import', 'import.meta': 'import_meta' } as const;

/**
 * The CommonJS twin: the same code, letter by letter, so that it costs next to nothing in the tarball. Names are bound
 * once, when the file is loaded: no two files may import each other, and no exported binding may change.
 */
export function commonJs({ name, imports, lazy, body, exports, map }: Linked): string {
  const head = ['"use strict";'];
  if (lazy.length > 0) head.push(lazyLoader(lazy));
  const code = replaced(body, name);
  if (code.includes(STANDS_FOR['import.meta'])) {
    head.push(`const ${STANDS_FOR['import.meta']}={url:require("url").pathToFileURL(__filename).href};`);
  }
  for (const [asked, { names, namespaces }] of imports) {
    const specifier = asked === '#platform' ? '../platform.cjs' : asked;
    const bound = names.map(({ given, taken }) => (given === taken ? given : `${given}:${taken}`));
    if (bound.length > 0) head.push(`const{${bound}}=require("${specifier}");`);
    for (const namespace of namespaces) head.push(`const ${namespace}=require("${specifier}");`);
  }
  const given = exports.map(({ given, taken }) => (given === taken ? given : `${taken}:${given}`));
  // Node finds the names of a CommonJS module by reading it, in just this form.
  const last = `module.exports={${given}};Object.defineProperty(module.exports,"__esModule",{value:true});`;
  return `${head.join('')}\n${code}\n${last}\n${map === undefined ? '' : `//# sourceMappingURL=../esm/${map}\n`}`;
}

/** `require` must stand with the name itself, so that bundlers see it. */
const lazyLoader = (specifiers: readonly string[]): string => {
  const table = specifiers.map((one) => `"${one}":()=>require("${one}")`);
  return `const ${STANDS_FOR.import}=name=>Promise.resolve().then({${table}}[name]);`;
};

function replaced(body: string, file: string): string {
  for (const word of Object.values(STANDS_FOR)) {
    if (new RegExp(`(?<![\\w$.])${word}(?![\\w$])`).test(body))
      throw new Error(`${file}: ${word} is a name of the build`);
  }
  let code = body;
  const { lazy, metas } = parseModule(body, file);
  for (const { start } of lazy) code = put(code, start, STANDS_FOR.import);
  for (const { start } of metas) code = put(code, start, STANDS_FOR['import.meta']);
  return code;
}

const put = (code: string, at: number, text: string): string =>
  code.slice(0, at) + text + code.slice(at + text.length);
