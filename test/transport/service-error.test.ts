import { describe, expect, it } from 'vitest';
import {
  ApiError,
  AuthenticationError,
  ClientIdRequiredError,
  ExportNotAllowedError,
  InsufficientCreditsError,
  isNemoVideoError,
  MediaTooLargeError,
  RateLimitError,
  SessionNotFoundError,
  UnsupportedMediaError,
} from '../../src/errors/index.js';
import type { Call } from '../../src/transport/index.js';
import { Anything, authorizeWith, failure, ONCE, SAFE, scripted } from './harness.js';

/** One documented code: the class that it is, on the call where it is met, and what the person may do. */
interface Documented {
  readonly code: number;
  /** The HTTP status that means the same, where the documents name one. */
  readonly status: number | undefined;
  readonly error: new (...facts: never[]) => Error;
  readonly call: Call;
  readonly retryable: boolean;
  readonly hint: RegExp;
}

const noRetry = { retry: false } as const;
const upload: Call = {
  ...SAFE,
  ...noRetry,
  operation: 'upload',
  method: 'POST',
  path: '/api/upload-video/x',
};
const state: Call = { ...SAFE, ...noRetry, operation: 'state' };
const submit: Call = { ...ONCE, ...noRetry, operation: 'render.submit' };
const token: Call = { ...SAFE, ...noRetry, operation: 'token', method: 'POST', authorize: false };

// From the wire document, "Error codes".
const DOCUMENTED: readonly Documented[] = [
  { code: 1001, status: 401, error: AuthenticationError, call: state, retryable: false, hint: /NEMO_TOKEN/ },
  {
    code: 1002,
    status: 404,
    error: SessionNotFoundError,
    call: state,
    retryable: false,
    hint: /new session/,
  },
  {
    code: 2001,
    status: undefined,
    error: InsufficientCreditsError,
    call: ONCE,
    retryable: false,
    hint: /Top up|Register/,
  },
  { code: 4001, status: 415, error: UnsupportedMediaError, call: upload, retryable: false, hint: /mp4/ },
  {
    code: 4002,
    status: 413,
    error: MediaTooLargeError,
    call: upload,
    retryable: false,
    hint: /Trim|compress/,
  },
  { code: 400, status: 400, error: ClientIdRequiredError, call: token, retryable: true, hint: /clientId/ },
  {
    code: 402,
    status: 402,
    error: ExportNotAllowedError,
    call: submit,
    retryable: false,
    hint: /subscription/,
  },
  {
    code: 429,
    status: 429,
    error: RateLimitError,
    call: { ...state, retry: false },
    retryable: true,
    hint: /Wait 30 s/,
  },
];

async function failWith(call: Call, response: Response): Promise<unknown> {
  const { transport } = scripted([response], {}, authorizeWith('nmv_usr_1'));
  return failure(transport.json(call, Anything));
}

describe.each(DOCUMENTED)('code $code', ({ code, status, error, call, retryable, hint }) => {
  const forms: Readonly<Record<string, unknown>> = {
    enveloped: { code, message: 'in words', data: null },
    flat: { code, msg: 'in words' },
    'unsuccessful, flat': { success: false, code, error: 'in words' },
    'code in quotes': { code: String(code), message: 'in words' },
  };
  // A status that means something else on its own: the code in the body beats it.
  const otherStatus = status === 500 ? 502 : 500;
  const statuses = [200, ...(status === undefined ? [] : [status]), otherStatus, 403];

  describe.each(Object.entries(forms))('%s', (_, body) => {
    it.each(statuses)('under HTTP %i is its own class', async (given) => {
      const thrown = await failWith(
        call,
        Response.json(body, { status: given, headers: { 'x-request-id': 'r-1' } }),
      );
      expect(thrown).toBeInstanceOf(error);
      expect(thrown).toMatchObject({ code, status: given, retryable, requestId: 'r-1', attempts: 1 });
      expect(thrown).toHaveProperty('hint', expect.stringMatching(hint));
      expect(thrown).toHaveProperty('message', expect.stringContaining('in words'));
    });
  });
});

describe.each(DOCUMENTED.filter(({ status }) => status !== undefined))(
  'HTTP $status without a code',
  ({ code, status, error, call, retryable }) => {
    it.each([
      ['an empty body', ''],
      ['a page of HTML', '<html><body>No</body></html>'],
      ['JSON without a code', '{"detail":"no"}'],
    ])('is the same class with %s', async (_, body) => {
      const thrown = await failWith(call, new Response(body, { status: status ?? 0 }));
      expect(thrown).toBeInstanceOf(error);
      expect(thrown).toMatchObject({ code, status, retryable });
    });
  },
);

