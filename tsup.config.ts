import { cp, mkdir } from 'node:fs/promises';
import { defineConfig } from 'tsup';

// All outputs lie flat in dist/: code that names a sibling file (the render child, the fonts) by
// `new URL('./name', import.meta.url)` then works from an entry and from a shared chunk alike.
export default defineConfig({
  entry: {
    index: 'src/index.ts',
    local: 'src/local/index.ts',
    cli: 'src/cli.ts',
    'platform-node': 'src/platform/node.ts',
    'platform-web': 'src/platform/web.ts',
    'render-child': 'src/local/render/child.ts',
    'render-draw': 'src/local/render/draw-worker.ts',
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  dts: { entry: { index: 'src/index.ts', local: 'src/local/index.ts' } },
  sourcemap: true,
  // Maps name file and line; the sources themselves would be half of the package.
  esbuildOptions(options) {
    options.sourcesContent = false;
  },
  splitting: true,
  shims: true,
  clean: true,
  external: ['#platform', 'node-av', '@napi-rs/canvas'],
  async onSuccess() {
    await mkdir('dist/fonts', { recursive: true });
    await cp('src/local/fonts', 'dist/fonts', { recursive: true });
  },
});
