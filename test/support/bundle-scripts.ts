import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const CLOCK = fileURLToPath(new URL('../../src/platform/clock.ts', import.meta.url));

/**
 * Bundles TypeScript files that tests start as processes of their own, into a folder: to compile the sources in each of
 * twenty processes would cost more than all they do. Renders cannot be started from such a bundle. With a `clock`, the
 * module of that path takes the place of the machine's clock.
 */
export async function bundleScripts(
  sources: readonly string[],
  outdir: string,
  { clock, external = [] }: { clock?: string; external?: readonly string[] } = {},
): Promise<void> {
  await build({
    entryPoints: [...sources],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    // The oldest Node that runs the tests has no `await using`.
    target: 'node20',
    alias: {
      '#platform': './src/platform/node.ts',
      '#backend': './src/local/index.ts',
      'nemovideo-sdk/bullmq': './src/bullmq/index.ts',
      'nemovideo-sdk/local': './src/local/index.ts',
      'nemovideo-sdk/testing': './src/testing/index.ts',
      'nemovideo-sdk': './src/index.ts',
    },
    // What draws and encodes is made of binaries.
    external: ['node-av', '@napi-rs/canvas', 'msw', ...external],
    plugins: clock === undefined ? [] : [withClock(clock)],
    logLevel: 'error',
  });
}

/** Puts a module in the place of the machine's clock; the module itself gets the machine's. */
function withClock(path: string): Plugin {
  return {
    name: 'clock',
    setup({ onResolve, resolve }) {
      onResolve(
        { filter: /\/clock\.js$/ },
        async ({ path: wanted, importer, resolveDir, kind, pluginData }) => {
          if (importer === path || pluginData === 'asked') return;
          const found = await resolve(wanted, { resolveDir, kind, pluginData: 'asked' });
          return found.path === CLOCK ? { path } : found;
        },
      );
    },
  };
}
