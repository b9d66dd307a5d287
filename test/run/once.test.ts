import { describe, expect, test } from 'vitest';
import { NetworkError } from '../../src/errors/index.js';
import type { Authorize } from '../../src/transport/index.js';
import { collect, data, type ScriptedRun, Service, type ServiceScript } from './harness.js';

// A message is POSTed once, unless the answer proves that the service refused it before any work.

const DONE = [data({ text: 'Done.' })];
const refusal = (code: number, status = 200, headers: Record<string, string> = {}) =>
  Response.json({ code, message: 'no' }, { status, headers });

/** Tokens t1, t2 …; a new one after each refusal, where they are anonymous. */
function tokens(anonymous: boolean): Authorize {
  let count = 1;
  return {
    token: async () => `nmv_usr_t${count}`,
    refused() {
      count += 1;
      return anonymous;
    },
    identity: () => ({ anonymous }),
  };
}

async function play(script: ServiceScript, request: ScriptedRun = {}) {
  const service = new Service(script);
  const begun = service.clock.now();
  const { result, error } = await service.clock.run(collect(service.run(request)));
  expect(service.clock.pending).toBe(0);
  // A refusal is an answer: there is no outcome to ask the state for.
  expect(service.reads).toBe(0);
  return { result, error, posts: service.posts, afterMs: service.clock.now() - begun };
}

describe('sent again, once', () => {
  test.each([
    ['code 1001', refusal(1001)],
    ['HTTP 401', refusal(1001, 401)],
  ])('after %s with an anonymous token, under a new one', async (_, answer) => {
    const { result, posts } = await play({ run: [answer, DONE], authorize: tokens(true) });
    expect(result).toMatchObject({ text: 'Done.' });
    expect(posts).toBe(2);
    const again = await play({ run: [answer], authorize: tokens(true) });
    expect(again.error).toMatchObject({ name: 'AuthenticationError' });
    expect(again.posts).toBe(2);
  });

  test('after 429, when the service says so', async () => {
    const { result, posts, afterMs } = await play({ run: [refusal(429), DONE] });
    expect(result).toMatchObject({ text: 'Done.' });
    expect([posts, afterMs]).toEqual([2, 30_000]);
    const again = await play({ run: [refusal(429)] });
    expect(again.error).toMatchObject({ name: 'RateLimitError' });
    expect(again.posts).toBe(2);
  });

  test('after a wait that is longer than the limits of the stream: what has not been sent cannot stall', async () => {
    const script = { run: [refusal(429, 429, { 'retry-after': '50' }), DONE] };
    const { result, afterMs } = await play(script, { timeouts: { streamIdle: 20_000, run: 30_000 } });
    expect(result).toMatchObject({ text: 'Done.', recovered: false });
    expect(afterMs).toBe(50_000);
  });
});

describe('not sent again', () => {
  test.each([
    ['AuthenticationError', refusal(1001), 'a token that cannot be renewed'],
    ['SessionNotFoundError', refusal(1002), 'a session that does not exist'],
    ['SessionNotFoundError', new Response('', { status: 404 }), 'a path that does not exist'],
    ['InsufficientCreditsError', refusal(2001), 'no credits'],
    ['ApiError', new Response('', { status: 422 }), 'a request that is refused'],
  ])('%s', async (name, answer) => {
    const { error, posts } = await play({ run: [answer], authorize: tokens(false) });
    expect(error).toMatchObject({ name });
    expect(posts).toBe(1);
  });

  test('a token that cannot be had means that nothing was sent, whatever the failure', async () => {
    const token = async (): Promise<never> => {
      throw new NetworkError({ operation: 'token', sent: 'unknown' });
    };
    const identity = () => ({ anonymous: true });
    const { error, posts } = await play({ run: [DONE], authorize: { token, refused: () => true, identity } });
    expect(error).toMatchObject({ name: 'NetworkError', operation: 'token' });
    expect(posts).toBe(0);
  });
});
