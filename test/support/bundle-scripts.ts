import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { localProcesses } from './local-processes.js';

const source = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const CLOCK = source('src/platform/clock.ts');

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

/**
 * Bundles the processes of the local backend once for all tests, in the places that they have in the package: from the
 * sources, each start reads all of them as TypeScript, which takes longer than a short video.
 */
export async function bundleLocalProcesses(): Promise<void> {
  const folder = localProcesses();
  await mkdir(folder);
  await build({
    entryPoints: {
      'render-child': source('src/local/renderer/child.ts'),
      'inspect-child': source('src/local/media/inspect-child.ts'),
      orphan: source('test/local/renderer/support/orphan.ts'),
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    alias: { '#platform': source('src/platform/node.ts') },
    external: ['node-av', '@napi-rs/canvas'],
    logLevel: 'error',
  });
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await symlink(source('src/local/fonts'), join(folder, 'fonts'), 'junction');
  await symlink(source('node_modules'), join(folder, 'node_modules'), 'junction');
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
