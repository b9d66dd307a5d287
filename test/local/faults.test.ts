import { describe, expect, it } from 'vitest';
import type { Fault, FaultPoint } from '../../src/local/faults/fault.js';
import { paths, runBody } from '../../src/wire/index.js';
import { CLOSING, draftOf, OPENING } from './support/script.js';
import {
  eventsOf,
  eventually,
  PNG,
  serve,
  statusOf,
  TRANSPORTS,
  type Transport,
  type WireClient,
} from './support/wire.js';

/** What a client sees of an answer: how far it got, and how it ended. */
interface Seen {
  status?: number;
  bytes: Buffer;
  end: 'clean' | 'hangs' | { name: string; message: string; code: unknown };
}

/** Reads an answer as far as it goes, moving the clock. One that `hangs` is given up after 25 s of it. */
async function watch(client: WireClient, sending: Promise<Response>, hangs = false): Promise<Seen> {
  const seen: Seen = { bytes: Buffer.alloc(0), end: 'hangs' };
  const reading = (async () => {
    try {
      const response = await sending;
      seen.status = response.status;
      const reader = response.body?.getReader();
      for (let next = await reader?.read(); next && !next.done; next = await reader?.read())
        seen.bytes = Buffer.concat([seen.bytes, next.value]);
      seen.end = 'clean';
    } catch (error) {
      const { name, message, cause } = error as Error & { cause?: { code?: string } };
      seen.end = { name, message, code: cause?.code };
    }
  })();
  if (!hangs) await client.clock.run(reading);
  // Steps, so that real sockets can keep up with the clock.
  else for (let step = 0; step < 25; step += 1) await client.clock.advance(1000);
  return seen;
}

async function runWith(transport: Transport, fault: Fault): Promise<{ client: WireClient; seen: Seen }> {
  const client = await (await serve(transport)).begin();
  client.backend.faults.add(fault);
  const gone = new AbortController();
  const hangs = fault.do === 'stall' || fault.do === 'heartbeats';
  const seen = await watch(client, client.run('Hello', { signal: gone.signal }), hangs);
  const snapshot = { ...seen };
  gone.abort();
  return { client, seen: snapshot };
}

const titleOf = async (client: WireClient): Promise<unknown> =>
  (await client.state()).body.data?.state?.draft?.m?.title;

const POINTS: FaultPoint[] = [0, 'headers', 'event:2', 'mid-event:2', 'end'];
/** Two lots of opening words, the call, its answer, the second call, its answer, four lots of closing words, the last. */
const ALL_EVENTS = 11;
const reset = { name: 'TypeError', code: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/) };

