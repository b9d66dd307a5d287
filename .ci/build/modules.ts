import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { transform } from 'esbuild';
import { type Parsed, parseModule } from './statements.js';

/** Where a name is declared. */
export interface Origin {
  readonly path: string;
  readonly name: string;
}

/** The sources that entries reach, and what each takes of which other, by the module that declares it. */
export class Modules {
  private readonly parsed = new Map<string, Parsed>();
  private readonly sizes = new Map<string, number>();

  /** Reads a source and all that it reaches. */
  async read(path: string): Promise<void> {
    if (this.sizes.has(path)) return;
    this.sizes.set(path, 0);
    const { code } = await transform(await readFile(path, 'utf8'), {
      loader: 'ts',
      target: 'es2022',
      charset: 'utf8',
      minifyWhitespace: true,
      minifySyntax: true,
      // Imports of types are marked as such, and every other is one of a value.
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    });
    const parsed = parseModule(code, path);
    this.parsed.set(path, parsed);
    this.sizes.set(path, Buffer.byteLength(code));
    const specifiers = [...parsed.statements, ...parsed.lazy].map(({ specifier }) => specifier);
    await Promise.all(specifiers.filter(isOurs).map((specifier) => this.read(sourceOf(path, specifier))));
  }

  get paths(): string[] {
    return [...this.parsed.keys()].sort();
  }

  /** About how many bytes it is in the package. */
  bytes(path: string): number {
    return this.sizes.get(path) ?? 0;
  }

  /** The sources that it loads by `import()`. */
  lazy(path: string): string[] {
    return this.of(path)
      .lazy.filter(({ specifier }) => isOurs(specifier))
      .map(({ specifier }) => sourceOf(path, specifier));
  }

  /** Everything that a module takes of other modules of ours, at once. What it only hands on is not among it. */
  takes(path: string): Origin[] {
    return this.of(path)
      .statements.filter(({ specifier, reexport }) => isOurs(specifier) && !reexport)
      .flatMap(({ specifier, taken }) => {
        const from = sourceOf(path, specifier);
        const names = Array.isArray(taken) ? taken.map(({ given }) => given) : this.names(from);
        return names.map((name) => this.origin(from, name));
      });
  }

  /** All names that a module gives, with those that it hands on. */
  names(path: string): string[] {
    const { exports, statements } = this.of(path);
    const stars = statements.filter(({ taken }) => taken === 'star');
    const own = exports.map(({ n }) => n).filter((name) => name !== undefined);
    return [...new Set([...own, ...stars.flatMap(({ specifier }) => this.names(sourceOf(path, specifier)))])];
  }

  /** Where a name that a module gives is declared. */
  origin(path: string, name: string): Origin {
    const { exports, statements } = this.of(path);
    for (const { specifier, taken, reexport } of statements) {
      if (!reexport || !isOurs(specifier)) continue;
      const from = sourceOf(path, specifier);
      const handed = Array.isArray(taken) ? taken.find((one) => one.taken === name)?.given : undefined;
      if (handed !== undefined) return this.origin(from, handed);
      if (taken === 'star' && this.names(from).includes(name)) return this.origin(from, name);
    }
    if (!exports.some(({ n }) => n === name)) throw new Error(`${path} gives no ${name}`);
    return { path, name };
  }

  private of(path: string): Parsed {
    const parsed = this.parsed.get(path);
    if (parsed === undefined) throw new Error(`${path} was not read`);
    return parsed;
  }
}

const isOurs = (specifier: string): boolean => specifier.startsWith('.');

/** The source that a relative import names, which ends in `.js`. */
export const sourceOf = (importer: string, specifier: string): string =>
  resolve(dirname(importer), specifier.replace(/\.js$/, '.ts'));
