import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryCredentials } from '../../src/auth/index.js';
import { NemoVideo } from '../../src/client.js';
import type { NemoVideoOptions } from '../../src/index.js';
import { createLocalBackend, type LocalBackend } from '../../src/local/index.js';
import { DEFAULT_OUTPUT } from '../../src/wire/index.js';
import { VirtualClock } from '../support/virtual-clock.js';
import { failure } from '../transport/harness.js';
import { CLIENT } from './harness.js';

const THEIRS = '0b6a2c9e-1111-4222-8333-444455556666';
const ids = { version: 1, sessionId: 's1', clientId: THEIRS } as const;
const runOf = { ...ids, message: 'Hello', sentAt: 0, before: { draft: null, media: [], generated: [] } };
const renderOf = { version: 1, id: 'render_1', startedAt: Date.UTC(2026, 0, 1), clientId: THEIRS } as const;
const videoOf = { version: 1, prompt: 'The sea', output: DEFAULT_OUTPUT, clientId: THEIRS } as const;
const sessionOf = { version: 1, sessionId: 's1' } as const;

/** Everything that another process may have left, opened and used. */
const USES: readonly (readonly [string, (nemo: NemoVideo) => unknown])[] = [
  ['state of a session', (nemo) => nemo.sessions.open(ids).state()],
  ['message to a session', (nemo) => nemo.sessions.open(ids).send('Hello')],
  ['upload to a session', (nemo) => nemo.sessions.open(ids).upload('https://example.test/a.png')],
  ['export of a session', (nemo) => nemo.sessions.open(ids).export()],
  ['outcome of a message', (nemo) => nemo.runs.open(runOf).result()],
  ['render', (nemo) => nemo.renders.open(renderOf).result()],
  ['video that has not begun', (nemo) => nemo.openVideo({ ...videoOf, uploaded: false }).result()],
  [
    'video that has begun',
    (nemo) => nemo.openVideo({ ...videoOf, uploaded: true, session: sessionOf, run: runOf }).result(),
  ],
];

let backend: LocalBackend;
let clock: VirtualClock;

beforeEach(async () => {
  clock = new VirtualClock();
  backend = await createLocalBackend({ render: 'off', clock });
});
afterEach(() => backend.close());

const client = (options: NemoVideoOptions = {}) =>
  new NemoVideo({ fetch: backend.fetch, baseUrl: backend.url, clock, credentialStore: false, ...options });
/** What was asked of the service, apart from who is asking. */
const asked = () => backend.requests.filter(({ operation }) => operation !== 'token').length;

describe.each(USES)('the %s of another client', (_, use) => {
  const told = {
    name: 'OptionError',
    field: expect.stringMatching(/^(?:session|snapshot)\.clientId$/),
    message: expect.stringContaining(THEIRS),
    hint: expect.stringContaining('NEMO_CLIENT_ID'),
  };

  it('is refused when it is opened, where the client id is given', () => {
    expect(() => use(client({ clientId: CLIENT }))).toThrow(expect.objectContaining(told));
    expect(backend.requests).toEqual([]);
  });

  it('is refused in a fresh process when it is used, before anything is asked', async () => {
    const store = memoryCredentials();
    const begun = clock.now();
    const used = async () => use(client({ credentialStore: store }));
    expect(await clock.run(failure(used()))).toMatchObject(told);
    expect(asked()).toBe(0);
    // A render is asked for after a pause; nothing else waits.
    expect(clock.now() - begun).toBeLessThanOrEqual(30_000);
  });
});

describe('what the same client made', () => {
  it('is continued in a fresh process', async () => {
    const store = memoryCredentials();
    const snapshot = (await clock.run(client({ credentialStore: store }).sessions.create())).toJSON();
    expect(snapshot.clientId).toBeTypeOf('string');
    const session = client({ credentialStore: store }).sessions.open(snapshot);
    expect(await clock.run(session.state())).toMatchObject({ media: [] });
  });

  it('is continued by any client with a token, which belongs to no client id', async () => {
    const nemo = client({ token: backend.issueToken(), clientId: CLIENT });
    const session = await clock.run(nemo.sessions.create());
    const opened = nemo.sessions.open({ ...session.toJSON(), clientId: THEIRS });
    expect(await clock.run(opened.state())).toMatchObject({ media: [] });
  });
});