describe('other answers', () => {
  it('are an ApiError with their code when no document knows it', async () => {
    const thrown = await failWith(state, Response.json({ code: 7777, message: 'odd' }));
    expect(thrown).toBeInstanceOf(ApiError);
    expect(thrown).toMatchObject({ code: 7777, status: 200, retryable: false, operation: 'state' });
  });

  it('are an ApiError when they say success: false without a code', async () => {
    const thrown = await failWith(
      state,
      Response.json({ success: false, error: { message: 'the draft is odd' } }),
    );
    expect(thrown).toBeInstanceOf(ApiError);
    expect(thrown).toMatchObject({ code: undefined, message: expect.stringContaining('the draft is odd') });
  });

  it.each([500, 502, 503, 504])(
    'are a retryable ApiError for a page of HTML under %i, which it keeps as the cause',
    async (status) => {
      const thrown = await failWith(state, new Response('<h1>Bad gateway</h1>', { status }));
      expect(thrown).toBeInstanceOf(ApiError);
      expect(thrown).toMatchObject({
        status,
        retryable: true,
        cause: { message: expect.stringContaining('Bad gateway') },
      });
    },
  );

  it.each(['credits', 'render.poll', 'render.submit', 'session'] as const)(
    'are an ApiError for a 404 on %s, which names no session',
    async (operation) => {
      expect(await failWith({ ...state, operation }, new Response('', { status: 404 }))).toBeInstanceOf(
        ApiError,
      );
    },
  );

  it('explain a 403 on export as a matter of the token', async () => {
    const { transport } = scripted([new Response('', { status: 403 })], {}, authorizeWith('a', 'b'));
    const thrown = await failure(transport.json(submit, Anything));
    expect(thrown).toBeInstanceOf(ExportNotAllowedError);
    expect(thrown).toMatchObject({ anonymous: true, hint: expect.stringMatching(/anonymous.*register/i) });
  });

  it('offer an anonymous user without credits the registration link with their id', async () => {
    const { transport } = scripted([{ code: 2001 }], {}, authorizeWith('a', 'b'));
    const thrown = await failure(transport.json(ONCE, Anything));
    expect(thrown).toMatchObject({
      registerUrl: new URL('https://web.test/register?bind=user-1'),
      anonymous: true,
    });
  });

  it.each([
    [
      'in its message',
      { code: 2001, message: 'Register at https://nemovideo.com/r/abc?bind=anon_1.' },
      'https://nemovideo.com/r/abc?bind=anon_1',
    ],
    [
      'in a field',
      { code: 2001, data: { help: 'https://docs.test', register_url: 'https://x.test/register' } },
      'https://x.test/register',
    ],
    [
      'in Chinese',
      { code: 2001, message: '请访问https://x.test/register，然后重试' },
      'https://x.test/register',
    ],
  ])('prefer the registration link that the service sends %s', async (_, body, link) => {
    const { transport } = scripted([body], {}, authorizeWith('a', 'b'));
    expect(await failure(transport.json(ONCE, Anything))).toMatchObject({ registerUrl: new URL(link) });
  });

  it.each([1010, 1011])(
    'are an AuthenticationError for code %i, and a new token is asked for once',
    async (code) => {
      const authorize = authorizeWith('first', 'second');
      const { transport, received } = scripted([{ code }, { code }], {}, authorize);
      expect(await failure(transport.json(ONCE, Anything))).toMatchObject({
        name: 'AuthenticationError',
        code,
      });
      expect(received).toHaveLength(2);
    },
  );

  it.each([
    [
      'says so',
      Response.json({ code: 5001, message: 'session s-1 already has a turn running: nothing was accepted' }),
    ],
    ['answers 409', Response.json({ detail: 'conflict' }, { status: 409 })],
  ])('are a SessionBusyError for a message to a session that %s', async (_, response) => {
    const { transport, received } = scripted([response], {}, authorizeWith('a'));
    const thrown = await failure(transport.json({ ...ONCE, about: { sessionId: 's-1' } }, Anything));
    expect(thrown).toMatchObject({ name: 'SessionBusyError', sessionId: 's-1', retryable: true });
    expect(received).toHaveLength(1);
  });

  it('say of an anonymous export that one has to register, and then speak of headers', async () => {
    const { transport } = scripted([{ code: 402 }], {}, authorizeWith('a', 'b'));
    const thrown = await failure(transport.json(submit, Anything));
    expect(thrown).toHaveProperty('hint', expect.stringMatching(/register or subscribe.*X-Skill/));
  });

  it('carry a request id without the token that something in between put into it', async () => {
    const headers = { 'x-request-id': 'gw-7/nmv_usr_echoed' };
    const thrown = await failWith(state, Response.json({ code: 1002 }, { headers }));
    expect(thrown).toMatchObject({ requestId: 'gw-7/[redacted]' });
  });

  it('carry what the call is about', async () => {
    const thrown = await failWith(
      { ...state, about: { sessionId: 's-1', renderId: 'r-1' } },
      Response.json({ code: 1002 }),
    );
    expect(thrown).toMatchObject({ sessionId: 's-1', renderId: 'r-1' });
    expect(isNemoVideoError(thrown)).toBe(true);
  });
});

describe('an error within a stream', () => {
  const { transport } = scripted([], {}, authorizeWith('a', 'b'));
  const call = { operation: 'run', about: { sessionId: 's-1' }, requestId: 'r-1' } as const;

  it.each([
    [{ code: 2001, message: 'no credits' }, InsufficientCreditsError],
    [{ code: '1001', msg: 'expired' }, AuthenticationError],
    [{ code: 1002 }, SessionNotFoundError],
    [{ code: 402 }, ExportNotAllowedError],
    [{ errorCode: '429', errorMessage: 'slow down' }, RateLimitError],
    [{ error: { code: 429, message: 'slow down' } }, RateLimitError],
  ])('%j is of the class of its code', (event, error) => {
    const made = transport.errorOf(event, call);
    expect(made).toBeInstanceOf(error);
    expect(made).toMatchObject({ sessionId: 's-1', requestId: 'r-1', hint: expect.any(String) });
  });

  it.each([{ code: 7777 }, { error: 'failed' }, { errorCode: 'UNKNOWN_ERROR' }, 'text', null])(
    '%j has no code that a document knows',
    (event) => {
      expect(transport.errorOf(event, call)).toBeUndefined();
    },
  );
});
