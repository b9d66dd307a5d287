import { describe, expect, test } from 'vitest';
import {
  NetworkError,
  OutcomeUnknownError,
  RunFailedError,
  RunInterruptedError,
  RunStalledError,
  SessionBusyError,
} from '../../src/errors/index.js';
import { baselineWith, collect, data, reset, Service, type ServiceScript } from './harness.js';

// The table "How a run ends" of the contract, row by row.

const OLD = { t: [{ tt: 0, sg: [{ d: 4000, m: { name: 'city' } }] }], d: 4000 };
const NEW = { ...OLD, t: [...OLD.t, { tt: 7, sg: [{ d: 3000, m: { text: 'Hi' } }] }] };
const delta = (draft: unknown) => data({ author: 'nemo_agent', actions: { stateDelta: { draft } } });
const SECONDS = 1_000;

/** Runs a script in a session that has the draft OLD. */
async function ending(script: ServiceScript) {
  const service = new Service({ states: [{ draft: OLD }], ...script });
  const begun = service.clock.now();
  const run = service.run({ baseline: async () => baselineWith(OLD) });
  const { events, result, error } = await service.clock.run(collect(run));
  // Whatever happened: one message at most, no sleeper, no open body.
  expect(service.posts).toBe(1);
  expect(service.clock.pending).toBe(0);
  for (const { cancelled, ended } of service.bodies) expect(cancelled || ended).toBe(true);
  return { service, events, result, error, afterMs: service.clock.now() - begun };
}

