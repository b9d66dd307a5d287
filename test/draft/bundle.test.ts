import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** What a bundler makes of an import, of sources or of a file that holds the whole layer already, as the package does. */
async function bundle(contents: string, from: 'sources' | 'one file'): Promise<string> {
  const index = './src/draft/index.ts';
  const options = { bundle: true, format: 'esm', target: 'es2022', write: false } as const;
  const whole = from === 'one file' ? await build({ ...options, entryPoints: [index] }) : undefined;
  const result = await build({
    ...options,
    minify: true,
    stdin: { contents: `${contents} from 'draft'`, resolveDir: process.cwd() },
    plugins: [
      {
        name: 'draft',
        setup: ({ onResolve, onLoad, resolve }) => {
          onResolve({ filter: /^draft$/ }, ({ resolveDir }) =>
            whole === undefined
              ? resolve(index, { kind: 'import-statement', resolveDir })
              : { path: 'draft', namespace: 'whole', sideEffects: false },
          );
          onLoad({ filter: /./, namespace: 'whole' }, () => ({
            contents: whole?.outputFiles[0]?.text ?? '',
          }));
        },
      },
    ],
  });
  return result.outputFiles[0]?.text ?? '';
}

describe.each(['sources', 'one file'] as const)('a bundle from %s', (from) => {
  it('of decodeDraft and Timeline is at most 7 KB, and carries no drawing and no diff', async () => {
    const code = await bundle('export { decodeDraft, Timeline }', from);
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(7 * 1024);
    expect(code).toContain('playbackRate');
    expect(code).not.toMatch(/<svg|nvt|Segmenter|trimmed/);
  });

  it('of an import that is not used is empty', async () => {
    expect(
      await bundle('import { timelineSVG, diffTimelines, describeChanges, timelineANSI, encodeDraft }', from),
    ).toBe('');
  });
});
