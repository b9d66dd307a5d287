import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalBackend, type LocalBackend } from '../../src/local/index.js';
import { bundleScripts } from '../support/bundle-scripts.js';
import { fastClock } from '../support/fast-clock.js';
import { png } from '../support/pictures.js';

let backend: LocalBackend;
let folder: string;
let script: string;
let token: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nemovideo-killed-'));
  script = join(folder, 'killed.mjs');
  await bundleScripts(['test/video/killed.ts'], folder);
  await writeFile(join(folder, 'mug.png'), png(64, 48, [200, 60, 40]));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs the process; what it printed, or the signal that ended it. */
function run(
  name: string,
  killAt: number | string,
): Promise<{ readonly signal: string | null; readonly output: string; readonly errors: string }> {
  return new Promise((resolve) => {
    const args = [script, backend.url, join(folder, name), join(folder, 'mug.png'), String(killAt)];
    const child = execFile(
      process.execPath,
      args,
      { env: { ...process.env, TEST_TOKEN: token } },
      (_, output, errors) => resolve({ signal: child.signalCode, output, errors }),
    );
  });
}

describe('a video whose process is killed', () => {
  beforeAll(async () => {
    backend = await createLocalBackend({ render: 'off', clock: fastClock(100) });
    await backend.listen();
    token = backend.issueToken();
  });

  afterAll(async () => {
    await backend.close();
  });

  // The checkpoints of one video: session, uploaded, message before, message after, render before, render after; then
  // the middle of the answer, of the render and of the download.
  it.each([1, 2, 3, 4, 5, 6, 'run', 'render', 'download'])(
    'at %s comes out in the next process, paid for once',
    async (killAt) => {
      const name = `video-${killAt}.json`;
      const before = { charges: backend.charges.length, renders: submissions() };
      const killed = await run(name, killAt);
      expect(killed.signal, killed.errors).toBe('SIGKILL');
      const resumed = await run(name, 0);
      expect(resumed.signal, resumed.errors).toBeNull();
      const result: unknown = JSON.parse(resumed.output || '{}');
      expect(result, resumed.errors).toMatchObject({ path: join(folder, `${name}.mp4`) });
      expect((await stat(join(folder, `${name}.mp4`))).size).toBe(Reflect.get(Object(result), 'bytes'));
      expect(backend.charges.length - before.charges).toBe(1);
      expect(submissions() - before.renders).toBe(1);
    },
    120_000,
  );
});

const submissions = (): number =>
  backend.requests.filter(({ operation, method }) => operation === 'render' && method === 'POST').length;
