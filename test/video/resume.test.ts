import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalBackend, type LocalBackend } from '../../src/local/index.js';
import { bundleScripts } from '../support/bundle-scripts.js';
import { fastClock } from '../support/fast-clock.js';
import { png } from '../support/pictures.js';

let folder: string;
let script: string;
const backends: LocalBackend[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemovideo-killed-'));
  script = join(folder, 'killed.mjs');
  await bundleScripts(['test/video/killed.ts'], folder);
  await writeFile(join(folder, 'mug.png'), png(64, 48, [200, 60, 40]));
});

afterAll(async () => {
  for (const backend of backends) await backend.close();
  await rm(folder, { recursive: true, force: true });
});

/** A backend of its own, and what runs the process against it: what that printed, or the signal that ended it. */
async function open(name: string) {
  const backend = await createLocalBackend({ render: 'off', clock: fastClock(100) });
  backends.push(backend);
  await backend.listen();
  const token = backend.issueToken();
  const run = (
    killAt: number | string,
  ): Promise<{ readonly signal: string | null; readonly output: string; readonly errors: string }> =>
    new Promise((resolve) => {
      const args = [script, backend.url, join(folder, name), join(folder, 'mug.png'), String(killAt)];
      const child = execFile(
        process.execPath,
        args,
        { env: { ...process.env, TEST_TOKEN: token } },
        (_, output, errors) => resolve({ signal: child.signalCode, output, errors }),
      );
    });
  return { backend, run };
}

describe('a video whose process is killed', () => {
  // The checkpoints of one video: session, uploaded, message before, message after, render before, render after; then
  // the middle of the answer, of the render and of the download. Side by side: much of it is waiting.
  it.concurrent.each([1, 2, 3, 4, 5, 6, 'run', 'render', 'download'])(
    'at %s comes out in the next process, paid for once',
    async (killAt) => {
      const name = `video-${killAt}.json`;
      const { backend, run } = await open(name);
      const killed = await run(killAt);
      expect(killed.signal, killed.errors).toBe('SIGKILL');
      const resumed = await run(0);
      expect(resumed.signal, resumed.errors).toBeNull();
      const result: unknown = JSON.parse(resumed.output || '{}');
      expect(result, resumed.errors).toMatchObject({ path: join(folder, `${name}.mp4`) });
      expect((await stat(join(folder, `${name}.mp4`))).size).toBe(Reflect.get(Object(result), 'bytes'));
      expect(backend.charges).toHaveLength(1);
      const submissions = backend.requests.filter(
        ({ operation, method }) => operation === 'render' && method === 'POST',
      );
      expect(submissions).toHaveLength(1);
    },
    120_000,
  );
});
