/**
 * What an upload of 500 MB costs: peak memory added and time, each contender in a process of its own, in turn, over
 * loopback, to a server that takes everything at once and to one that is held to 250 MB/s.
 *
 * `tsx bench/upload.ts [--runs 3] [--mb 500] [--nodes 20,22,24]`. Nodes other than the one that runs this are had with
 * npx. openai takes part when `bench/peers` is installed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, requested, writeVideo } from './transfer/harness.js';
import { hasPeer } from './transfer/peers.js';

const request = requested();
const folder = await mkdtemp(join(tmpdir(), 'nemovideo-bench-'));
try {
  const file = join(folder, 'big.mp4');
  await writeVideo(file, request.bytes);
  await compare({
    title: 'Upload',
    request,
    folder,
    client: 'upload-client',
    server: 'upload-server',
    contenders: ['fetch + FormData', 'nemovideo-sdk', ...(hasPeer('openai') ? ['openai'] : [])],
    rates: [0, 250],
    args: [file],
  });
} finally {
  await rm(folder, { recursive: true });
}
