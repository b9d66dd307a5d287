import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createLocalBackend } from '../../../src/local/index.js';
import { placeholderVideo } from '../../../src/local/service/placeholder.js';
import { paths } from '../../../src/wire/index.js';
import { eventually, PNG, serve, statusOf, TRANSPORTS, type WireClient } from '../support/wire.js';

async function withVideo(client: WireClient): Promise<string> {
  await client.begin();
  await client.runText();
  await client.submit('r');
  await eventually(async () => statusOf(await client.poll('r')), 'completed');
  return String((await client.poll('r')).body.data?.outputUrl);
}

describe.each(TRANSPORTS)('every answer, %s', (transport) => {
  it('has an id and may be read by pages of this machine', async () => {
    const client = await (await serve(transport)).begin();
    const origin = 'http://localhost:3000';
    const answers = [
      await client.send(paths.credits, { headers: { origin } }),
      await client.send(paths.credits, { headers: { authorization: 'Bearer no', origin } }),
      await client.send('/nowhere', { headers: { origin } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 404]);
    for (const { headers } of answers) {
      expect(headers.get('x-request-id')).toMatch(/^req_/);
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('access-control-expose-headers')).toContain('x-request-id');
    }
    expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(3);
    expect(client.backend.requests.map(({ requestId }) => requestId).slice(-3)).toEqual(
      answers.map(({ headers }) => headers.get('x-request-id')),
    );
  });

  it('to a browser that asks first allows what the client sends', async () => {
    const client = await serve(transport);
    const answer = await client.send(paths.run, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(204);
    const allowed = String(answer.headers.get('access-control-allow-headers')).split(', ');
    for (const name of [
      'authorization',
      'content-type',
      'x-skill-source',
      'x-client-id',
      'range',
      'if-range',
    ])
      expect(allowed).toContain(name);
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
    expect(client.backend.requests[0]?.operation).toBe('preflight');
  });

  it.each([
    ['GET', '/nowhere', 404],
    ['GET', '/api/state/nemo_agent/me/a/b/latest', 404],
    ['GET', '/api/state/nemo_agent/me/%ZZ/latest', 404],
    ['GET', '/outputs/none.mp4', 404],
    ['GET', '/media/..%2f..%2fetc%2fpasswd', 404],
    ['DELETE', paths.credits, 405],
    ['GET', paths.run, 405],
  ])('to %s %s is %d', async (method, path, status) => {
    const client = await serve(transport);
    const answer = await client.ask(path, { method });
    expect([answer.status, answer.body.code]).toEqual([status, status]);
  });
});

describe.each(TRANSPORTS)('a video, %s', (transport) => {
  const video = placeholderVideo();

  it.each([
    ['bytes=0-9', 206, 0, 10],
    ['bytes=100-', 206, 100, video.length],
    ['bytes=-7', 206, video.length - 7, video.length],
    ['bytes=5-999999999', 206, 5, video.length],
    ['bytes=9-5', 200, 0, video.length],
    ['bytes=0-1,4-5', 200, 0, video.length],
    ['lines=1-2', 200, 0, video.length],
  ])('%s is answered %d', async (range, status, from, to) => {
    const client = await serve(transport, { speed: Infinity });
    const url = await withVideo(client);
    const answer = await client.send(url, { headers: { range } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-length')).toBe(String(to - from));
    expect(answer.headers.get('content-range')).toBe(
      status === 206 ? `bytes ${from}-${to - 1}/${video.length}` : null,
    );
    expect(Buffer.from(await answer.arrayBuffer()).equals(video.subarray(from, to))).toBe(true);
  });

  it('has nothing beyond its end', async () => {
    const client = await serve(transport, { speed: Infinity });
    const answer = await client.send(await withVideo(client), {
      headers: { range: `bytes=${video.length}-` },
    });
    expect([answer.status, answer.headers.get('content-range')]).toEqual([416, `bytes */${video.length}`]);
  });

  it('is given in part only to who knows this version of it', async () => {
    const client = await serve(transport, { speed: Infinity });
    const url = await withVideo(client);
    const whole = await client.send(url, { method: 'HEAD' });
    expect([whole.headers.get('content-length'), await whole.text()]).toEqual([String(video.length), '']);
    const ask = async (condition: string | null): Promise<number> =>
      (await client.send(url, { headers: { range: 'bytes=1-2', 'if-range': condition ?? '' } })).status;
    expect(await ask(whole.headers.get('etag'))).toBe(206);
    expect(await ask(whole.headers.get('last-modified'))).toBe(206);
    expect(await ask('"other"')).toBe(200);
  });
});

describe('fetch in process', () => {
  it('answers requests to any origin, also as a Request', async () => {
    const { backend } = await serve('in process');
    const response = await backend.fetch(new Request(`https://mega-api-prod.nemovideo.ai${paths.credits}`));
    expect(response.status).toBe(401);
    expect(response.url).toBe(`https://mega-api-prod.nemovideo.ai${paths.credits}`);
  });

  it('gives addresses on the origin that was asked', async () => {
    const client = await (await serve('in process')).begin();
    const form = new FormData();
    form.append('files', new Blob([PNG]), 'a.png');
    const { body } = await client.ask(`https://other.test${paths.upload(client.sessionId)}`, {
      method: 'POST',
      body: form,
    });
    expect(String(body.data?.files?.[0]?.cdn_url)).toMatch(/^https:\/\/other\.test\/media\//);
  });

  it('rejects with the reason of a signal, before and during the answer, and lets go of it', async () => {
    const client = await (await serve('in process')).begin();
    await expect(client.run('x', { signal: AbortSignal.abort('early') })).rejects.toBe('early');
    expect(client.backend.requests.some(({ operation }) => operation === 'run')).toBe(false);
    client.backend.faults.add({ on: 'state', do: 'stall' });
    const gone = new AbortController();
    const stalled = client.send(paths.state(client.sessionId), { signal: gone.signal });
    const outcome = expect(stalled).rejects.toBe('enough');
    await client.clock.advance(1000);
    gone.abort('enough');
    await outcome;
    expect(client.backend.requests.at(-1)).toMatchObject({ aborted: true, status: undefined });
  });

  it('follows redirects as fetch does, and takes no token to another origin', async () => {
    const client = await (await serve('in process')).begin();
    client.backend.faults.add({
      on: 'credits',
      do: 'redirect',
      to: 'https://elsewhere.test/nowhere',
      times: 3,
    });
    const url = client.backend.url + paths.credits;
    const headers = { authorization: `Bearer ${client.token}` };
    const followed = await client.backend.fetch(url, { headers });
    expect([followed.status, followed.url, followed.redirected]).toEqual([
      404,
      'https://elsewhere.test/nowhere',
      true,
    ]);
    expect(client.backend.requests.at(-1)?.headers).not.toHaveProperty('authorization');
    await expect(client.backend.fetch(url, { headers, redirect: 'error' })).rejects.toThrow('fetch failed');
    expect((await client.backend.fetch(url, { headers, redirect: 'manual' })).status).toBe(302);
  });
});

describe('a backend that listens', () => {
  it('prints its address, listens once, and is gone after close', async () => {
    const { backend } = await serve('in process');
    expect(backend.url).toBe('https://local.nemovideo.test');
    const url = await backend.listen();
    expect(url).toBe(backend.url);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await expect(backend.listen()).rejects.toMatchObject({ name: 'OptionError' });
    expect((await fetch(url + paths.credits)).status).toBe(401);
    await backend.close();
    await backend.close();
    await expect(fetch(url + paths.credits)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await expect(backend.fetch(url + paths.credits)).rejects.toMatchObject({
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('says so when the address is taken', async () => {
    const first = await serve('socket');
    const { backend } = await serve('in process');
    const port = Number(new URL(first.backend.url).port);
    await expect(backend.listen({ port })).rejects.toMatchObject({
      field: 'port',
      message: `port must be free, and ${port} is in use`,
      hint: 'Pass 0 as `port` to take a free one, or another.',
    });
    await expect(backend.listen({ port: 70_000 })).rejects.toMatchObject({ field: 'port' });
    await backend.listen();
  });

  it.each([
    ['nohost.invalid', '"nohost.invalid" is unknown'],
    ['192.0.2.1', '"192.0.2.1" is not one'],
  ])('says so when the host is not of this machine: %s', async (host, told) => {
    const { backend } = await serve('in process');
    await expect(backend.listen({ host })).rejects.toMatchObject({
      field: 'host',
      message: `host must be a name or an address of this machine, and ${told}`,
    });
    // To Node, an empty one is every address of the machine.
    await expect(backend.listen({ host: '' })).rejects.toMatchObject({ field: 'host' });
  });

  it('outlives nonsense', async () => {
    const { backend } = await serve('socket');
    const socket = connect(Number(new URL(backend.url).port), '127.0.0.1');
    socket.end('this is not HTTP\r\n\r\n');
    await new Promise((resolve) => socket.on('close', resolve).resume());
    expect((await fetch(backend.url + paths.credits)).status).toBe(401);
  });
});

describe.each(TRANSPORTS)('close, %s', (transport) => {
  it('ends everything under way and leaves no sleeper', async () => {
    const client = await (await serve(transport)).begin();
    const response = await client.run();
    const reading = response.text();
    const outcome = expect(reading).rejects.toThrow(TypeError);
    await client.submit('r', { draft: { t: [{ tt: 0, sg: [{}] }] } });
    client.backend.faults.add({ on: 'credits', do: 'stall' });
    const stalled = expect(client.send(paths.credits)).rejects.toThrow(TypeError);
    await client.clock.advance(200);
    expect(client.clock.pending).toBeGreaterThan(0);
    await client.backend.close();
    await Promise.all([outcome, stalled]);
    expect(client.clock.pending).toBe(0);
  });
});

describe('createLocalBackend', () => {
  it.each([
    [{ render: 'gif' }, 'render'],
    [{ speed: 0 }, 'speed'],
    [{ speed: Number.NaN }, 'speed'],
    [{ plan: 'gold' }, 'plan'],
    [{ seed: 1.5 }, 'seed'],
    [{ dir: '' }, 'dir'],
    [{ clock: {} }, 'clock'],
    [{ fonts: 'a.woff2' }, 'fonts'],
    [{ fetchFrom: 'moon' }, 'fetchFrom'],
    [{ maxUploadBytes: 0 }, 'maxUploadBytes'],
  ])('refuses %j', async (options, field) => {
    await expect(createLocalBackend(options as never)).rejects.toMatchObject({ name: 'OptionError', field });
  });

  it('is disposed of by its scope', async () => {
    let url: string;
    {
      await using backend = await createLocalBackend({ render: 'off' });
      url = await backend.listen();
    }
    await expect(fetch(url)).rejects.toThrow(TypeError);
  });
});
