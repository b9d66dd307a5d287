import { join } from 'node:path';
import { compareApi } from '../../api/report.mjs';
import { dependenciesOf, textsOf } from '../pack.mjs';
import { run } from '../process.mjs';
import { tool } from './tools.mjs';

const KB = 1024;
/** What the tarball may weigh. 400 KB is the aim; this is what it weighs with source maps, and it shall not grow. */
const TARBALL_AIM = 400 * KB;
const TARBALL_CEILING = 860 * KB;
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
    const told = `${(bytes / KB).toFixed(0)} KB (the aim is ${TARBALL_AIM / KB} KB)`;
    if (bytes > TARBALL_CEILING) throw new Error(told);
    return told;
  });
  await report.check('package', 'no ky or zod in the declarations', async () => {
    const declarations = await textsOf(join(installed, 'dist'), ['.d.ts', '.d.cts']);
    if (declarations.length < 4) throw new Error(`only ${declarations.length} declarations`);
    const guilty = declarations.filter(({ text }) => /['"](ky|zod)(\/[^'"]*)?['"]/.test(text));
    if (guilty.length > 0) throw new Error(guilty.map(({ name }) => name).join(', '));
    return `${declarations.length} files`;
  });
  await report.check('package', 'API as agreed', () => compareApi(join(installed, 'dist')));
  await report.check('package', 'publint', async () => {
    const said = await run(tool('publint'), ['--strict', tarball], { cwd: consumer });
    if (!/All good/.test(said)) throw new Error(said);
  });
  await report.check('package', 'attw --profile node16', async () => {
    await run(tool('attw'), ['--profile', 'node16', '--no-emoji', tarball], { cwd: consumer });
  });
}
