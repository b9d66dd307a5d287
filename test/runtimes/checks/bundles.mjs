import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const KB = 1024;

/**
 * What a page pays, minified and compressed, with all dependencies. `ceiling` is what must not be passed; `aim` is
 * where the size should go, where that is less.
 */
const BUNDLES = [
  { code: "export { NemoVideo } from 'nemovideo-sdk'", names: 'NemoVideo', aim: 25, ceiling: 66 },
  {
    code: "export { decodeDraft, Timeline } from 'nemovideo-sdk'",
    names: 'decodeDraft + Timeline',
    ceiling: 6,
  },
];

/** Sizes of bundles for browsers, and that nothing of Node is in one. */
export async function checkBundles(report, { consumer }) {
  for (const { code, names, aim, ceiling } of BUNDLES) {
    await report.check('bundle', `${names} at most ${ceiling} KB`, async () => {
      const { outputFiles } = await bundle(code, consumer);
      const size = gzipSync(outputFiles[0].contents, { level: 9 }).length / KB;
      const told = `${size.toFixed(1)} KB min+gzip${aim === undefined ? '' : ` (the aim is ${aim} KB)`}`;
      if (size > ceiling) throw new Error(told);
      return told;
    });
  }
  await report.check('bundle', 'no node: import in a browser', async () => {
    const { metafile } = await bundle("export * from 'nemovideo-sdk'", consumer);
    const imports = Object.entries(metafile.inputs).flatMap(([file, input]) =>
      input.imports.filter(({ external }) => external).map(({ path }) => `${path} (${file})`),
    );
    if (imports.length > 0) throw new Error(imports.join(', '));
    return `${Object.keys(metafile.inputs).length} modules`;
  });
}

/** `packages` stay inside; modules of Node are left as imports, so that they can be seen. */
const bundle = (contents, resolveDir) =>
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
  });