describe.each(TRANSPORTS)('a fault of the stream, %s', (transport) => {
  describe.each(POINTS)('at %j', (after) => {
    const events = after === 'event:2' ? 2 : after === 'mid-event:2' ? 1 : after === 'end' ? ALL_EVENTS : 0;
    const rest = after === 'mid-event:2';

    it('reset: the connection dies there, and the work is done all the same', async () => {
      const { client, seen } = await runWith(transport, { on: 'run', do: 'reset', after });
      expect(seen.end).toMatchObject(reset);
      expect(seen.status).toBe(after === 0 ? undefined : 200);
      expect(wholeEvents(seen)).toHaveLength(events);
      await client.clock.advance(10_000);
      expect(await titleOf(client)).toBe('Hello');
      expect(client.backend.charges).toHaveLength(1);
    });

    it('reset, undone: the work stops there, and what had not begun is not charged', async () => {
      const { client, seen } = await runWith(transport, { on: 'run', do: 'reset', after, work: 'undone' });
      expect(seen.end).toMatchObject(reset);
      await client.clock.advance(10_000);
      // Two events are words of the opening; at the end everything is done already.
      expect(await titleOf(client)).toBe(after === 'end' ? 'Hello' : undefined);
      expect(client.backend.charges).toHaveLength(after === 0 || after === 'headers' ? 0 : 1);
      expect(client.backend.requests.filter(({ operation }) => operation === 'run')).toHaveLength(1);
    });

    it('stall: nothing more comes, and the work is done', async () => {
      const { client, seen } = await runWith(transport, { on: 'run', do: 'stall', after });
      expect(seen.end).toBe('hangs');
      expect(seen.status).toBe(after === 0 ? undefined : 200);
      expect(wholeEvents(seen)).toHaveLength(events);
      expect(await titleOf(client)).toBe('Hello');
    });

    it('truncate: the body ends there as if it were whole', async () => {
      const { seen } = await runWith(transport, { on: 'run', do: 'truncate', after });
      expect(seen.end).toBe('clean');
      expect(wholeEvents(seen)).toHaveLength(events);
      expect(seen.bytes.toString().endsWith('\n\n')).toBe(events > 0 && !rest);
    });

    it('garbage: bytes that are no text come, then the end', async () => {
      const { seen } = await runWith(transport, { on: 'run', do: 'garbage', after });
      expect(seen.end).toBe('clean');
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(seen.bytes)).toThrow(TypeError);
    });

    it('heartbeats: signs of life and nothing else from there', async () => {
      const { seen } = await runWith(transport, { on: 'run', do: 'heartbeats', after });
      expect(seen.end).toBe('hangs');
      // Half an event and a heartbeat are one line that is neither.
      expect(wholeEvents(seen)).toHaveLength(rest ? events + 1 : events);
      expect(seen.bytes.toString().match(/data:\n\n/g)?.length).toBeGreaterThan(1);
    });

    it('error-event: the agent says there that it failed, and the work is not done', async () => {
      const { client, seen } = await runWith(transport, {
        on: 'run',
        do: 'error-event',
        after,
        reason: 'oh no',
      });
      expect(seen.end).toBe('clean');
      expect(seen.bytes.toString()).toContain('"errorCode":"UNKNOWN_ERROR","errorMessage":"oh no"');
      expect(await titleOf(client)).toBe(after === 'end' ? 'Hello' : undefined);
    });
  });

  function wholeEvents(seen: Seen): string[] {
    return seen.bytes
      .toString()
      .split('\n\n')
      .slice(0, -1)
      .filter((block) => block.startsWith('data: '));
  }

  it('strikes at a byte, even inside a character', async () => {
    const { seen } = await runWith(transport, { on: 'run', do: 'truncate', after: 77 });
    expect(seen.bytes).toHaveLength(77);
  });

  it('strikes at the end when the answer is shorter', async () => {
    const { client, seen } = await runWith(transport, { on: 'run', do: 'reset', after: 'event:500' });
    expect(seen.end).toMatchObject(reset);
    expect(seen.bytes.toString()).toContain(CLOSING);
    expect(client.backend.faults.armed).toEqual([]);
  });

  it('error-event in the simple form is an error under HTTP 200', async () => {
    const { seen } = await runWith(transport, { on: 'run', do: 'error-event', form: 'simple' });
    expect(seen.status).toBe(200);
    expect(eventsOf(seen.bytes.toString()).at(-1)).toEqual({ error: 'upstream model overloaded' });
  });

  it('split: the same bytes in other sizes', async () => {
    const { seen } = await runWith(transport, { on: 'run', do: 'split', size: [1, 2, 3] });
    expect(seen.end).toBe('clean');
    expect(eventsOf(seen.bytes.toString()).at(-1)).toMatchObject({ content: { parts: [{ text: CLOSING }] } });
  });

  it('slow: a pause before every piece', async () => {
    const { client, seen } = await runWith(transport, { on: 'run', do: 'slow', delayMs: 1500 });
    expect(seen.end).toBe('clean');
    const pieces = seen.bytes.toString().split('\n\n').length - 1;
    const began = client.backend.requests.find(({ operation }) => operation === 'run')?.at ?? 0;
    expect(client.clock.now() - began).toBeGreaterThanOrEqual(pieces * 1500);
  });

  it('duplicate: every whole event of the model twice', async () => {
    const { seen } = await runWith(transport, { on: 'run', do: 'duplicate' });
    const whole = eventsOf(seen.bytes.toString()).filter((event) => event.partial === undefined);
    const ids = whole
      .filter((event) => (event.content?.role as unknown) === 'model')
      .map((event) => event.id);
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(3);
  });

  it('temporary-issue: the noise after the closing words', async () => {
    const { seen } = await runWith(transport, { on: 'run', do: 'temporary-issue' });
    const events = eventsOf(seen.bytes.toString());
    expect(JSON.stringify(events.at(-1))).toContain('I encountered a temporary issue');
    expect(seen.bytes.toString()).toContain(CLOSING);
  });

  it('early-end: the answer ends with the first timeline, and the work continues', async () => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'run', do: 'early-end' });
    const text = await client.runText('Hello');
    expect(text).toContain(CLOSING);
    expect(await titleOf(client)).toBe('Untitled');
    await client.clock.advance(5000);
    expect(await titleOf(client)).toBe('Hello');
  });

  it.each(['heartbeats', 'stall', 'slow'] as const)(
    '%s: ends with the reader, and leaves no sleeper',
    async (kind) => {
      const client = await (await serve(transport, { speed: Infinity })).begin();
      client.backend.faults.add({ on: 'run', do: kind, after: 'event:1' });
      const response = await client.run();
      await client.clock.advance(kind === 'slow' ? 5000 : 100);
      await response.body?.cancel();
      await eventually(() => client.backend.requests.at(-1)?.aborted, true);
      await eventually(() => client.clock.pending, 0);
    },
  );

  it('refuse: the request never arrived', async () => {
    const { client, seen } = await runWith(transport, { on: 'run', do: 'refuse' });
    const code = transport === 'socket' ? reset.code : 'ECONNREFUSED';
    expect(seen.end).toMatchObject({ name: 'TypeError', message: 'fetch failed', code });
    expect(client.backend.requests.filter(({ operation }) => operation === 'run')).toEqual([]);
    expect(client.backend.charges).toEqual([]);
  });
});

