import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import {
  AbortError,
  ApiError,
  AwaitingInputError,
  CheckpointConflictError,
  callSite,
  isNemoVideoError,
  located,
  NetworkError,
  placeOf,
  RunFailedError,
  SessionBusyError,
} from '../../src/errors/index.js';

const TOKEN = 'nmv_usr_canary0123456789';

/** A snapshot with a draft, which can be megabytes. */
const RUN = {
  partialText: '',
  elapsedMs: 1,
  snapshot: {
    version: 1,
    sessionId: 's',
    message: 'm',
    sentAt: 0,
    before: { draft: { title: 'secret plot' }, media: [], generated: [] },
  },
} as const;
const QUESTION = { source: 'ask_question', questions: [], raw: {} } as const;

describe('an error of the family', () => {
  it('has its name written out, because a minifier shortens that of its class', async () => {
    const { code } = await transform(readFileSync('src/errors/connection.ts', 'utf8'), {
      loader: 'ts',
      minify: true,
    });
    expect(code).toContain('"AbortError"');
    expect(new AbortError({ operation: 'run' }).name).toBe('AbortError');
    expect(String(new NetworkError({ operation: 'run', sent: 'no' }))).toMatch(/^NetworkError: run: /);
  });

  it('lists what has a value and nothing else, because Node prints an uncaught error field by field', () => {
    const error = new NetworkError({ operation: 'run', sent: 'no', status: undefined, attempts: 0 });
    expect(
      Object.entries(error).filter(([, value]) => value === undefined || value === '' || value === 0),
    ).toEqual([]);
    expect(error).toMatchObject({ code: undefined, attempts: 0, partialText: '', elapsedMs: 0 });
    // As Node prints it before it exits.
    expect(inspect(error, { customInspect: false })).not.toMatch(/undefined|attempts|partialText/);
    expect(new NetworkError({ operation: 'run', sent: 'no', status: 503 })).toHaveProperty('status', 503);
  });

  it.each([
    ['a run', new RunFailedError({ ...RUN, agentMessage: 'no' })],
    ['an abort', new AbortError({ ...RUN, operation: 'run' })],
    ['the network', new NetworkError({ ...RUN, operation: 'run', sent: 'unknown' })],
    ['a question', new AwaitingInputError({ ...RUN, question: QUESTION })],
  ])('of %s has its snapshot, and shows nobody the draft in it', (_, error) => {
    expect(error.snapshot).toEqual(RUN.snapshot);
    expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toMatch(/secret plot|snapshot:/);
  });

  it('is known across copies of the package', () => {
    const error = new NetworkError({ operation: 'run', sent: 'no' });
    expect(isNemoVideoError(error)).toBe(true);
    expect(isNemoVideoError({ [Symbol.for('nemovideo-sdk.error')]: true })).toBe(true);
    expect(isNemoVideoError(new Error('x'))).toBe(false);
    expect(isNemoVideoError(null)).toBe(false);
  });

  it('shows no credential in message, stack, causes, inspect and JSON', () => {
    const error = new ApiError({
      operation: 'state',
      serviceMessage: `odd ${TOKEN}`,
      cause: new Error('outer', {
        cause: Object.assign(new Error(`inner ${TOKEN}`), { headers: { authorization: TOKEN } }),
      }),
    });
    for (const shown of [
      error.message,
      error.stack ?? '',
      inspect(error, { depth: 9, showHidden: true }),
      JSON.stringify(error),
    ]) {
      expect(shown).not.toContain(TOKEN);
    }
  });

  it('shows none in the words of the agent either', () => {
    const error = new RunFailedError({
      partialText: '',
      snapshot: { version: 1, sessionId: 's', message: 'm', sentAt: 0, before: null },
      elapsedMs: 1,
      agentMessage: `cannot use ${TOKEN}`,
    });
    expect(error.agentMessage).toBe('cannot use [redacted]');
  });

  it('has its message, facts, hint and causes in its JSON', () => {
    const error = new ApiError({
      operation: 'state',
      status: 503,
      requestId: 'r-1',
      attempts: 3,
      cause: new TypeError('fetch failed', { cause: new Error('reset') }),
    });
    expect(JSON.parse(JSON.stringify({ error })).error).toEqual({
      name: 'ApiError',
      message: 'state failed with HTTP 503',
      status: 503,
      requestId: 'r-1',
      attempts: 3,
      retryable: true,
      operation: 'state',
      hint: error.hint,
      at: expect.stringContaining('base.test.ts:'),
      cause: { name: 'TypeError', message: 'fetch failed', cause: { name: 'Error', message: 'reset' } },
    });
  });

  it('has a JSON whatever its cause is', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    const circle: Record<string, unknown> = Object.create(null);
    circle.self = circle;
    const json = (cause: unknown): unknown =>
      JSON.parse(JSON.stringify(new ApiError({ operation: 'run', cause })));
    expect(json(loop)).toMatchObject({ cause: { message: 'loop', cause: { message: 'loop' } } });
    expect(json(circle)).toMatchObject({ cause: 'object' });
    expect(json(12n)).toMatchObject({ cause: 'bigint' });
    expect(json({ status: 'gone' })).toMatchObject({ cause: { status: 'gone' } });
  });
});

