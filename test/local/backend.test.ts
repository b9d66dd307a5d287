import { describe, expect, it } from 'vitest';
import { createLocalBackend } from '../../src/local/index.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { eventually, PNG, statusOf, WireClient } from './support/wire.js';

describe('the local backend as it is published', () => {
  it('makes a timeline of uploads and words, and a placeholder where it does not render', async () => {
    const clock = new VirtualClock();
    await using backend = await createLocalBackend({ render: 'off', speed: Infinity, clock });
    const client = await new WireClient(backend, clock, backend.fetch).begin();
    await client.upload({ name: 'one.png', data: PNG }, { name: 'two.png', data: PNG });
    await client.runText('Make a 6-second video with the title "Hello"');
    const draft = (await client.state()).body.data?.state?.draft;
    expect(draft?.d).toBe(6000);
    expect(JSON.stringify(draft)).toContain('"text":"Hello"');
    expect(backend.charges).toHaveLength(1);
    await client.submit('r');
    await eventually(async () => statusOf(await client.poll('r')), 'completed');
  });

  it('says what it does not understand, changes nothing and takes no credits', async () => {
    const clock = new VirtualClock();
    await using backend = await createLocalBackend({ render: 'off', speed: Infinity, clock });
    const client = await new WireClient(backend, clock, backend.fetch).begin();
    expect(await client.runText('Colourless green ideas sleep furiously')).toContain('did not understand');
    expect((await client.state()).body.data?.state?.draft).toBe(null);
    expect(backend.charges).toEqual([]);
  });

  it('repeats itself: the same messages and the same seed give the same timelines and silences', async () => {
    const tell = async (): Promise<unknown[]> => {
      const clock = new VirtualClock();
      await using backend = await createLocalBackend({ render: 'off', speed: Infinity, clock, seed: 7 });
      const client = await new WireClient(backend, clock, backend.fetch).begin();
      client.token = backend.issueToken();
      await client.newSession();
      const seen: unknown[] = [];
      for (const message of [
        'Create a 10-second video about the sea',
        'title "A"',
        'title "B"',
        'title "C"',
      ]) {
        const text = await client.runText(message);
        seen.push(text.includes('"finishReason":"STOP"'), (await client.state()).body.data?.state?.draft);
      }
      return seen;
    };
    const once = await tell();
    expect(once).toHaveLength(8);
    expect(await tell()).toEqual(once);
  });
});
