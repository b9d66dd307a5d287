import { cp, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { defineConfig } from 'tsup';
import { finish } from './.ci/build/finish.js';
import { layOut } from './.ci/build/layout.js';
import { Modules } from './.ci/build/modules.js';
import { pieces } from './.ci/build/pieces.js';

const SRC = resolve('src');
const ENTRIES = {
  index: resolve('src/index.ts'),
  local: resolve('src/local/index.ts'),
  cli: resolve('src/cli.ts'),
  'platform-node': resolve('src/platform/node.ts'),
  'platform-web': resolve('src/platform/web.ts'),
  'render-child': resolve('src/local/render/child.ts'),
  'render-draw': resolve('src/local/render/draw-worker.ts'),
};
/** What many programs import alone: the client, and reading drafts. */
const PARTS = [
  [resolve('src/client.ts')],
  [resolve('src/draft/decode-draft.ts'), resolve('src/draft/timeline.ts')],
];
/** What the render child and the drawing thread load is started as ES modules, and so is the program. */
const COMMON_JS = ['index.js', 'local.js', 'platform-node.js', 'platform-web.js'];

// The tarball shall be small, and half of it would be the same code once more as CommonJS. So dist/esm and dist/cjs
// hold files of the same names and nearly the same text, small enough for gzip to see that: see .ci/build/.
export default defineConfig(async () => {
  await rm('dist', { recursive: true, force: true });
  const modules = new Modules();
  for (const path of Object.values(ENTRIES)) await modules.read(path);
  return [
    {
      entry: ENTRIES,
      outDir: 'dist/esm',
      format: 'esm',
      target: 'es2022',
      sourcemap: true,
      splitting: false,
      external: ['#platform', 'node-av', '@napi-rs/canvas'],
      esbuildOptions(options) {
        options.sourcesContent = false;
      },
      esbuildPlugins: [pieces(modules, layOut(modules, ENTRIES, PARTS, SRC))],
      async onSuccess() {
        await finish('dist/esm', 'dist/cjs', COMMON_JS);
        await writeFile('dist/cjs/package.json', '{ "type": "commonjs", "sideEffects": false }\n');
        // `#platform` means nothing below that file, so CommonJS asks for it from here.
        await writeFile('dist/platform.cjs', `module.exports = require('#platform');\n`);
        for (const name of ['index', 'local']) {
          await writeFile(`dist/esm/${name}.d.ts`, `export * from '../cjs/${name}.js';\n`);
        }
        await cp('src/local/fonts', 'dist/fonts', { recursive: true });
      },
    },
    // The types are CommonJS, which an ES module may import in every TypeScript; the other way round it may not.
    {
      entry: { index: ENTRIES.index, local: ENTRIES.local },
      outDir: 'dist/cjs',
      format: 'esm',
      dts: { only: true },
    },
  ];
});