describe.each(TRANSPORTS)('a fault of an answer, %s', (transport) => {
  it('status: an error in the envelope, as often as asked, and no work', async () => {
    const client = await (await serve(transport)).begin();
    const fault = client.backend.faults.add({ on: 'run', do: 'status', times: 2, retryAfter: 7 });
    for (let n = 0; n < 2; n += 1) {
      const response = await client.run();
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7']);
      expect(await response.json()).toMatchObject({ code: 503, data: null });
    }
    expect(fault.hits).toBe(2);
    expect(client.backend.charges).toEqual([]);
    expect(await client.runText()).toContain(OPENING.slice(0, 8));
    expect(client.backend.requests.filter((r) => r.operation === 'run').map((r) => r.status)).toEqual([
      503, 503, 200,
    ]);
  });

  it('status with work done: the work is done and not reported', async () => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'run', do: 'status', status: 502, html: true, work: 'done' });
    const response = await client.run('Hello');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      502,
      'text/html; charset=utf-8',
    ]);
    expect(await response.text()).toMatch(/^<html>/);
    await client.clock.advance(10_000);
    expect(await titleOf(client)).toBe('Hello');
    expect(client.backend.charges).toHaveLength(1);
  });

  it('status: any code under any status, or any body', async () => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'state', do: 'status', status: 200, code: 2001 });
    client.backend.faults.add({ on: 'state', do: 'status', status: 500, body: '' });
    expect(await client.state()).toMatchObject({ status: 200, body: { code: 2001 } });
    const empty = await client.send(paths.state(client.sessionId));
    expect([empty.status, await empty.text()]).toEqual([500, '']);
  });

  it('skip: lets so many pass first', async () => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'state', do: 'status', skip: 2 });
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await client.state()).status);
    expect(statuses).toEqual([200, 200, 503, 200]);
  });

  it('faults of the connection wait for one another; others add up', async () => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'any', do: 'status', status: 500 });
    client.backend.faults.add({ on: ['credits', 'state'], do: 'status', status: 501 });
    client.backend.faults.add({ on: 'state', do: 'form', form: 'flat' });
    expect((await client.state()).status).toBe(500);
    expect((await client.ask(paths.credits)).status).toBe(501);
    expect(client.backend.faults.armed).toEqual([]);
  });

  it('clear and remove disarm', async () => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'state', do: 'reset', times: Infinity });
    const other = client.backend.faults.add({ on: 'credits', do: 'reset' });
    other.remove();
    expect((await client.ask(paths.credits)).status).toBe(200);
    await expect(client.state()).rejects.toThrow(TypeError);
    client.backend.faults.clear();
    expect((await client.state()).status).toBe(200);
  });

  it('redirect: somewhere else', async () => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'state', do: 'redirect', to: 'https://elsewhere.test/' });
    const response = await client.send(paths.state(client.sessionId));
    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://elsewhere.test/']);
  });

  it.each([
    ['truncate', 10],
    ['garbage', 10],
  ] as const)('%s: JSON that does not parse', async (kind, after) => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'state', do: kind, after });
    const response = await client.send(paths.state(client.sessionId));
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  it('reset of an answer: the session exists, and was not reported', async () => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'session', do: 'reset' });
    const made = client.post(paths.createSession, { task_name: 'a', language: 'en' });
    await expect(made).rejects.toThrow(TypeError);
    expect(client.backend.requests.at(-1)?.sessionId).toMatch(/-/);
  });
});

