import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NemoVideo } from '../../../src/client.js';
import type { Fault } from '../../../src/local/index.js';
import { serve, TRANSPORTS } from '../../local/support/wire.js';

describe.each(TRANSPORTS)('a render of the local backend, %s', (transport) => {
  it.each<[string, Fault[]]>([
    ['at once', []],
    ['in spite of a reset', [{ on: 'output', do: 'reset', after: 100 }]],
    ['in spite of a body that ends early', [{ on: 'output', do: 'truncate', after: 100 }]],
    [
      'although it changes meanwhile',
      [
        { on: 'output', do: 'reset', after: 100 },
        { on: 'output', do: 'etag', skip: 1 },
      ],
    ],
    ['from the service when the address is refused', [{ on: 'output', do: 'status', status: 403, times: 9 }]],
  ])('is brought whole, %s', async (_, faults) => {
    const { backend, clock, fetch } = await serve(transport);
    const options = {
      baseUrl: backend.url,
      fetch,
      token: backend.issueToken(),
      credentialStore: false,
    } as const;
    const maker = new NemoVideo({ ...options, clock });
    const session = await clock.run(maker.sessions.create());
    await clock.run(session.send('a video'));
    const made = await clock.run(session.export());
    await clock.run(made.result());
    // Files and sockets take real time, so the download has a real clock.
    const nemo = new NemoVideo({ ...options, poll: { minMs: 1, maxMs: 1 }, retry: { minMs: 1, maxMs: 1 } });
    const job = nemo.renders.open(made.id);
    const chunks: Uint8Array[] = [];
    await job.download((chunk) => void chunks.push(chunk));
    const whole = Buffer.concat(chunks);
    expect(whole.subarray(4, 8).toString('latin1')).toBe('ftyp');
    for (const fault of faults) backend.faults.add(fault);
    const folder = await mkdtemp(join(tmpdir(), 'nemovideo-render-'));
    try {
      const path = join(folder, 'promo.mp4');
      expect(await job.download(path)).toEqual({ path, bytes: whole.length });
      expect(Buffer.compare(await readFile(path), whole)).toBe(0);
      expect(await readdir(folder)).toEqual(['promo.mp4']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
