import { build } from 'esbuild';

/**
 * Bundles a TypeScript file that tests start as processes of their own: to compile the sources in each of twenty
 * processes would cost more than all they do. Renders cannot be started from such a bundle.
 */
export async function bundleScript(source: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: {
      '#platform': './src/platform/node.ts',
      'nemovideo-sdk/local': './src/local/index.ts',
      'nemovideo-sdk': './src/index.ts',
    },
    // What draws and encodes is made of binaries.
    external: ['node-av', '@napi-rs/canvas'],
    logLevel: 'error',
  });
}
