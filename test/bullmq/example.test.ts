import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batch, messages } from './support/batch.js';
import { hasRedis, type RedisServer, startRedis } from './support/redis-server.js';

describe.skipIf(!hasRedis)('the example of a queue', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.stop());

  it('makes a video of each line of a file', async () => {
    await using work = await batch(server.port);
    await work.backend.listen();
    const file = join(work.folder, 'products.jsonl');
    const lines = ['mug', 'plant', 'lamp'].map((id) => JSON.stringify({ id, prompt: `A promo for a ${id}` }));
    await writeFile(file, `${lines.join('\n')}\n`);
    const child = spawn(execPath, ['--import', 'tsx', 'examples/queue.ts', file, work.folder], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: {
        ...env,
        NEMO_API_URL: work.backend.url,
        NEMO_TOKEN: work.backend.issueToken({ credits: 10_000 }),
        REDIS_PORT: String(server.port),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await readdir(work.folder)).toEqual(expect.arrayContaining(['lamp.mp4', 'mug.mp4', 'plant.mp4']));
    expect(messages(work.backend)).toBe(3);
  });
});
