import type { ExportSpecifier, ImportSpecifier } from 'es-module-lexer';
import { initSync, parse } from 'es-module-lexer';

initSync();

/** The packages that may be imported by their default. */
const ES_MODULES: readonly string[] = ['ky'];

/** A name as the file that gives it calls it, and as the file that takes it does. */
export interface Name {
  readonly given: string;
  readonly taken: string;
}

/** What a statement takes of a file: names, the whole as a namespace, or, on the way through, all names. */
type Taken = readonly Name[] | { readonly namespace: string } | 'star';

/** An import or `export … from` of a module. */
interface Statement {
  readonly specifier: string;
  readonly taken: Taken;
  readonly reexport: boolean;
  readonly start: number;
  readonly end: number;
}

/** The statements of a module, as esbuild prints them, that bind it to others. */
export interface Parsed {
  readonly statements: readonly Statement[];
  /** `import('…')` by their specifiers, and where the words `import` and `import.meta` stand. */
  readonly lazy: readonly { readonly specifier: string; readonly start: number; readonly end: number }[];
  readonly metas: readonly { readonly start: number; readonly end: number }[];
  readonly exports: readonly ExportSpecifier[];
}

export function parseModule(code: string, file: string): Parsed {
  const [imports, exports] = parse(code, file);
  const statements: Statement[] = [];
  const lazy: { specifier: string; start: number; end: number }[] = [];
  const metas: { start: number; end: number }[] = [];
  for (const found of imports) {
    if (found.d === -2) metas.push({ start: found.ss, end: found.se });
    else if (found.n === undefined) throw new Error(`${file}: an import() of no fixed name`);
    else if (found.d >= 0) lazy.push({ specifier: found.n, start: found.ss, end: found.se });
    else statements.push(statement(code, found, found.n, file));
  }
  return { statements, lazy, metas, exports };
}

function statement(code: string, { ss, se }: ImportSpecifier, specifier: string, file: string): Statement {
  const text = code.slice(ss, se);
  const reexport = text.startsWith('export');
  const names = /^(?:import|export)\s*\{([^}]*)\}/.exec(text)?.[1];
  const namespace = /^import\s*\*\s*as\s+([\w$]+)/.exec(text)?.[1];
  const at = { specifier, reexport, start: ss, end: se };
  if (names !== undefined) return { ...at, taken: names.split(',').flatMap(pair) };
  if (namespace !== undefined) return { ...at, taken: { namespace } };
  if (/^export\s*\*\s*from/.test(text)) return { ...at, taken: 'star' };
  // Of an ES module, `require` gives the namespace, with its default. Of CommonJS it gives something else.
  const whole = /^import\s+([\w$]+)\s+from/.exec(text)?.[1];
  if (whole !== undefined && ES_MODULES.includes(specifier)) {
    return { ...at, taken: [{ given: 'default', taken: whole }] };
  }
  // Anything else would be an import for its effects, which breaks `sideEffects: false`, or something rare.
  throw new Error(`${file}: the build knows no such import: ${text}`);
}

function pair(text: string): Name[] {
  const [given, taken = given] = text.trim().split(/\s+as\s+/);
  return given === undefined || given === '' || taken === undefined ? [] : [{ given, taken }];
}