describe('the body ends cleanly', () => {
  test('with text: that is the result, and no state is read', async () => {
    const { result, service } = await ending({ run: [[data({ text: 'Done.' })]] });
    expect(result).toMatchObject({ text: 'Done.', silent: false, recovered: false, changes: [] });
    expect(service.reads).toBe(0);
  });

  test('with text and a timeline: both, and what changed against the state before', async () => {
    const { result, service } = await ending({ run: [[delta(NEW), data({ text: 'Done.' })]] });
    expect(result?.timeline?.tracks).toHaveLength(2);
    expect(result?.changes).toHaveLength(1);
    expect(result?.summary).toHaveLength(1);
    expect(service.reads).toBe(0);
  });

  test('without text: one read of the state shows what changed', async () => {
    const { result, events, service } = await ending({ run: [[]], states: [{ draft: NEW }] });
    expect(result).toMatchObject({ text: '', silent: true, recovered: false });
    expect(result?.summary.join()).toContain('Hi');
    expect(events).toMatchObject([{ type: 'timeline', raw: { draft: NEW } }]);
    expect(service.reads).toBe(1);
  });

  test('without text or change: that is no error', async () => {
    const { result, events } = await ending({ run: [[]] });
    expect(result).toMatchObject({ silent: true, recovered: false, changes: [], summary: [] });
    expect(result?.timeline?.tracks).toHaveLength(1);
    expect(events).toEqual([]);
  });

  test('without text, and the last write lands late: a second read some seconds later finds it', async () => {
    const { result, service, afterMs } = await ending({
      run: [[]],
      states: [{ draft: OLD }, { draft: NEW }],
    });
    expect(result).toMatchObject({ silent: true, recovered: false });
    expect(result?.changes).toHaveLength(1);
    expect(service.reads).toBe(2);
    expect(afterMs).toBe(3 * SECONDS);
  });

  test('without text or change in two reads, the second after `settle.intervalMs`: nothing was changed', async () => {
    const { result, service, afterMs } = await ending({ run: [[]] });
    expect(result).toMatchObject({ silent: true, changes: [] });
    expect(service.reads).toBe(2);
    expect(afterMs).toBe(3 * SECONDS);
  });

  test('with nothing but an instruction for a screen: that is a silent edit too', async () => {
    const { result, service } = await ending({
      run: [[data({ text: 'Click the Export button to download it.' })]],
      states: [{ draft: NEW }],
    });
    expect(result).toMatchObject({ displayText: '', silent: true, actions: [{ action: 'export' }] });
    expect(result?.changes).toHaveLength(1);
    expect(result?.summary.join()).toContain('Hi');
    expect(service.reads).toBe(1);
  });

  test('and the state differs only in the signature of an address: nothing was changed', async () => {
    const url = (signature: string) => ({
      draft: {
        t: [{ tt: 0, sg: [{ d: 4000, m: { url: `https://cdn.test/a.mp4?X-Amz-Signature=${signature}` } }] }],
      },
      video_infos: [{ cdn_url: `https://cdn.test/b.mp4?sig=${signature}` }],
    });
    const service = new Service({ run: [[data({ text: 'Wor' }), reset()]], states: [url('2')] });
    const { draft, video_infos: media } = url('1');
    const run = service.run({ baseline: async () => ({ draft, media, generated: [] }) });
    expect((await service.clock.run(collect(run))).error).toBeInstanceOf(RunInterruptedError);
  });

  test('without text, but with the timeline in the stream: no read', async () => {
    const { result, service } = await ending({ run: [[delta(NEW), data({ text: ' ' })]] });
    expect(result).toMatchObject({ silent: true });
    expect(result?.changes).toHaveLength(1);
    expect(service.reads).toBe(0);
  });

  test('without text, and what was generated is reported although the timeline is the same', async () => {
    const states = [{ draft: OLD, generated_media: [{ id: 'clip-1' }] }];
    const { result } = await ending({ run: [[]], states });
    expect(result).toMatchObject({ changes: [], generated: [{ id: 'clip-1' }] });
  });

  test('without text, and the read fails: it is repeated by the schedule of recovery', async () => {
    const { result, events, service } = await ending({
      run: [[]],
      states: [reset(), reset(), reset(), { draft: NEW }],
    });
    expect(result).toMatchObject({ silent: true, recovered: true });
    expect(events[0]).toMatchObject({ type: 'recovering', attempt: 1, nextCheckMs: 30_000 });
    expect(service.reads).toBe(4);
  });

  test('with only the blank line missing: the last event counts', async () => {
    const { result } = await ending({ run: [['data: {"text":"Done."}']] });
    expect(result).toMatchObject({ text: 'Done.', recovered: false });
  });

  test('with an event that was spoilt on the way, but words after it: that is the result', async () => {
    const { result, events } = await ending({ run: [['data: {"te\n\n', data({ text: 'Done.' })]] });
    expect(events[0]).toEqual({ type: 'unknown', raw: '{"te' });
    expect(result).toMatchObject({ text: 'Done.', recovered: false });
  });

  test('without any body: that is an empty answer', async () => {
    const { result } = await ending({ run: [new Response(null, { status: 204 })], states: [{ draft: NEW }] });
    expect(result).toMatchObject({ silent: true });
  });
});

const BROKEN: readonly (readonly [string, ServiceScript['run']])[] = [
  ['bytes are left over that do not parse', [[data({ text: 'Wor' }), 'data: {"text":"ki']]],
  ['the last event is spoilt', [[data({ text: 'Wor' }), 'data: \0{"text":"ki\n\n', ': bye\n\n']]],
  ['the connection is reset in the middle', [[data({ text: 'Wor' }), reset()]]],
  [
    'the connection is reset after the last event',
    [[data({ text: 'Wor' }), data({ text: 'king.' }), reset()]],
  ],
  ['the connection is reset before the headers', [reset()]],
  ['the service answers 500', [new Response('oops', { status: 500 })]],
  ['the service answers 503 with a code', [Response.json({ code: 9, message: 'busy' }, { status: 503 })]],
  ['a gateway gives up', [new Response('<html>', { status: 504, headers: { 'content-type': 'text/html' } })]],
  ['the answer is JSON instead of a stream', [Response.json({ code: 0, data: {} })]],
  ['the answer is the page of a proxy', [new Response('<html>\nSign in\n</html>\n')]],
];

