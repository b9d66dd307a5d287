/**
 * What it takes to upload a file of 500 MB from disk and to download one to disk, over loopback: time, CPU, and the peak of
 * memory above the process. Limits for ours: × 0.65 of the time of raw fetch and 80 MB (Node 24: 110 MB) up, × 1.10 and
 * 90 MB down.
 *
 * `tsx bench/transfer.ts [--runs 5] [--nodes 20,24] [--only ours] [--mb 500]`
 */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built, compare, requested, startServer } from './harness.js';
import { installed } from './peers.js';

const { runs, nodes, only, extra } = requested({ mb: '500' });
const bytes = Number(extra.mb) * 1024 * 1024;
const folder = await mkdtemp(join(tmpdir(), 'nemovideo-bench-'));
const file = join(folder, 'big.mp4');
const { child, url } = await startServer(await built('transfer/server.ts'), [String(bytes)]);
try {
  await writeVideo();
  const program = await built('transfer/client.ts');
  const peers = { upload: { openai: 'openai', replicate: 'replicate' }, download: { openai: 'openai' } };
  for (const direction of ['upload', 'download'] as const) {
    const all = ['floor', 'ours', ...installed(peers[direction])];
    const contenders = all.filter((name) => only.length === 0 || only.includes(name) || name === 'floor');
    await compare({
      title: `${direction} of ${extra.mb} MB`,
      program,
      contenders,
      args: [url, direction, file],
      runs,
      nodes,
    });
  }
} finally {
  child.kill();
  await rm(folder, { recursive: true });
}

/** A file that begins as an MP4. */
async function writeVideo(): Promise<void> {
  const handle = await open(file, 'w');
  const chunk = Buffer.alloc(1024 * 1024, 7);
  for (let at = 0; at < bytes; at += chunk.length)
    await handle.write(chunk, 0, Math.min(chunk.length, bytes - at));
  await handle.write(Buffer.from('\0\0\0\x18ftypisom', 'latin1'), 0, 12, 0);
  await handle.close();
}
