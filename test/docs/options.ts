/**
 * The page of all options, from the sources: every public interface of options, its fields with their types, what their
 * comments say, and their defaults; those of the client stand in its one table of defaults. `npm run options` writes it.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type TypeScript from 'typescript';
import { DEFAULTS } from '../../src/options/client-options.js';
import { ts } from '../support/typescript.js';

const ROOT = resolve(import.meta.dirname, '../..');
const ENTRIES = {
  'nemovideo-sdk': 'src/index.ts',
  'nemovideo-sdk/local': 'src/local/index.ts',
  'nemovideo-sdk/mcp': 'src/mcp/index.ts',
};
export const PAGE = join(ROOT, 'docs/options.md');

/** What is given to the caller's own functions is no option. */
const GIVEN = ['ConnectRequest'];
/** Whose defaults stand in the table `DEFAULTS`, and below which of its fields. */
const IN_TABLE: Readonly<Record<string, string>> = { NemoVideoOptions: '', TimeoutOptions: 'timeouts.' };

const parsed = new Map<string, TypeScript.SourceFile>();

function parse(path: string): TypeScript.SourceFile {
  const known = parsed.get(path);
  if (known !== undefined) return known;
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  parsed.set(path, file);
  return file;
}

/** The source that a specifier in `path` names; undefined for a package. */
function fileOf(specifier: TypeScript.Expression, path: string): string | undefined {
  const file = join(dirname(path), specifier.getText().slice(1, -1).replace(/\.js$/, '.ts'));
  return existsSync(file) ? file : undefined;
}

/** The names that a module exports from others, each with the module; `*` for all of them. */
function* exportsOf(path: string): Generator<readonly [name: string, from: string]> {
  for (const statement of parse(path).statements) {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) continue;
    const from = fileOf(statement.moduleSpecifier, path);
    if (from === undefined) continue;
    const { exportClause } = statement;
    if (exportClause === undefined) yield ['*', from];
    else if (ts.isNamedExports(exportClause))
      for (const { name } of exportClause.elements) yield [name.text, from];
  }
}

function find(path: string, name: string): TypeScript.InterfaceDeclaration | undefined {
  for (const statement of parse(path).statements) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === name) return statement;
    // Of an inherited one: where its name comes from.
    if (!ts.isImportDeclaration(statement) || !takes(statement, name)) continue;
    const from = fileOf(statement.moduleSpecifier, path);
    return from === undefined ? undefined : find(from, name);
  }
  for (const [exported, from] of exportsOf(path)) {
    if (exported !== name && exported !== '*') continue;
    const found = find(from, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether an import takes this name, and not only one that it is a part of. */
function takes({ importClause }: TypeScript.ImportDeclaration, name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(importClause?.getText() ?? '');
}

/** The fields of an interface, those that it inherits first. */
function membersOf(declaration: TypeScript.InterfaceDeclaration): TypeScript.TypeElement[] {
  const inherited = (declaration.heritageClauses ?? []).flatMap(({ types }) =>
    types.flatMap(({ expression }) => {
      const above = find(declaration.getSourceFile().fileName, expression.getText());
      return above === undefined ? [] : membersOf(above);
    }),
  );
  return [...inherited, ...declaration.members];
}

interface Row {
  readonly name: string;
  readonly type: string;
  readonly meaning: string;
  readonly fallback: string;
}

function rowsOf(
  members: readonly TypeScript.TypeElement[],
  prefix: string,
  table: string | undefined,
): Row[] {
  return members.filter(ts.isPropertySignature).flatMap((member): Row[] => {
    const name = prefix + member.name.getText();
    const inner = member.type === undefined ? undefined : literalOf(member.type);
    if (inner !== undefined) return rowsOf([...inner.members], `${name}.`, table);
    const { meaning, fallback } = split(commentOf(member));
    const listed = table === undefined ? undefined : inTable(`${table}${name}`);
    const type = (member.type?.getText() ?? 'unknown').replace(/\s+/g, ' ').replace(/ \| undefined$/, '');
    const without = member.questionToken === undefined ? 'required' : 'none';
    return [{ name, type, meaning, fallback: (listed ?? fallback) || without }];
  });
}

/** The braces of a nested group of options. */
function literalOf(type: TypeScript.TypeNode): TypeScript.TypeLiteralNode | undefined {
  if (ts.isTypeLiteralNode(type)) return type;
  if (ts.isUnionTypeNode(type)) return type.types.find((part) => ts.isTypeLiteralNode(part));
  return undefined;
}

function commentOf(node: TypeScript.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter((part) => ts.isJSDoc(part));
  return (ts.getTextOfJSDocComment(doc?.comment) ?? '').replace(/\s+/g, ' ').trim();
}

/** The sentence about the default, apart from the rest. */
function split(comment: string): { meaning: string; fallback: string } {
  const match = /(?:^|(?<=[.;] ))default(?: on Node)?:? (.+?)(?:\.(?= |$)|$)/i.exec(comment);
  if (match === null) return { meaning: comment, fallback: '' };
  const before = comment.slice(0, match.index).trim().replace(/;$/, '.');
  const behind = comment.slice(match.index + match[0].length).trim();
  return { meaning: `${before} ${behind}`.trim(), fallback: match[1] ?? '' };
}

function inTable(path: string): string | undefined {
  const value = path
    .replace('recovery.delaysMs', 'recoveryDelaysMs')
    .split('.')
    .reduce<unknown>((table, key) => Reflect.get(Object(table), key), DEFAULTS);
  if (typeof value === 'number') return value.toLocaleString('en');
  if (typeof value === 'string') return `\`${value}\``;
  if (Array.isArray(value)) return value.map((item: number) => item.toLocaleString('en')).join(' · ');
  return undefined;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\{@link ([^}]+)\}/g, '`$1`');

/** The page as it should be. */
export function optionsPage(): string {
  const lines = [
    '# Options',
    '',
    'Every option of every call, with its default. Written by `npm run options` from the sources; times are in ms.',
  ];
  for (const [entry, path] of Object.entries(ENTRIES)) {
    lines.push('', `## \`${entry}\``);
    const file = join(ROOT, path);
    const names = [...exportsOf(file)]
      .map(([name]) => name)
      .filter((name) => /(?:Options|Request|Timeouts)$/.test(name));
    for (const name of names.sort()) {
      if (GIVEN.includes(name)) continue;
      const declaration = find(file, name);
      if (declaration === undefined) throw new Error(`${path} exports ${name}, which is no interface`);
      lines.push('', `### ${name}`, '', cell(commentOf(declaration)), '');
      lines.push('| option | type | meaning | default |', '|---|---|---|---|');
      for (const row of rowsOf(membersOf(declaration), '', IN_TABLE[name])) {
        const columns = [`\`${row.name}\``, `\`${cell(row.type)}\``, cell(row.meaning), cell(row.fallback)];
        lines.push(`| ${columns.join(' | ')} |`);
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, optionsPage());
