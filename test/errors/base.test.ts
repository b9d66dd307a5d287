import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import {
  AbortError,
  ApiError,
  isNemoVideoError,
  NetworkError,
  RunFailedError,
} from '../../src/errors/index.js';

const TOKEN = 'nmv_usr_canary0123456789';

describe('an error of the family', () => {
  it('has its name written out, because a minifier shortens that of its class', async () => {
    const { code } = await transform(readFileSync('src/errors/abort.ts', 'utf8'), {
      loader: 'ts',
      minify: true,
    });
    expect(code).toContain('"AbortError"');
    expect(new AbortError({ operation: 'run' }).name).toBe('AbortError');
    expect(String(new NetworkError({ operation: 'run', sent: 'no' }))).toMatch(/^NetworkError: run: /);
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
