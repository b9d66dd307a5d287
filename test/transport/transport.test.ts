import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ResponseFormatError, rememberSecret } from '../../src/errors/index.js';
import type { Call, RequestBody } from '../../src/transport/index.js';
import { Anything, authorizeWith, failure, ONCE, SAFE, scripted } from './harness.js';

const OK = { code: 0, data: { ok: true } };
const stream = () => new Response('data: {}\n\n', { headers: { 'content-type': 'text/event-stream' } });
const body: RequestBody = {
  contentType: 'multipart/form-data; boundary=b',
  length: 5,
  open: () => new Blob(['hello']).stream(),
};

async function sent(call: Call, settings: Parameters<typeof scripted>[1] = {}): Promise<Request> {
  const { transport, received } = scripted([OK], settings, authorizeWith('nmv_usr_1'));
  await transport.json(call, Anything);
  const [first] = received;
  if (first === undefined) throw new Error('nothing was sent');
  return first.request;
}

describe('every request', () => {
  it.each<[string, Call]>([
    ['a GET', SAFE],
    ['JSON', ONCE],
    ['a body', { ...SAFE, method: 'POST', operation: 'upload', body }],
  ])('carries attribution and token: %s', async (_, call) => {
    const { headers } = await sent(call);
    expect(Object.fromEntries(headers)).toMatchObject({
      authorization: 'Bearer nmv_usr_1',
      'x-skill-source': 'test-skill',
      'x-skill-version': '1.2.3',
      'x-skill-platform': 'clawhub',
    });
  });

  it('carries them for a stream too', async () => {
    const { transport, received } = scripted([stream], {}, authorizeWith('nmv_usr_1'));
    const { response } = await transport.open({ ...ONCE, headers: { accept: 'text/event-stream' } });
    await response.body?.cancel();
    const headers = received[0]?.request.headers;
    expect(headers?.get('x-skill-source')).toBe('test-skill');
    expect(headers?.get('accept')).toBe('text/event-stream');
    expect(headers?.get('authorization')).toBe('Bearer nmv_usr_1');
  });

  it('goes below the path of the base address', async () => {
    const request = await sent(SAFE, { baseUrl: 'https://gateway.test/nemo' });
    expect(request.url).toBe('https://gateway.test/nemo/api/thing');
  });

  it('sends JSON as JSON, and a body as its own type with its length', async () => {
    const json = await sent(ONCE);
    expect(json.headers.get('content-type')).toBe('application/json');
    expect(await json.json()).toEqual({ a: 1 });
    const upload = await sent({ ...SAFE, method: 'POST', body });
    expect(upload.headers.get('content-type')).toBe('multipart/form-data; boundary=b');
    expect(upload.headers.get('content-length')).toBe('5');
    expect(await upload.text()).toBe('hello');
  });

  it('opens its body anew for each attempt', async () => {
    let opened = 0;
    const counting: RequestBody = {
      ...body,
      open() {
        opened += 1;
        return new Blob(['hello']).stream();
      },
    };
    const busy = () => Response.json({}, { status: 503 });
    const { transport, clock, received } = scripted([busy, OK]);
    await clock.run(transport.json({ ...SAFE, method: 'POST', body: counting }, Anything));
    expect(opened).toBe(2);
    expect(await received[1]?.request.text()).toBe('hello');
  });

  it('to another origin sends neither who asks nor by which integration, and asks for no token', async () => {
    const authorize = {
      ...authorizeWith('x'),
      token: () => Promise.reject(new Error('not to be asked for')),
    };
    const { transport, received } = scripted([OK], {}, authorize);
    await transport.json({ ...SAFE, path: 'https://cdn.test/video.mp4?sig=1' }, Anything);
    const names = [...(received[0]?.request.headers.keys() ?? [])];
    expect(names).toEqual(['accept']);
  });

  it('to a whole address of the own origin carries the token', async () => {
    const { headers } = await sent({ ...SAFE, path: 'https://service.test/elsewhere' });
    expect(headers.get('authorization')).toBe('Bearer nmv_usr_1');
  });
});

