import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { build as buildPage } from 'vite';

const KB = 1024;
const NEMO_VIDEO = "export { NemoVideo } from 'nemovideo-sdk'";
const DRAFTS = "export { decodeDraft, Timeline } from 'nemovideo-sdk'";

/** Sizes of bundles for browsers, minified and compressed, with all dependencies; and that nothing of Node is in one. */
export async function checkBundles(report, { consumer }) {
  await report.check('bundle', 'decodeDraft + Timeline at most 7 KB', async () => {
    const size = await fileSize(DRAFTS, consumer);
    if (size > 7) throw new Error(kilobytes(size));
    return kilobytes(size);
  });
  await report.check('bundle', 'NemoVideo in a single file', async () =>
    kilobytes(await fileSize(NEMO_VIDEO, consumer)),
  );
  await report.check('bundle', 'NemoVideo in a page', async () => {
    const { first, all } = await pageSizes(NEMO_VIDEO, consumer);
    return `${kilobytes(first)} at once, ${kilobytes(all)} if it uses everything`;
  });
  await report.check('bundle', 'no node: import in a browser', async () => {
    const { metafile } = await bundle("export * from 'nemovideo-sdk'", consumer);
    const imports = Object.entries(metafile.inputs).flatMap(([file, input]) =>
      input.imports.filter(({ external }) => external).map(({ path }) => `${path} (${file})`),
    );
    if (imports.length > 0) throw new Error(imports.join(', '));
    return `${Object.keys(metafile.inputs).length} modules`;
  });
  // Without `external`, a module of Node would make it fail.
  await report.check('bundle', 'nemovideo-sdk/testing in a browser', async () => {
    const code = "export { createTestClient, handlers } from 'nemovideo-sdk/testing'";
    const { metafile } = await bundle(code, consumer, { external: ['msw'], outdir: 'page', splitting: true });
    return `${Object.keys(metafile.inputs).length} modules`;
  });
}

const kilobytes = (size) => `${size.toFixed(1)} KB min+gzip`;
const sizeOf = (code) => gzipSync(code, { level: 9 }).length / KB;

async function fileSize(code, consumer) {
  const { outputFiles } = await bundle(code, consumer);
  return sizeOf(outputFiles[0].contents);
}

/** What vite makes of an import: the files that a page loads at once, and those that come when they are first used. */
async function pageSizes(code, consumer) {
  const root = await mkdtemp(join(consumer, 'page-'));
  const input = join(root, 'main.js');
  await writeFile(input, code);
  try {
    const { output } = await buildPage({
      root,
      configFile: false,
      logLevel: 'error',
      build: {
        write: false,
        target: 'es2022',
        modulePreload: false,
        rollupOptions: { input, preserveEntrySignatures: 'strict' },
      },
    });
    const chunks = new Map(output.filter(({ type }) => type === 'chunk').map((one) => [one.fileName, one]));
    const entry = [...chunks.values()].find(({ isEntry }) => isEntry);
    const loaded = new Set([entry.fileName]);
    for (const name of loaded) for (const next of chunks.get(name)?.imports ?? []) loaded.add(next);
    const sum = (names) => [...names].reduce((size, name) => size + sizeOf(chunks.get(name).code), 0);
    return { first: sum(loaded), all: sum(chunks.keys()) };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** `packages` stay inside; modules of Node are left as imports, so that they can be seen. */
const bundle = (contents, resolveDir, more = {}) =>
  build({
    stdin: { contents, resolveDir },
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    external: ['node:*'],
    logLevel: 'silent',
    ...more,
  });