describe('an error that is printed', () => {
  const error = new NetworkError({
    operation: 'credits',
    sent: 'no',
    reason: 'ECONNREFUSED',
    address: 'http://127.0.0.1:8787/api/credits?token=abc#part',
  });

  it('shows its message with the address, its hint, and the line of the caller', () => {
    for (const shown of [inspect(error), String(error)]) {
      expect(shown).toMatch(
        /^NetworkError: credits: the service could not be reached at http:\/\/127\.0\.0\.1:8787\/api\/credits \(ECONNREFUSED\); nothing was sent\n {4}hint: Check the network.*\n {4}at .*base\.test\.ts:\d+/,
      );
    }
    expect(inspect(error)).not.toMatch(/src[/\\]errors/);
  });

  it('shows only the fields that have a value', () => {
    expect(inspect(error)).toContain("sent: 'no'");
    expect(inspect(error)).not.toMatch(/undefined|partialText|elapsedMs|attempts/);
    expect(Object.keys(error.toJSON())).not.toContain('partialText');
  });

  it('shows its causes, and less within other things', () => {
    const outer = new ApiError({ operation: 'state', status: 503, cause: new TypeError('fetch failed') });
    expect(inspect(outer)).toContain('fetch failed');
    expect(inspect({ a: { b: { c: outer } } }, { depth: 1 })).not.toContain('hint');
    expect(inspect([[[[outer]]]], { depth: 3 })).toContain('[ApiError: state failed with HTTP 503]');
  });

  it('shows no escape sequence or control character of the service', () => {
    const shown = new ApiError({
      operation: 'state',
      serviceMessage: '\u001b[2Jgone\u202E\u009b31m red\u001b]0;title\u0007\u0008 \u{1f600}\nline',
    });
    expect(shown.message).toBe('state failed (the service said: gone red \u{1f600}\nline)');
  });
});

describe('the line of the caller', () => {
  it('is added to an error that was made where only this library is on the stack', () => {
    const site = callSite();
    const error = new ApiError({ operation: 'state' });
    const header = error.stack?.split('\n')[0] ?? '';
    error.stack = `${header}\n    at timer (${import.meta.url.replace('test/', 'src/')}:1:1)`;
    expect(located(error, site)).toBe(error);
    expect(String(error)).toContain('base.test.ts:');
    expect(error.stack.split('\n')[1]).toContain('at timer');
  });

  it.each([
    ['    at main (file:///app/index.js:3:18)', 'file:///app/index.js'],
    ['    at async main (/app/(site)/page.ts:3:18)', '/app/(site)/page.ts'],
    ['    at async file:///app/index.js:3:18', 'file:///app/index.js'],
    ['    at C:\\app\\index.js:3:18', 'C:\\app\\index.js'],
    ['main@https://app.test/index.js:3:18', 'https://app.test/index.js'],
    ['TypeError: bad', undefined],
  ])('is read from %s', (frame, place) => {
    expect(placeOf(frame)).toBe(place);
  });
});

describe('the signal of a timeout', () => {
  it('is called a timeout', () => {
    const cause = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    const error = new AbortError({ operation: 'credits', cause });
    expect(error.message).toBe('credits was aborted: your signal timed out');
    expect(error.hint).toMatch(/time limit of your.*signal/);
    expect(new AbortError({ operation: 'credits' }).hint).toMatch(/You asked for this/);
  });
});

describe('the newer errors', () => {
  it('carry what is needed to continue', () => {
    const question = {
      source: 'ask_question' as const,
      questions: [{ id: 'q1', prompt: 'Which style?', options: [], allowMultiple: false }],
      raw: {},
    };
    const snapshot = { version: 1 };
    const asked = new AwaitingInputError({ question, snapshot, sessionId: 's-1' });
    expect(asked).toMatchObject({
      question,
      snapshot,
      sessionId: 's-1',
      message: 'The agent asks: Which style?',
    });
    expect(new SessionBusyError({ sessionId: 's-1' })).toMatchObject({ sessionId: 's-1', retryable: true });
    expect(new CheckpointConflictError({ id: 'a' })).toMatchObject({ id: 'a', retryable: false });
  });
});