describe('an answer', () => {
  it('gives its data with status, headers, request id and attempts', async () => {
    const { transport } = scripted([Response.json(OK, { status: 201, headers: { 'x-request-id': 'r-9' } })]);
    const answer = await transport.json(SAFE, Anything);
    expect(answer).toMatchObject({ data: { ok: true }, status: 201, requestId: 'r-9', attempts: 1 });
    expect(answer.headers.get('x-request-id')).toBe('r-9');
  });

  it("may be another library's own kind of response, and is asked for once", async () => {
    let asked = 0;
    const foreign = new Proxy(Response.json(OK), {
      getPrototypeOf: () => null,
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const { transport } = scripted([], {
      fetch: async () => {
        asked += 1;
        return foreign;
      },
    });
    expect(await transport.json(SAFE, Anything)).toMatchObject({ data: { ok: true }, status: 200 });
    expect(asked).toBe(1);
  });

  it.each([204, 205])('of HTTP %i is empty data', async (status) => {
    const { transport } = scripted([new Response(null, { status })]);
    expect(await transport.json(SAFE, Anything)).toMatchObject({ data: {}, status });
  });

  it('is read whatever content type it claims, as long as it is JSON', async () => {
    const { transport } = scripted([
      new Response(JSON.stringify(OK), { headers: { 'content-type': 'text/plain' } }),
    ]);
    expect(await transport.json(SAFE, Anything)).toMatchObject({ data: { ok: true } });
  });

  it.each([
    ['a page of HTML', '<!doctype html><title>Sign in</title>', 'Sign in'],
    ['an empty body', '', '""'],
    ['a picture', '\u0089PNG\r\n', 'PNG'],
    ['cut JSON', '{"code":0,"data":{"ok":tr', '"ok'],
  ])('that is %s is an error with its beginning', async (_, text, quoted) => {
    const { transport } = scripted([new Response(text, { headers: { 'x-request-id': 'r-1' } })]);
    const error = await failure(transport.json(SAFE, Anything));
    expect(error).toBeInstanceOf(ResponseFormatError);
    expect(error).toMatchObject({ path: 'credits', status: 200, requestId: 'r-1', attempts: 1 });
    expect(error).toHaveProperty(
      'message',
      expect.stringContaining(quoted.replaceAll('"', '\\"').replace('\\"\\"', '""')),
    );
  });

  it('is quoted in its first 200 characters only, without credentials', async () => {
    const text = `token nmv_usr_secret ${'x'.repeat(500)}END`;
    const { transport } = scripted([new Response(text)]);
    const { message } = Object(await failure(transport.json(SAFE, Anything)));
    expect(message).not.toContain('nmv_usr_secret');
    expect(message).not.toContain('END');
    expect(message.length).toBeLessThan(300);
  });

  it('has no credential cut in half where the quotation ends', async () => {
    rememberSecret('of-no-known-form-0123456789');
    const { transport } = scripted([new Response(`${'x'.repeat(185)}of-no-known-form-0123456789`)]);
    expect(Object(await failure(transport.json(SAFE, Anything))).message).not.toContain('of-no-known');
  });

  it('of the wrong form is an error with the path of the first thing that is wrong', async () => {
    const schema = z.object({ files: z.array(z.object({ url: z.string() })) });
    const { transport } = scripted([{ code: 0, data: { files: [{ url: 'a' }, { url: 5 }] } }]);
    expect(await failure(transport.json(SAFE, schema))).toMatchObject({
      name: 'ResponseFormatError',
      path: 'credits.files[1].url',
      message: expect.stringMatching(/expected string, received 5/),
      status: 200,
    });
  });
});

describe('open', () => {
  it('gives the body unread', async () => {
    const { transport } = scripted([stream]);
    const { response, status } = await transport.open(ONCE);
    expect(status).toBe(200);
    expect(await response.text()).toBe('data: {}\n\n');
  });

  it.each([
    ['a failure in an envelope under 200', () => Response.json({ code: 1002 }), 'SessionNotFoundError'],
    [
      'an answer in JSON that is no failure',
      () => Response.json({ code: 0, data: {} }),
      'ResponseFormatError',
    ],
    [
      'a page of HTML',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      'ResponseFormatError',
    ],
    ['an HTTP error', () => new Response('no', { status: 500 }), 'ApiError'],
  ])('takes %s for what it is', async (_, answer, name) => {
    const { transport } = scripted([answer]);
    expect(await failure(transport.open(ONCE))).toMatchObject({ name });
  });

  it('gives the body of an error the time of a small request, and ends its connection', async () => {
    let cancelled = false;
    const stuck = new ReadableStream({
      pull: () => new Promise(() => {}),
      cancel() {
        cancelled = true;
      },
    });
    const stalled = () => new Response(stuck, { status: 500 });
    const { transport, clock } = scripted([stalled]);
    expect(await clock.run(failure(transport.open(ONCE)))).toMatchObject({
      name: 'TimeoutError',
      limitMs: 30_000,
    });
    expect(cancelled).toBe(true);
    expect(clock.pending).toBe(0);
  });
});

it('shows no token to inspect, and no setting that its maker did not name', () => {
  const more = { token: 'canary-token-123', envToken: 'canary-token-123' };
  const { transport } = scripted([OK], { webUrl: 'https://web.test', ...more }, authorizeWith(more.token));
  expect(inspect(transport, { depth: 10, showHidden: true })).not.toContain('canary');
});

it('logs what it does without credentials, errors included', async () => {
  const answer = () => Response.json({ message: 'bad nmv_usr_leak' }, { status: 503 });
  const { transport, clock, logger } = scripted([answer, OK], {}, authorizeWith('nmv_usr_mine'));
  await clock.run(transport.json(SAFE, Anything));
  expect(logger.lines.map(({ level }) => level)).toEqual(['debug', 'info', 'debug']);
  expect(logger.lines[0]).toMatchObject({ message: 'credits: GET /api/thing', facts: { attempt: 1 } });
  const all = inspect(logger.lines, { depth: 10 });
  expect(all).not.toMatch(/nmv_usr_(?:leak|mine)/);
  expect(all).toContain('[redacted]');
});
