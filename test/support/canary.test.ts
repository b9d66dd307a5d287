import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NemoVideo } from '../../src/index.js';
import { createTestClient } from '../../src/testing/index.js';
import { takeShown, tokensIn } from './canary.js';

describe('the canary', () => {
  it('hears of every error, log, snapshot, address and file that the library makes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nemovideo-canary-'));
    await using test = await createTestClient();
    const { nemo } = test;
    takeShown();
    const session = await nemo.sessions.create();
    JSON.stringify(session);
    await session.send('A 5-second video about the sea');
    await (await session.export()).download(join(folder, 'sea.mp4'));
    await nemo.renders
      .open('no-such-render')
      .result()
      .catch(() => {});
    const places = new Set(takeShown().map(([place]) => place));
    expect([...places].sort()).toEqual([
      'a file',
      'a log',
      'a snapshot',
      'an error',
      'the address of a request',
    ]);
    await rm(folder, { recursive: true });
  }, 60_000);

  it('finds a token that was sent in any form, and whatever looks like one', async () => {
    const token = 'no+pattern/knows=me';
    const nemo = new NemoVideo({ token, fetch: async () => Response.json({ available: 1 }) });
    await nemo.credits.balance();
    takeShown();
    for (const form of [token, encodeURIComponent(token), btoa(token), 'nmv_usr_x', 'clm_x']) {
      expect(tokensIn(`with ${form} in it`)).toHaveLength(1);
      expect(tokensIn(new Error('outer', { cause: new Error(form) }))).not.toEqual([]);
      expect(tokensIn({ deep: [{ form }] })).not.toEqual([]);
    }
    expect(tokensIn('nothing')).toEqual([]);
  });
});
