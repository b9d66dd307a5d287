import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BackendParts } from '../../../src/local/parts.js';
import type { RenderProgress } from '../../../src/local/renderer/job.js';
import { placeholderVideo } from '../../../src/local/service/placeholder.js';
import { paths } from '../../../src/wire/index.js';
import { draftOf } from '../support/script.js';
import { eventually, serve, statusOf, TRANSPORTS, type WireClient } from '../support/wire.js';

async function ready(client: WireClient): Promise<WireClient> {
  await client.begin();
  await client.runText();
  return client;
}

/** A renderer that is moved by hand. */
function handRenderer() {
  const started: string[] = [];
  let report: (progress: RenderProgress) => void = () => {};
  let finish = (): void => {};
  let cancels = 0;
  const render: BackendParts['render'] = ({ outPath }, { onProgress }) => {
    started.push(outPath);
    report = onProgress;
    let stop = (): void => {};
    const done = new Promise<void>((resolve, reject) => {
      finish = () => {
        writeFileSync(outPath, 'a video');
        resolve();
      };
      stop = () => reject(new Error('stopped'));
    });
    return {
      done,
      cancel: async () => {
        cancels += 1;
        stop();
      },
    };
  };
  return {
    render,
    started,
    progress: (framesDone: number, warnings: string[] = []) =>
      report({ framesDone, framesTotal: 200, warnings }),
    finish: () => finish(),
    get cancels() {
      return cancels;
    },
  };
}

