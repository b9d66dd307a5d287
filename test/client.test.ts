import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  Assistant,
  anonymousToken,
  NemoVideo,
  OptionError,
  type RunSnapshot,
  staticToken,
} from '../src/index.js';
import { createLocalBackend, type LocalBackend } from '../src/local/index.js';
import { createTestClient } from '../src/testing/index.js';
import { DEFAULT_OUTPUT } from '../src/wire/index.js';

let backend: LocalBackend;
let nemo: NemoVideo;

beforeAll(async () => {
  ({ nemo, backend } = await createTestClient());
});
afterAll(() => backend.close());

/** What JavaScript lets pass, where TypeScript would not. */
type Given = never;
const given = (value: unknown): Given => value as Given;

const session = () => nemo.sessions.open({ sessionId: 's1' });
const job = () => nemo.renders.open('render_1');
const run: RunSnapshot = { version: 1, sessionId: 's1', message: 'Hello', sentAt: 0, before: null };

/** Every call that takes options, with the options that are tried on it. */
const CALLS: readonly (readonly [name: string, call: (options: Given) => unknown])[] = [
  ['new NemoVideo', (options) => new NemoVideo(options)],
  ['sessions.create', (options) => nemo.sessions.create(options)],
  ['credits.balance', (options) => nemo.credits.balance(options)],
  ['renders.open', (options) => nemo.renders.open('render_1', options)],
  ['runs.open', (options) => nemo.runs.open(run, options)],
  ['createVideo', (options) => nemo.createVideo(options)],
  ['session.upload', (options) => session().upload('photo.jpg', options)],
  ['session.run', (options) => session().run('Hello', options)],
  ['session.send', (options) => session().send('Hello', options)],
  ['session.state', (options) => session().state(options)],
  ['session.timeline', (options) => session().timeline(options)],
  ['session.export', (options) => session().export(options)],
  ['session.claimLink', (options) => session().claimLink(options)],
  ['job.result', (options) => job().result(options)],
  ['job.cancel', (options) => job().cancel(options)],
  ['job.download', (options) => job().download('video.mp4', options)],
  ['new Assistant', (options) => new Assistant(session(), options)],
  ['assistant.say', (options) => new Assistant(session()).say('Hello', options)],
  ['anonymousToken', (options) => anonymousToken(options)],
  ['createLocalBackend', (options) => createLocalBackend(options)],
  ['createTestClient', (options) => createTestClient(options)],
  ['backend.listen', (options) => backend.listen(options)],
  ['backend.issueToken', (options) => backend.issueToken(options)],
];

/** How a call ends, thrown or rejected. */
async function outcome(call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    return error;
  }
}

describe.each(CALLS)('%s', (_, call) => {
  it.each([
    ['a field that does not exist', { colour: 'red' }, 'colour'],
    ['null for its options', null, 'options'],
    ['a text for its options', 'fast', 'options'],
  ])('refuses %s, and sends nothing', async (_kind, options, field) => {
    const before = backend.requests.length;
    const error = await outcome(() => call(given(options)));
    expect(error).toBeInstanceOf(OptionError);
    expect(error).toMatchObject({ field });
    expect(backend.requests.length).toBe(before);
  });
});

describe('a client', () => {
  it.each([
    [{ timeouts: { requests: 5 } }, 'timeouts.requests'],
    [{ timeouts: 5 }, 'timeouts'],
    [{ retry: { atempts: 5 } }, 'retry.atempts'],
    [{ recovery: { delays: [] } }, 'recovery.delays'],
    [{ attribution: { name: 'x' } }, 'attribution.name'],
    [{ poll: { schedule: 'often' } }, 'poll.schedule'],
    [{ middleware: [{}] }, 'middleware'],
    [{ middleware: () => {} }, 'middleware'],
    [{ auth: {} }, 'auth'],
    [{ clock: { now: Date.now } }, 'clock'],
    [{ logger: { log() {} } }, 'logger'],
    [{ onRetry: 'yes' }, 'onRetry'],
    [{ fetch: 'https' }, 'fetch'],
    [{ allowInsecure: 'false', baseUrl: 'http://example.com' }, 'allowInsecure'],
  ])('refuses %o', (options, field) => {
    expect(() => new NemoVideo(given(options))).toThrow(
      expect.objectContaining({ name: 'OptionError', field }),
    );
  });

  it('takes options that are left undefined', () => {
    expect(() => new NemoVideo({ token: undefined, auth: undefined, clock: undefined })).not.toThrow();
  });
});

describe('a message', () => {
  it.each([
    [{ onSend: 'later' }, 'onSend'],
    [{ signal: new AbortController() }, 'signal'],
    [{ timeouts: { streamIdel: 5 } }, 'timeouts.streamIdel'],
  ])('refuses %o before anything is sent', (options, field) => {
    const before = backend.requests.length;
    expect(() => session().run('Hello', given(options))).toThrow(expect.objectContaining({ field }));
    expect(backend.requests.length).toBe(before);
  });
});

describe('what is opened again', () => {
  it.each([
    [{ sessionId: 's1', taskid: 't1' }, 'session.taskid'],
    [{ sessionId: '..' }, 'session.sessionId'],
    [{ sessionId: '.', version: 1 }, 'session.sessionId'],
    [{ sessionId: 's1', taskId: null }, 'session.taskId'],
    [{ sessionId: 's1', version: 2 }, 'session.version'],
    ['s1', 'session'],
  ])('is no session when it is %o', (value, field) => {
    expect(() => nemo.sessions.open(given(value))).toThrow(
      expect.objectContaining({ name: 'OptionError', field }),
    );
  });

  it('may be the snapshot of a later version that knows more of a session', () => {
    const later = { version: 1, sessionId: 's1', projectName: 'Sea' };
    expect(nemo.sessions.open(given(later)).id).toBe('s1');
  });

  it.each([
    ['..', 'render id'],
    [{ version: 1, id: '.', startedAt: 0 }, 'snapshot.id'],
  ])('is no render when its id leads elsewhere: %o', (value, field) => {
    expect(() => nemo.renders.open(given(value))).toThrow(expect.objectContaining({ field }));
  });

  it('is no message when its session leads elsewhere', () => {
    expect(() => nemo.runs.open({ ...run, sessionId: '..' })).toThrow(
      expect.objectContaining({ field: 'snapshot.sessionId' }),
    );
  });
});

describe('a video that is continued', () => {
  it("does not take the text 'false' for the leave to send a paid message again", () => {
    const snapshot = { version: 1, prompt: 'The sea', output: DEFAULT_OUTPUT, uploaded: true } as const;
    const before = backend.requests.length;
    expect(() => nemo.openVideo(snapshot, given({ sendAgain: 'false' }))).toThrow(
      expect.objectContaining({ name: 'OptionError', field: 'sendAgain' }),
    );
    expect(backend.requests.length).toBe(before);
  });
});

it.each([undefined, null, 5, ''])('staticToken refuses %o', (token) => {
  expect(() => staticToken(given(token))).toThrow(OptionError);
});

it.each(['5', -1, 0.5, Number.NaN, null])('a token is not issued with %o credits', (credits) => {
  expect(() => backend.issueToken(given({ credits }))).toThrow(
    expect.objectContaining({ name: 'OptionError', field: 'credits' }),
  );
});

it('a fault that is misspelt is refused', () => {
  expect(() => backend.faults.add(given({ on: 'run', do: 'reset', time: 2 }))).toThrow(
    expect.objectContaining({ field: 'fault.time', hint: 'Did you mean `times`?' }),
  );
});
