import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createLocalBackend } from '../../../src/local/index.js';
import { placeholderVideo } from '../../../src/local/service/placeholder.js';
import { PNG } from '../support/wire.js';

const PAGE = await readFile(new URL('../../../docs/local-backend.md', import.meta.url), 'utf8');
const run = promisify(execFile);

/** The block of the docs in a language that has these words. */
function block(language: string, words: string): string {
  const blocks = [...PAGE.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, text = '']) => text,
  );
  return blocks.find((text) => text.includes(words)) ?? '';
}

describe('the lines of the docs for other languages', { timeout: 60_000 }, () => {
  it('make a video with curl alone', async () => {
    await using backend = await createLocalBackend({ render: 'off', speed: 1000 });
    const url = await backend.listen();
    const folder = await mkdtemp(join(tmpdir(), 'curl-'));
    await writeFile(join(folder, 'photo.png'), PNG);
    await run('bash', ['-euo', 'pipefail', '-c', block('sh', 'run_sse')], {
      cwd: folder,
      env: { ...process.env, NEMO_API_URL: url },
    });
    expect((await readFile(join(folder, 'video.mp4'))).equals(placeholderVideo())).toBe(true);
    expect(backend.charges).toHaveLength(1);
    expect(backend.requests.filter(({ status }) => status !== 200)).toEqual([]);
  });

  it('meet a fault from Python’s standard library, and find the work done and charged once', async () => {
    await using backend = await createLocalBackend({ render: 'off', speed: 1000 });
    const url = await backend.listen();
    const { stdout } = await run('python3', ['-c', block('python', 'urllib')], {
      env: { ...process.env, NEMO_API_URL: url },
    });
    expect(stdout).toBe('the stream broke\ncharged 1\n');
  });
});
