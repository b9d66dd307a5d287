import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
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
}, 60_000);

afterAll(async () => {
  for (const backend of backends) await backend.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a process printed, or the signal that ended it. */
interface Ended {
  readonly signal: string | null;
  readonly output: string;
  readonly errors: string;
}

/** A backend of its own, and what runs the process against it. */
async function open(credits?: number) {
  const backend = await createLocalBackend({ render: 'off', clock: fastClock(100) });
  backends.push(backend);
  await backend.listen();
  const token = backend.issueToken(credits === undefined ? {} : { credits });
  const run = (checkpoint: string, photo: string, killAt: number | string): Promise<Ended> =>
    new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [script, backend.url, checkpoint, photo, String(killAt)],
        { env: { ...process.env, TEST_TOKEN: token } },
        (_, output, errors) => resolve({ signal: child.signalCode, output, errors }),
      );
    });
  const posts = (operation: string) =>
    backend.requests.filter((request) => request.operation === operation && request.method === 'POST');
  return { backend, run, posts };
}

describe('a video whose process is killed', () => {
  // The saves of one video: taken over, session, uploaded, message before, message after, render before, render after,
  // finished; then the middle of the upload, of the answer, of the render and of the download. Side by side: much of it
  // is waiting.
  it.concurrent.each([1, 2, 3, 4, 5, 6, 7, 8, 'upload', 'run', 'render', 'download'])(
    'at %s is finished by the next process, and paid for once',
    async (killAt) => {
      const { backend, run, posts } = await open();
      const checkpoint = join(folder, `at-${killAt}`, 'video.json');
      const photo = join(folder, 'mug.png');
      await run(checkpoint, photo, killAt).then((killed) =>
        expect(killed.signal, killed.errors).toBe('SIGKILL'),
      );
      const resumed = await run(checkpoint, photo, 0);
      expect(resumed.signal, resumed.errors).toBeNull();
      const result: unknown = JSON.parse(resumed.output || '{}');
      expect(result, resumed.errors).toMatchObject({ path: `${checkpoint}.mp4` });
      expect((await stat(`${checkpoint}.mp4`)).size).toBe(Reflect.get(Object(result), 'bytes'));
      expect((await readdir(join(folder, `at-${killAt}`))).sort()).toEqual(['video.json', 'video.json.mp4']);
      expect(posts('run')).toHaveLength(1);
      expect(backend.charges).toHaveLength(1);
      expect(posts('render')).toHaveLength(1);
    },
    120_000,
  );
});

describe('two processes with the same ids', () => {
  it('race fifty times: one message and one video each, and the slower is refused', async () => {
    const { backend, run, posts } = await open(100_000);
    const race = join(folder, 'race', 'any');
    const start = String(Date.now() + 3_000);
    const ended = await Promise.all([run(race, start, 'race'), run(race, start, 'race')]);
    const [one = [], other = []] = ended.map(({ output, errors }): string[] => {
      expect(errors).toBe('');
      return JSON.parse(output);
    });
    const known = new Set(['finished', 'CheckpointConflictError']);
    expect([...one, ...other].filter((outcome) => !known.has(outcome))).toEqual([]);
    expect(one.filter((outcome, id) => outcome !== 'finished' && other[id] !== 'finished')).toEqual([]);
    const messages = posts('run').map(({ body }) => JSON.stringify(body));
    expect(messages).toHaveLength(50);
    expect(new Set(messages).size).toBe(50);
    expect(backend.charges).toHaveLength(50);
    expect(posts('render')).toHaveLength(50);
  }, 240_000);
});
