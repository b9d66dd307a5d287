/**
 * What a download of 500 MB to a file costs: peak memory added and time, each contender in a process of its own, in
 * turn, over loopback, from a server that gives everything at once and from one that is held to 250 MB/s.
 *
 * `tsx bench/download.ts [--runs 3] [--mb 500] [--nodes 20,22,24]`. Nodes other than the one that runs this are had with
 * npx. openai takes part when `bench/peers` is installed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, requested } from './transfer/harness.js';
import { hasPeer } from './transfer/peers.js';

const folder = await mkdtemp(join(tmpdir(), 'nemovideo-bench-'));
try {
  await compare({
    title: 'Download',
    request: requested(),
    folder,
    client: 'download-client',
    server: 'download-server',
    contenders: ['fetch + pipeline', 'nemovideo-sdk', ...(hasPeer('openai') ? ['openai'] : [])],
    rates: [0, 250],
    args: [folder],
  });
} finally {
  await rm(folder, { recursive: true });
}