describe.each(TRANSPORTS)('a render, %s', (transport) => {
  it('goes from pending over processing to completed, with true progress', async () => {
    const hand = handRenderer();
    const client = await ready(await serve(transport, {}, { render: hand.render }));
    const submitted = await client.submit('render_1');
    expect(submitted.body).toEqual({
      success: true,
      data: {
        id: 'render_1',
        status: 'pending',
        progress: 0,
        outputUrl: null,
        createdAt: client.clock.now(),
        completedAt: null,
      },
    });
    hand.progress(50);
    expect((await client.poll('render_1')).body.data).toMatchObject({ status: 'processing', progress: 25 });
    hand.progress(20);
    expect((await client.poll('render_1')).body.data).toMatchObject({ progress: 25 });
    hand.finish();
    await client.clock.advance(1000);
    const { body } = await client.poll('render_1');
    expect(body.data).toMatchObject({ status: 'completed', progress: 100 });
    expect(Number(body.data?.completedAt)).toBeGreaterThan(0);
    const file = await client.send(String(body.data?.outputUrl));
    expect(await file.text()).toBe('a video');
  });

  it('that is off takes its time on the clock and leaves a small MP4', async () => {
    const client = await ready(await serve(transport, { speed: 10 }));
    await client.submit('r');
    await client.clock.advance(4400);
    expect((await client.poll('r')).body.data).toMatchObject({ status: 'processing', progress: 95 });
    await client.clock.advance(200);
    await eventually(async () => statusOf(await client.poll('r')), 'completed');
    const file = await client.send(paths.downloadRender('r'));
    expect(Buffer.from(await file.arrayBuffer()).equals(placeholderVideo())).toBe(true);
    expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''r.mp4");
  });

  it('is refused without attribution, whatever is missing, and free of charge with it', async () => {
    const client = await ready(await serve(transport));
    const { draft } = (await client.state()).body.data?.state ?? {};
    const order = { id: 'r', sessionId: client.sessionId, draft, output: { format: 'mp4', quality: 'high' } };
    for (const missing of ['x-skill-source', 'x-skill-version', 'x-skill-platform']) {
      const headers = new Headers({ 'x-skill-source': 'a', 'x-skill-version': '1', 'x-skill-platform': 'b' });
      headers.delete(missing);
      headers.set('authorization', `Bearer ${client.token}`);
      headers.set('content-type', 'application/json');
      const response = await client.fetch(client.backend.url + paths.submitRender, {
        method: 'POST',
        headers,
        body: JSON.stringify(order),
      });
      expect(response.status).toBe(402);
      expect(await response.json()).toMatchObject({ success: false, code: 402 });
    }
    expect((await client.post(paths.submitRender, order)).status).toBe(200);
    expect(client.backend.charges).toHaveLength(1);
  });

  it('is not in the plan of anonymous users of a free backend', async () => {
    const client = await ready(await serve(transport, { plan: 'free' }));
    expect(await client.submit('r')).toMatchObject({ status: 402, body: { success: false, code: 402 } });
  });

  it.each([
    ['nothing', null],
    ['no tracks', { t: [] }],
    ['empty tracks', { t: [{ tt: 0, sg: [] }] }],
    ['text', 'draft'],
  ])('of %s is refused', async (_, draft) => {
    const client = await ready(await serve(transport));
    expect(await client.submit('r', { draft })).toMatchObject({ status: 400, body: { success: false } });
    expect((await client.poll('r')).status).toBe(404);
  });

  it('is refused under an id that is taken', async () => {
    const client = await ready(await serve(transport));
    await client.submit('r');
    expect(await client.submit('r')).toMatchObject({ status: 409, body: { success: false, code: 409 } });
  });

  it('waits for the one before it in the same session, and not for other sessions', async () => {
    const hand = handRenderer();
    const client = await ready(await serve(transport, {}, { render: hand.render }));
    await client.submit('one');
    await client.submit('two');
    expect(hand.started).toHaveLength(1);
    expect((await client.poll('two')).body.data?.status).toBe('pending');
    await client.newSession();
    await client.submit('three', { draft: draftOf('x') });
    expect(hand.started).toHaveLength(2);
  });

  it('is cancelled once, and the next one begins', async () => {
    const hand = handRenderer();
    const client = await ready(await serve(transport, {}, { render: hand.render }));
    await client.submit('one');
    await client.submit('two');
    const cancelled = await client.ask(paths.cancelRender('one'), { method: 'POST' });
    expect(cancelled.body.data).toMatchObject({ id: 'one', status: 'cancelled', outputUrl: null });
    expect(hand.cancels).toBe(1);
    await eventually(() => hand.started.length, 2);
    const again = await client.ask(paths.cancelRender('one'), { method: 'POST' });
    expect([again.status, hand.cancels]).toEqual([409, 1]);
    expect((await client.poll('one')).body.data?.status).toBe('cancelled');
  });

  it('that is cancelled while it waits never begins', async () => {
    const hand = handRenderer();
    const client = await ready(await serve(transport, {}, { render: hand.render }));
    await client.submit('one');
    await client.submit('two');
    await client.ask(paths.cancelRender('two'), { method: 'POST' });
    hand.finish();
    await client.clock.advance(1);
    expect(hand.started).toHaveLength(1);
  });

  it('that fails says why, and shows what could not be done', async () => {
    const client = await ready(
      await serve(
        transport,
        {},
        { render: () => ({ done: Promise.reject(new Error('no font for 猫')), cancel: async () => {} }) },
      ),
    );
    await client.submit('r');
    await eventually(async () => statusOf(await client.poll('r')), 'failed');
    expect((await client.poll('r')).body.data).toMatchObject({ error: 'no font for 猫', outputUrl: null });
    expect((await client.send(paths.downloadRender('r'))).status).toBe(409);
  });

  it('belongs to its user, but its public address asks for nothing', async () => {
    const client = await ready(await serve(transport, { speed: Infinity }));
    await client.submit('r');
    await eventually(async () => statusOf(await client.poll('r')), 'completed');
    const url = String((await client.poll('r')).body.data?.outputUrl);
    client.token = client.backend.issueToken();
    expect((await client.poll('r')).status).toBe(404);
    expect((await client.send(paths.downloadRender('r'))).status).toBe(404);
    client.token = '';
    expect((await client.send(paths.downloadRender('r'))).status).toBe(401);
    expect((await client.send(url)).status).toBe(200);
  });

  it('is answered flat where a fault asks for it', async () => {
    const client = await ready(await serve(transport, { speed: Infinity }));
    await client.submit('r');
    await eventually(async () => statusOf(await client.poll('r')), 'completed');
    client.backend.faults.add({ on: 'poll', do: 'form', form: 'flat' });
    expect((await client.poll('r')).body).toEqual({
      id: 'r',
      status: 'completed',
      progress: 100,
      output: { url: expect.stringMatching(/\/outputs\/r\.mp4$/) },
    });
  });
});

describe('a render in the making', () => {
  it('is stopped by close, which waits for its end', async () => {
    const hand = handRenderer();
    const client = await ready(await serve('in process', {}, { render: hand.render }));
    await client.submit('one');
    await client.submit('two');
    await client.backend.close();
    expect([hand.cancels, hand.started.length]).toEqual([1, 1]);
  });

  it('is small and quick in the quality that only this backend knows', async () => {
    const seen: unknown[] = [];
    const dir = await mkdtemp(join(tmpdir(), 'nemovideo-test-'));
    const client = await ready(
      await serve(
        'in process',
        { dir, seed: 5, fonts: ['a.woff2'] },
        {
          render: (job) => {
            seen.push(job);
            return { done: Promise.resolve(), cancel: async () => {} };
          },
        },
      ),
    );
    await client.submit('r', { output: { format: 'mp4', quality: 'low' } });
    await client.newSession();
    await client.submit('s', { draft: draftOf('x') });
    expect(seen).toMatchObject([
      { seed: 5, fonts: ['a.woff2'], profile: { width: 320, height: 180, fps: 10 } },
      { draft: draftOf('x') },
    ]);
    expect(seen[1]).not.toHaveProperty('profile');
    await rm(dir, { recursive: true });
  });
});
