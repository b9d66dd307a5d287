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
/** Programs of a user who has not installed the optional peers, and what they say. */
const WITHOUT_PEERS = [
  [
    `import { NemoVideo } from 'nemovideo-sdk';
    import { createMcpServer } from 'nemovideo-sdk/mcp';
    await createMcpServer({ client: new NemoVideo({ token: 'x' }) });`,
    'npm install @modelcontextprotocol/server@2',
  ],
  [
    `import { handlers } from 'nemovideo-sdk/testing';
    await handlers('http://127.0.0.1:8787');`,
    'npm install --save-dev msw@2',
  ],
  [
    `import { createLocalBackend } from 'nemovideo-sdk/local';
    await createLocalBackend({ render: 'video' });`,
    'npm install node-av@',
  ],
  [
    `import { videoQueue } from 'nemovideo-sdk/bullmq';
    await videoQueue({ connection: { port: 1 } }).counts();`,
    'npm install bullmq@6 ioredis@5',
  ],
  [
    `import { NemoVideo } from 'nemovideo-sdk';
    import { videoWorker } from 'nemovideo-sdk/bullmq';
    videoWorker({ connection: { port: 1 }, client: new NemoVideo({ token: 'x' }) });`,
    'npm install bullmq@6 ioredis@5',
  ],
  [
    `import { redisCheckpoints } from 'nemovideo-sdk/bullmq';
    await redisCheckpoints({ port: 1 }).load('a');`,
    'npm install bullmq@6 ioredis@5',
  ],
];
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
  await report.check('package', 'has what it uses of zod/mini inside, with its licence', async () => {
    const importing = (await textsOf(dist, ['.js'])).filter(({ text }) => text.includes('"zod/mini"'));
    if (importing.length > 0) throw new Error(`${importing.map(({ name }) => name).join(', ')} import it`);
    if (!files.includes('dist/zod-LICENSE')) throw new Error('there is no dist/zod-LICENSE');
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
    'names the peer of each import and its installation, where it is missing',
    async () => {
      const program = join(consumer, 'node_modules', '.bin', 'nemovideo-sdk');
      const options = { cwd: consumer, environment: { HOME: consumer } };
      const reports = async (words, ...call) => {
        const text = await run(...call, options).catch(({ message }) => message);
        if (text.search(words) < 0) throw new Error(text);
      };
      await reports(WITHOUT_PEERS[0][1], program, ['mcp']);
      for (const [code, words] of WITHOUT_PEERS)
        await reports(words, process.execPath, ['--input-type=module', '--eval', code]);
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