describe.each(BROKEN)('%s', (_, run) => {
  test('and the state changed: the result is what it shows', async () => {
    const { result, events, afterMs } = await ending({ run, states: [{ draft: OLD }, { draft: NEW }] });
    expect(result).toMatchObject({ recovered: true, elapsedMs: 90 * SECONDS });
    expect(result?.changes).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'recovering')).toMatchObject([
      { attempt: 1, nextCheckMs: 30_000, raw: null },
      { attempt: 2, nextCheckMs: 60_000 },
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'timeline' });
    expect(afterMs).toBe(90 * SECONDS);
  });

  test('and five states are as before: RunInterruptedError', async () => {
    const { error, service, afterMs } = await ending({ run });
    expect(error).toBeInstanceOf(RunInterruptedError);
    expect(error).toMatchObject({
      sessionId: 's1',
      snapshot: { version: 1, message: 'make it shine', before: { draft: OLD } },
      elapsedMs: 270 * SECONDS,
      attempts: 1,
    });
    expect(service.reads).toBe(5);
    expect(afterMs).toBe(270 * SECONDS);
  });

  test('and no state can be read: OutcomeUnknownError', async () => {
    const { error, service } = await ending({ run, states: [reset()] });
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({ snapshot: { sessionId: 's1' }, cause: { name: 'NetworkError' } });
    expect(service.reads).toBe(5);
  });
});

test('what the service said about a failure is in the error', async () => {
  const { error } = await ending({ run: [Response.json({ code: 9, message: 'busy' }, { status: 503 })] });
  expect(error).toMatchObject({ status: 503, code: 9, cause: { name: 'ApiError' } });
});

test('what had been said before the break is not lost', async () => {
  const { error } = await ending({ run: [[data({ text: 'Wor' }), reset()]] });
  expect(error).toMatchObject({ partialText: 'Wor' });
  const { result } = await ending({ run: [[data({ text: 'Wor' }), reset()]], states: [{ draft: NEW }] });
  expect(result).toMatchObject({ text: 'Wor', displayText: 'Wor' });
});

describe('the stream stalls', () => {
  const HEARTBEATS = Array.from({ length: 30 }, () => [{ waitMs: 30_000 }, ': alive\n\n']).flat();
  const TALK = Array.from({ length: 40 }, () => [{ waitMs: 30_000 }, data({ text: '.' })]).flat();

  test.each([
    ['no byte after the headers', ['hang'], 'streamIdle', 240],
    ['no byte after some text', [data({ text: 'Wor' }), 'hang'], 'streamIdle', 240],
    ['not even headers', 'hang', 'streamIdle', 240],
    ['nothing but heartbeats', HEARTBEATS, 'contentIdle', 600],
    ['talk without end', TALK, 'run', 900],
  ] as const)('%s: recovery, and RunStalledError when nothing changed', async (_, answer, limit, seconds) => {
    const { error, afterMs, events } = await ending({ run: [answer] });
    expect(error).toBeInstanceOf(RunStalledError);
    expect(error).toMatchObject({ limit, snapshot: { before: { draft: OLD } } });
    expect(afterMs).toBe((seconds + 270) * SECONDS);
    expect(events).toContainEqual({ type: 'still_working', elapsedMs: 120_000, raw: null });
    const changed = await ending({ run: [answer], states: [{ draft: NEW }] });
    expect(changed.result).toMatchObject({ recovered: true });
    expect(changed.afterMs).toBe((seconds + 30) * SECONDS);
  });

  test('a fetch that ignores its signal delays nothing', async () => {
    const { error } = await ending({ run: ['hang'], deaf: true });
    expect(error).toBeInstanceOf(RunStalledError);
  });
});

