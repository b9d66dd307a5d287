import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalBackend } from '../../src/local/index.js';
import { freePort, hasRedis } from '../bullmq/support/redis-server.js';
import { bundleScripts } from '../support/bundle-scripts.js';

const EXAMPLE = fileURLToPath(new URL('../../examples/batch', import.meta.url));
/** Where the packages of the example are found. */
const BUILT = join(EXAMPLE, 'node_modules/.test');
const lacks = [
  ...(hasRedis ? [] : ['Redis (apt-get install redis-server)']),
  ...(existsSync(join(EXAMPLE, 'node_modules/csv-parse'))
    ? []
    : ['its packages (npm ci --prefix examples/batch)']),
];
if (lacks.length > 0) console.warn(`SKIPPED: the example of a batch, without ${lacks.join(' and ')}`);

describe.skipIf(lacks.length > 0)('the example of a batch', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nemovideo-batch-example-'));
    const options = {
      clock: fileURLToPath(new URL('./clock.ts', import.meta.url)),
      external: ['bullmq', 'ioredis', 'csv-parse'],
    };
    await bundleScripts([join(EXAMPLE, 'batch.mjs'), join(EXAMPLE, 'products.mjs')], BUILT, options);
    await bundleScripts([fileURLToPath(new URL('./rows.ts', import.meta.url))], BUILT, options);
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await rm(BUILT, { recursive: true, force: true });
  });

  it('makes a video of each row of a CSV file, each paid for once, though it was killed in between', async () => {
    const backend = await createLocalBackend({ render: 'off', speed: 100 });
    await backend.listen();
    const token = backend.issueToken({ credits: 10_000 });
    const file = join(folder, 'products.csv');
    const photo = join(EXAMPLE, '../media/mug.jpg');
    const ids = Array.from({ length: 12 }, (_, index) => `mug-${index}`);
    const rows = ids.map((id) => `${id},"A cosy promo, titled ""${id}""",${photo},5,1:1`);
    await writeFile(file, `id,prompt,photos,seconds,shape\n${rows.join('\n')}\n`);
    const port = await freePort();
    const start = () =>
      spawn(execPath, [join(BUILT, 'batch.mjs'), file, join(folder, 'videos')], {
        env: {
          ...env,
          NEMO_API_URL: backend.url,
          NEMO_TOKEN: token,
          REDIS_PORT: String(port),
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    const videos = async (): Promise<string[]> =>
      (await readdir(join(folder, 'videos')).catch(() => [])).filter((name) => name.endsWith('.mp4'));
    try {
      const first = start();
      await expect.poll(videos, { timeout: 60_000, interval: 20 }).not.toEqual([]);
      first.kill('SIGKILL');
      const second = start();
      let shown = '';
      second.stdout.setEncoding('utf8').on('data', (text: string) => {
        shown += text;
      });
      expect(await once(second, 'exit')).toEqual([0, null]);
      expect(shown).toContain('12 products');
      const messages = backend.charges.map(({ message }) => /mug-\d+/.exec(message)?.[0]);
      expect(messages.toSorted()).toEqual(ids.toSorted());
      // A message that was just being sent when the program was killed is left to a person.
      const unclear = [...shown.matchAll(/^(mug-\d+) waits for you/gm)].map(([, id]) => id);
      expect([...(await videos()), ...unclear.map((id) => `${id}.mp4`)].toSorted(), shown).toEqual(
        ids.map((id) => `${id}.mp4`).toSorted(),
      );
    } finally {
      await backend.close();
    }
  }, 120_000);

  it.each(['csv', 'jsonl'])(
    'queues 20,000 rows of %s in constant memory',
    async (kind) => {
      const child = spawn(execPath, [join(BUILT, 'rows.mjs'), kind, join(BUILT, 'products.mjs')], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      for await (const chunk of child.stdout) text += String(chunk);
      const { count, jobs, heap } = JSON.parse(text);
      expect(count).toBe(20_000);
      expect(jobs).toBe(20_000);
      // Bytes in use after each 2,000 rows, of which the file has 3 MB in all.
      const [first = 0, ...later] = heap;
      expect(Math.max(...later) - first).toBeLessThan(2e6);
    },
    120_000,
  );
});
