import { homedir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { compareApi } from '../../api/report.mjs';
import { dependenciesOf, ROOT, textsOf } from '../pack.mjs';
import { run } from '../process.mjs';
import { tool } from './tools.mjs';

const WANTED =
  /^(package\.json|LICENSE|[A-Z]+\.md|llms\.txt|dist\/.+|docs\/([\w-]+\.md|assets\/.+)|(examples|bench)\/[^.]+\.(ts|mjs|html|json|csv|md))$/;
/** A program of a user who has not installed the MCP server package. */
const MCP = `import { NemoVideo } from 'nemovideo-sdk';
import { createMcpServer } from 'nemovideo-sdk/mcp';
await createMcpServer({ client: new NemoVideo({ token: 'x' }) });`;
/** A path of the machine that built the package. */
const ABSOLUTE = [ROOT, `${homedir()}/`];

/**
 * `require` has CommonJS declarations for an ES module, because TypeScript refuses any other to CommonJS under `node16`
 * and `node18`. There are named exports only, so the two mean the same. attw calls it `false-cjs`.
 */
const isMeant = ({ code, args }) => code === 'EXPORTS_TYPES_INVALID_FORMAT' && args.condition === 'require';

/** What is in the package, and what tools that judge packages report about it. */
export async function checkPackage(report, { consumer, tarball, bytes, files, installed }) {
  const dist = join(installed, 'dist');
  await report.check('package', 'brings three packages', async () => {
    const names = await dependenciesOf(consumer);
    if (names.join() !== 'eventsource-parser,ky,zod') throw new Error(`brings ${names.join(', ')}`);
    return names.join(', ');
  });
  await report.check('package', 'contains only what is needed', () => {
    const unwanted = files.filter((path) => !WANTED.test(path));
    if (unwanted.length > 0) throw new Error(`also contains ${unwanted.join(', ')}`);
    return `${files.length} files, ${(bytes / 1000).toFixed(1)} KB as a tarball`;
  });
  await report.check('package', 'no path of the building machine', async () => {
    const texts = await textsOf(dist, ['.js', '.map', '.d.ts', '.d.cts']);
    const leaking = texts.filter(({ text }) => ABSOLUTE.some((path) => text.includes(path)));
    if (leaking.length > 0) throw new Error(leaking.map(({ name }) => name).join(', '));
    return `${texts.length} files`;
  });
  await report.check('package', 'no ky or zod in the declarations', async () => {
    const declarations = await textsOf(dist, ['.d.ts', '.d.cts']);
    if (declarations.length < 4) throw new Error(`only ${declarations.length} declarations`);
    const importing = declarations.filter(({ text }) => /['"](ky|zod)(\/[^'"]*)?['"]/.test(text));
    if (importing.length > 0) throw new Error(importing.map(({ name }) => name).join(', '));
    return `${declarations.length} files`;
  });
  await report.check(
    'package',
    'names the peer of /mcp and its installation, where it is missing',
    async () => {
      const program = join(consumer, 'node_modules', '.bin', 'nemovideo-sdk');
      const environment = { HOME: consumer };
      const called = ['--input-type=module', '--eval', MCP];
      const reported = await Promise.all([
        run(process.execPath, called, { cwd: consumer }).catch(({ message }) => message),
        run(program, ['mcp'], { cwd: consumer, environment }).catch(({ message }) => message),
      ]);
      const silent = reported.filter((text) => !text.includes('npm install @modelcontextprotocol/server@2'));
      if (silent.length > 0) throw new Error(silent.join('\n'));
    },
  );
  await report.check('package', 'API as agreed', () => compareApi(dist));
  await report.check('package', 'publint --strict', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, pack: false, strict: true });
    const faults = messages.filter((message) => !isMeant(message));
    if (faults.length > 0) throw new Error(faults.map((message) => formatMessage(message, pkg)).join('\n'));
  });
  await report.check('package', 'attw --profile esm-only', async () => {
    const args = ['--profile', 'esm-only', '--ignore-rules', 'false-cjs', '--no-emoji', tarball];
    await run(tool('attw'), args, { cwd: consumer });
  });
}
