// The public API as text, from the built declarations: every name that can be imported, with its signature. The file
// beside this, api.md, is what was agreed; a change of it is a change that users see.
// `npm run api` after a build writes it; without `--write` it is compared.
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const AGREED = fileURLToPath(new URL('./api.md', import.meta.url));
const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
/** The declarations of every import, as package.json names them. */
const ENTRIES = Object.fromEntries(
  Object.entries(manifest.exports)
    .filter(([, target]) => target.import !== undefined)
    .map(([path, target]) => [`nemovideo-sdk${path.slice(1)}`, basename(target.import.types)]),
);

/** The report of the declarations in a folder. */
export function apiReport(dist) {
  const paths = Object.values(ENTRIES).map((name) => join(dist, name));
  const program = ts.createProgram(paths, { target: ts.ScriptTarget.ES2022, skipLibCheck: true, types: [] });
  const checker = program.getTypeChecker();
  const lines = [
    '# Public API',
    '',
    'Written by `npm run api`. Every line that changes is a change that users see.',
  ];
  for (const [entry, name] of Object.entries(ENTRIES)) {
    const source = program.getSourceFile(join(dist, name));
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`no declarations in ${join(dist, name)}: npm run build`);
    const exported = checker.getExportsOfModule(module).sort((a, b) => (a.name < b.name ? -1 : 1));
    lines.push('', `## ${entry}`, '', `${exported.length} names`);
    for (const symbol of exported) {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      lines.push('', `### ${symbol.name}`, '', '```ts', ...(target.declarations ?? []).map(signature), '```');
    }
  }
  return `${lines.join('\n')}\n`;
}

/** A declaration without comments and without what is private. */
function signature(declaration) {
  const printer = ts.createPrinter({ removeComments: true });
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const open = ts.transform(statement, [withoutPrivate]).transformed[0] ?? statement;
  const text = printer.printNode(ts.EmitHint.Unspecified, open, declaration.getSourceFile());
  return text.replace(/^declare |^export declare |^export /, '');
}

const withoutPrivate = (context) => (root) => {
  const visit = (node) => {
    if (ts.isClassElement(node) && isPrivate(node)) return undefined;
    return ts.visitEachChild(node, visit, context);
  };
  return ts.visitEachChild(root, visit, context);
};

const isPrivate = (member) =>
  (member.name !== undefined && ts.isPrivateIdentifier(member.name)) ||
  (ts.canHaveModifiers(member) &&
    (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword));

/** Throws, with the lines that differ, when the declarations in a folder are not what was agreed. */
export async function compareApi(dist) {
  const [agreed, built] = [await readFile(AGREED, 'utf8'), apiReport(dist)];
  if (agreed === built) return `${agreed.match(/^### /gm)?.length} names`;
  const only = (text, other) => text.split('\n').filter((line) => !new Set(other.split('\n')).has(line));
  const told = [
    ...only(agreed, built).map((line) => `- ${line}`),
    ...only(built, agreed).map((line) => `+ ${line}`),
  ];
  throw new Error(
    `not as in test/api/api.md; if that is meant: npm run api\n${told.join('\n') || 'another order'}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--write')) await writeFile(AGREED, apiReport(DIST));
  else console.log(await compareApi(DIST));
}