describe.each(TRANSPORTS)('a fault of an upload, %s', (transport) => {
  const big = Buffer.concat([PNG, Buffer.alloc(1_000_000, 7)]);

  it.each([0, 500_000, 990_000])('reset after %d bytes of the request: nothing is kept', async (after) => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'upload', do: 'reset', after });
    await expect(client.upload({ name: 'a.png', data: big })).rejects.toThrow(TypeError);
    const record = client.backend.requests.find(({ operation }) => operation === 'upload');
    // In process a Blob comes in one piece.
    expect(record?.bytes).toBeLessThan(transport === 'socket' ? after + 100_000 : Infinity);
    expect(record?.status).toBeUndefined();
    expect((await client.state()).body.data?.state?.video_infos).toEqual([]);
  });

  it('reset of its answer: the file is there', async () => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'upload', do: 'reset', work: 'done' });
    await expect(client.upload({ name: 'a.png', data: PNG })).rejects.toThrow(TypeError);
    expect((await client.state()).body.data?.state?.video_infos).toHaveLength(1);
  });

  it('stall: no byte more is taken', async () => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'upload', do: 'stall', after: 1000 });
    const gone = new AbortController();
    const form = new FormData();
    form.append('files', new Blob([Buffer.alloc(20_000_000)]), 'a.png');
    const sending = client.send(paths.upload(client.sessionId), {
      method: 'POST',
      body: form,
      signal: gone.signal,
    });
    const seen = { ...(await watch(client, sending, true)) };
    expect(seen).toMatchObject({ end: 'hangs' });
    gone.abort();
    const record = client.backend.requests.at(-1);
    expect(record).toMatchObject({ operation: 'upload', status: undefined });
    if (transport === 'socket') expect(record?.bytes).toBeLessThan(2_000_000);
  });

  it('slow: a receiver that takes its time', async () => {
    const client = await (await serve(transport)).begin();
    client.backend.faults.add({ on: 'upload', do: 'slow', delayMs: 400 });
    const before = client.clock.now();
    const { body } = await client.clock.run(client.upload({ name: 'a.png', data: big }));
    expect(body.code).toBe(0);
    expect(client.clock.now() - before).toBeGreaterThanOrEqual(400);
  });
});

