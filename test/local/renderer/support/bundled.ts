import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, vi } from 'vitest';
import * as entries from '../../../../src/local/renderer/entries.js';

const source = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/**
 * Lets the renders of a test file run from JavaScript that lies as in the package, until `end` lets the next ones run
 * from the sources again, which read all of them as TypeScript and take longer than a short video. `orphan` is the path of that script in the same form.
 */
export function bundledRenders(): { readonly orphan: () => string; readonly end: () => void } {
  let folder: string;
  let end = (): void => {};
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nemovideo-renderer-'));
    await build({
      entryPoints: {
        'render-child': source('src/local/renderer/child.ts'),
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
    const child = { path: join(folder, 'render-child.js'), execArgv: [] };
    const replaced = vi.spyOn(entries, 'renderChild').mockReturnValue(child);
    end = () => replaced.mockRestore();
  });
  afterAll(async () => {
    end();
    await rm(folder, { recursive: true, force: true });
  });
  return { orphan: () => join(folder, 'orphan.js'), end: () => end() };
}