describe('the agent says that it failed', () => {
  test.each([
    { errorCode: 'UNKNOWN_ERROR', errorMessage: 'overloaded', author: 'nemo_agent' },
    { error: { code: 'UNKNOWN_ERROR', message: 'overloaded' } },
  ])('%j: RunFailedError at once, without a read', async (failure) => {
    const { error, service, afterMs } = await ending({
      run: [[data({ text: 'Wor' }), data(failure), 'hang']],
    });
    expect(error).toBeInstanceOf(RunFailedError);
    expect(error).toMatchObject({
      agentCode: 'UNKNOWN_ERROR',
      agentMessage: 'overloaded',
      partialText: 'Wor',
      requestId: 'req-1',
      snapshot: { sessionId: 's1' },
    });
    expect(service.reads).toBe(0);
    expect(afterMs).toBe(0);
  });

  test('also as the last event of all, without its blank line', async () => {
    const { error } = await ending({ run: [['data: {"error":"overloaded"}']] });
    expect(error).toBeInstanceOf(RunFailedError);
  });
});

describe('a code inside the stream is the error of that code', () => {
  test.each([
    [2001, 'InsufficientCreditsError'],
    [1001, 'AuthenticationError'],
    [1010, 'AuthenticationError'],
    [1002, 'SessionNotFoundError'],
    [402, 'ExportNotAllowedError'],
    [429, 'RateLimitError'],
  ])('%d: %s', async (code, name) => {
    const { error, service } = await ending({ run: [[data({ code, message: 'no' })]] });
    expect(error).toMatchObject({ name, code, sessionId: 's1', requestId: 'req-1' });
    expect(service.reads).toBe(0);
  });

  test('a session at work on another message is a SessionBusyError, whose message was not accepted', async () => {
    const sent: boolean[] = [];
    const service = new Service({ run: [[data({ error: 'This session already has a turn running' })]] });
    const { error } = await collect(service.run({ onEnd: (maySend) => void sent.push(maySend) }));
    expect(error).toBeInstanceOf(SessionBusyError);
    expect(sent).toEqual([false]);
  });

  test('a busy session under HTTP 409 is the same error', async () => {
    const { error } = await ending({ run: [Response.json({ message: 'busy' }, { status: 409 })] });
    expect(error).toBeInstanceOf(SessionBusyError);
  });

  test('a code that no document knows is a RunFailedError, without the token that the agent repeats', async () => {
    const { error } = await ending({
      run: [[data({ errorCode: 'nmv_usr_secret123', errorMessage: 'token nmv_usr_secret123 is odd' })]],
    });
    expect(error).toBeInstanceOf(RunFailedError);
    expect(JSON.stringify(error)).not.toContain('nmv_usr_secret123');
    expect(error).toMatchObject({ agentCode: '[redacted]', agentMessage: 'token [redacted] is odd' });
  });

  test('ADK 2 says what happened in `error` and `error_details`', async () => {
    const { error } = await ending({
      run: [[data({ error: 'ValueError: no such track', error_details: { type: 'ValueError' } })]],
    });
    expect(error).toMatchObject({ name: 'RunFailedError', agentMessage: 'ValueError: no such track' });
  });
});

describe('the message never left', () => {
  const refused = () =>
    new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) });

  test('NetworkError after a few tries, and it says that nothing was sent', async () => {
    const service = new Service({ run: [refused()] });
    const { error, events } = await service.clock.run(collect(service.run()));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({
      sent: 'no',
      partialText: '',
      snapshot: { message: 'make it shine' },
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(service.reads).toBe(0);
    expect(events).toEqual([]);
    expect(service.clock.pending).toBe(0);
  });

  test('a service that can be reached at the second try gets the message then', async () => {
    const service = new Service({ run: [refused(), [data({ text: 'Done.' })]] });
    const { result } = await service.clock.run(collect(service.run()));
    expect(result).toMatchObject({ text: 'Done.', recovered: false });
  });
});
