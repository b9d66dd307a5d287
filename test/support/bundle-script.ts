import { build } from 'esbuild';

/**
 * Bundles a TypeScript file that tests start as processes of their own: to compile the sources in each of twenty
 * processes would cost more than all they do.
 */
export async function bundleScript(source: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { '#platform': './src/platform/node.ts' },
    logLevel: 'error',
  });
}
