import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareApi } from '../../api/report.mjs';
import { dependenciesOf, textsOf } from '../pack.mjs';
import { run } from '../process.mjs';
import { tool } from './tools.mjs';

const KB = 1000;
/** What the tarball may weigh, as npm counts. */
const TARBALL_CEILING = 400 * KB;
/** gzip sees a repetition at most 32 KiB back, and shall see a whole file again: here with the archive's own lines. */
const LARGEST_FILE = 31_400;
const WANTED = /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/.+)$/;

/** What is in the package, and what tools that judge packages say about it. */
export async function checkPackage(report, { consumer, tarball, bytes, files, installed }) {
  await report.check('package', 'brings three packages', async () => {
    const names = await dependenciesOf(consumer);
    if (names.join() !== 'eventsource-parser,ky,zod') throw new Error(`brings ${names.join(', ')}`);
    return names.join(', ');
  });
  await report.check('package', 'holds only what is needed', () => {
    const unwanted = files.filter((path) => !WANTED.test(path));
    if (unwanted.length > 0) throw new Error(`also holds ${unwanted.join(', ')}`);
    return `${files.length} files`;
  });
  await report.check('package', `tarball at most ${TARBALL_CEILING / KB} KB`, () => {
    const told = `${(bytes / KB).toFixed(1)} KB`;
    if (bytes > TARBALL_CEILING) throw new Error(told);
    return told;
  });
  await report.check(
    'package',
    'CommonJS that costs nothing: the same text, in files that gzip sees whole',
    async () => {
      const twins = await textsOf(join(installed, 'dist', 'cjs'), ['.js']);
      const different = [];
      for (const { name, text } of twins) {
        const esm = await readFile(join(installed, 'dist', 'esm', name), 'utf8');
        if (bodyOf(esm) !== bodyOf(text) || Buffer.byteLength(text) > LARGEST_FILE) different.push(name);
      }
      if (different.length > 0) throw new Error(different.join(', '));
      return `${twins.length} files`;
    },
  );
  await report.check('package', 'no ky or zod in the declarations', async () => {
    const folders = ['esm', 'cjs'].map((name) => textsOf(join(installed, 'dist', name), ['.d.ts']));
    const declarations = (await Promise.all(folders)).flat();
    if (declarations.length < 4) throw new Error(`only ${declarations.length} declarations`);
    const guilty = declarations.filter(({ text }) => /['"](ky|zod)(\/[^'"]*)?['"]/.test(text));
    if (guilty.length > 0) throw new Error(guilty.map(({ name }) => name).join(', '));
    return `${declarations.length} files`;
  });
  await report.check('package', 'API as agreed', () => compareApi(join(installed, 'dist', 'cjs')));
  await report.check('package', 'publint', async () => {
    const said = await run(tool('publint'), ['--strict', tarball], { cwd: consumer });
    if (!/All good/.test(said)) throw new Error(said);
  });
  await report.check('package', 'attw --profile node16', async () => {
    await run(tool('attw'), ['--profile', 'node16', '--no-emoji', tarball], { cwd: consumer });
  });
}

/** A built file without its imports and exports, and without the words that the two formats have for the same. */
function bodyOf(text) {
  const lines = text.split('\n').slice(1);
  const last = lines.findLastIndex((line) => /^(module\.exports=|export\{)/.test(line));
  return lines
    .slice(0, last)
    .join('\n')
    .replace(/\bImport\(/g, 'import(')
    .replaceAll('import_meta', 'import.meta');
}
