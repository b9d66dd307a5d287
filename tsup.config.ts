import { cp } from 'node:fs/promises';
import { defineConfig } from 'tsup';

/** What package.json exports. Each has declarations for `import` (.d.ts) and for `require` (.d.cts). */
const LIBRARY = {
  index: 'src/index.ts',
  local: 'src/local/index.ts',
  testing: 'src/testing/index.ts',
  bullmq: 'src/bullmq/index.ts',
  ai: 'src/ai/index.ts',
  mcp: 'src/mcp/index.ts',
};

export default defineConfig([
  {
    entry: {
      ...LIBRARY,
      cli: 'src/cli/main.ts',
      // Chosen by `#platform`, see "imports" in package.json.
      'platform-node': 'src/platform/node.ts',
      'platform-web': 'src/platform/web.ts',
      // In the place of `local` where `#backend` leads there.
      'backend-web': 'src/testing/backend-web.ts',
      // Started as a process.
      'render-child': 'src/local/renderer/child.ts',
      'inspect-child': 'src/local/media/inspect-child.ts',
    },
    format: 'esm',
    target: 'es2022',
    sourcemap: true,
    clean: true,
    // Node needs 60 ms for the 110 files of zod/mini, of which twenty functions are used. `ai` and `mcp` use zod itself.
    noExternal: ['zod/mini'],
    external: ['#platform', '#backend'],
    removeNodeProtocol: false,
    async onSuccess() {
      await cp('src/local/fonts', 'dist/fonts', { recursive: true });
      await cp('node_modules/zod/LICENSE', 'dist/zod-LICENSE');
    },
  },
  {
    entry: LIBRARY,
    format: ['esm', 'cjs'],
    // TypeScript 6 deprecates `baseUrl`, which tsup sets. The public classes are disposable, a consumer's `lib` may be ES2022.
    dts: {
      only: true,
      banner: '/// <reference lib="esnext.disposable" />',
      compilerOptions: { ignoreDeprecations: '6.0', stripInternal: true },
    },
  },
]);