describe.each(TRANSPORTS)('a fault of a render, %s', (transport) => {
  async function rendered(speed = Infinity): Promise<WireClient> {
    const client = await (await serve(transport, { speed })).begin();
    await client.runText();
    return client;
  }

  it('fail: half way, with a reason', async () => {
    const client = await rendered(10);
    client.backend.faults.add({ on: 'render', do: 'fail', reason: 'no GPU left' });
    await client.submit('r');
    await client.clock.advance(2000);
    expect((await client.poll('r')).body.data).toMatchObject({ status: 'processing' });
    await client.clock.advance(1000);
    expect((await client.poll('r')).body.data).toMatchObject({ status: 'failed', error: 'no GPU left' });
    expect(client.clock.pending).toBe(0);
  });

  it.each([
    ['stepwise', 25],
    ['absent', undefined],
    ['stuck', 0],
  ] as const)('progress %s', async (kind, shown) => {
    const client = await rendered(10);
    await client.submit('r');
    await client.clock.advance(2000);
    client.backend.faults.add({ on: 'poll', do: 'progress', kind });
    expect((await client.poll('r')).body.data?.progress).toBe(shown);
    expect((await client.poll('r')).body.data?.progress).toBe(40);
  });

  it('word: an unknown status, until it has ended', async () => {
    const client = await rendered(10);
    await client.submit('r');
    client.backend.faults.add({ on: 'poll', do: 'word', word: 'muxing', times: Infinity });
    expect((await client.poll('r')).body.data?.status).toBe('muxing');
    await client.clock.advance(10_000);
    await eventually(async () => statusOf(await client.poll('r')), 'completed');
  });

  it('reset and truncate of a download: so many bytes, then the end; the length says that some are missing', async () => {
    const client = await rendered();
    await client.submit('r');
    await eventually(async () => statusOf(await client.poll('r')), 'completed');
    const url = String((await client.poll('r')).body.data?.outputUrl);
    for (const kind of ['reset', 'truncate'] as const) {
      client.backend.faults.add({ on: 'download', do: kind, after: 1000 });
      const response = await client.send(url);
      expect(Number(response.headers.get('content-length'))).toBeGreaterThan(60_000);
      const seen = await watch(client, Promise.resolve(response));
      expect(seen.bytes).toHaveLength(1000);
      if (kind === 'reset' || transport === 'socket') expect(seen.end).toMatchObject(reset);
      else expect(seen.end).toBe('clean');
    }
  });

  it('distinguishes the two addresses of a video', async () => {
    const client = await rendered();
    await client.submit('r');
    await eventually(async () => statusOf(await client.poll('r')), 'completed');
    const url = String((await client.poll('r')).body.data?.outputUrl);
    client.backend.faults.add({ on: 'output', do: 'status', times: Infinity });
    expect((await client.send(url)).status).toBe(503);
    expect((await client.send(paths.downloadRender('r'))).status).toBe(200);
  });

  it('etag: another file from now on', async () => {
    const client = await rendered();
    await client.submit('r');
    await eventually(async () => statusOf(await client.poll('r')), 'completed');
    const url = String((await client.poll('r')).body.data?.outputUrl);
    const etag = String((await client.send(url)).headers.get('etag'));
    const headers = { range: 'bytes=10-', 'if-range': etag };
    expect((await client.send(url, { headers })).status).toBe(206);
    client.backend.faults.add({ on: 'download', do: 'etag' });
    expect((await client.send(url, { headers })).status).toBe(200);
    expect((await client.send(url, { headers })).status).toBe(200);
  });
});

describe('a fault that cannot happen', () => {
  it.each([
    [{ on: 'everything', do: 'reset' }, 'on'],
    [{ on: [], do: 'reset' }, 'on'],
    [{ on: 'run', do: 'explode' }, 'do'],
    [{ on: 'state', do: 'heartbeats' }, 'on'],
    [{ on: 'run', do: 'reset', times: 0 }, 'times'],
    [{ on: 'run', do: 'reset', skip: -1 }, 'skip'],
    [{ on: 'run', do: 'reset', after: 'later' }, 'after'],
    [{ on: 'run', do: 'reset', after: 1.5 }, 'after'],
    [{ on: 'run', do: 'split', size: 0 }, 'size'],
    [{ on: 'run', do: 'slow', delayMs: -1 }, 'delayMs'],
    [{ on: 'run', do: 'status', status: 42 }, 'status'],
    [{ on: 'run', do: 'redirect' }, 'to'],
    [{ on: 'run', do: 'form' }, 'form'],
    [{ on: 'state', do: 'reset', after: 10, work: 'undone' }, 'work'],
  ])('%j is an option error that names the field', async (fault, field) => {
    const { backend } = await serve('in process');
    expect(() => backend.faults.add(fault as Fault)).toThrow(
      expect.objectContaining({ name: 'OptionError', field }),
    );
  });
});

describe('the journal', () => {
  it('holds what was sent, and no token', async () => {
    const client = await (await serve('in process')).begin();
    await client.post(`${paths.claimToken}?t=nmv_usr_abc123`, {
      task_id: client.taskId,
      session_id: client.sessionId,
      note: `my token is ${client.token}`,
    });
    expect(client.backend.requests.at(-1)).toMatchObject({
      method: 'POST',
      path: `${paths.claimToken}?t=[redacted]`,
      operation: 'claim',
      headers: { authorization: 'Bearer [redacted]', 'x-skill-source': 'test' },
      status: 200,
      sessionId: client.sessionId,
      body: { task_id: client.taskId, note: 'my token is [redacted]' },
      aborted: false,
      fault: undefined,
    });
    expect(JSON.stringify(client.backend.requests)).not.toContain(client.token);
    await client.runText();
    const run = client.backend.requests.find(({ operation }) => operation === 'run');
    expect(run?.body).toEqual(runBody(client.sessionId, 'make it'));
    expect(run?.bytes).toBe(JSON.stringify(runBody(client.sessionId, 'make it')).length);
    expect(draftOf('x').d).toBe(4000);
  });
});
