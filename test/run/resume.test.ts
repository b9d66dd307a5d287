import { expect, test } from 'vitest';
import { NemoVideo } from '../../src/client.js';
import {
  AbortError,
  OptionError,
  OutcomeUnknownError,
  RunInterruptedError,
  type RunSnapshot,
} from '../../src/errors/index.js';
import { createLocalBackend } from '../../src/local/index.js';
import { Run } from '../../src/run/index.js';
import { settle, VirtualClock } from '../support/virtual-clock.js';
import { collect, data, reset, Service, type ServiceScript } from './harness.js';

const OLD = { t: [{ tt: 0, sg: [{ d: 4000, m: { name: 'city' } }] }] };
const NEW = { t: [...OLD.t, { tt: 7, sg: [{ d: 3000, m: { text: 'Hi' } }] }] };
const SNAPSHOT: RunSnapshot = {
  version: 1,
  sessionId: 's1',
  message: 'make it shine',
  sentAt: Date.UTC(2025, 11, 31, 23),
  before: { draft: OLD, media: [], generated: [] },
};

function open(states: ServiceScript['states'], snapshot: RunSnapshot = SNAPSHOT, signal?: AbortSignal) {
  const service = new Service({ run: [], ...(states && { states }) });
  return { service, run: Run.open(service.context(), snapshot, { signal }) };
}

test('an outcome that is there already is reported at once, and nothing is sent', async () => {
  const { service, run } = open([{ draft: NEW }]);
  const { events, result } = await collect(run);
  expect(result).toMatchObject({ text: '', silent: true, recovered: true, elapsedMs: 3_600_000 });
  expect(result?.changes).toHaveLength(1);
  expect(events).toMatchObject([{ type: 'recovering', attempt: 1, nextCheckMs: 0 }, { type: 'timeline' }]);
  expect(service.requests).toEqual(['GET /api/state/nemo_agent/me/s1/latest']);
});

test('an outcome that is still to come is waited for by the schedule of recovery', async () => {
  const { service, run } = open([{ draft: OLD }, { draft: OLD }, { draft: NEW }]);
  const begun = service.clock.now();
  expect(await service.clock.run(run.result())).toMatchObject({ recovered: true });
  expect(service.clock.now() - begun).toBe(90_000);
  expect(service.posts).toBe(0);
});

test('without a change it says so and leaves it to the caller to send again', async () => {
  const { service, run } = open([{ draft: OLD }]);
  const { error } = await service.clock.run(collect(run));
  expect(error).toBeInstanceOf(RunInterruptedError);
  expect(error).toMatchObject({ snapshot: SNAPSHOT });
  expect(service.reads).toBe(6);
  expect(service.posts).toBe(0);
  expect(service.clock.pending).toBe(0);
});

test('when the state cannot be read, the outcome stays unknown', async () => {
  const { service, run } = open([reset()]);
  expect((await service.clock.run(collect(run))).error).toBeInstanceOf(OutcomeUnknownError);
});

test('without a state before, only a change that is seen proves anything', async () => {
  const blind = { ...SNAPSHOT, before: null };
  const same = open([{ draft: NEW }], blind);
  expect((await same.service.clock.run(collect(same.run))).error).toBeInstanceOf(OutcomeUnknownError);
  const moved = open([{ draft: OLD }, { draft: NEW }], blind);
  const { result } = await moved.service.clock.run(collect(moved.run));
  expect(result?.changes).toHaveLength(1);
});

test('its snapshot is the one it was opened with', () => {
  expect(JSON.parse(JSON.stringify(open([]).run))).toEqual(SNAPSHOT);
});

test('giving up the wait leaves the snapshot to ask again with', async () => {
  const caller = new AbortController();
  const { service, run } = open([{ draft: OLD }], SNAPSHOT, caller.signal);
  const ended = run.result().catch((error: unknown) => error);
  await settle();
  caller.abort();
  const error = await ended;
  expect(error).toBeInstanceOf(AbortError);
  expect(error).toMatchObject({ snapshot: SNAPSHOT });
  expect(service.clock.pending).toBe(0);
});

test('a snapshot of another client is refused before anything is asked', async () => {
  const identity = () => ({ anonymous: true, clientId: 'mine' });
  const service = new Service({
    run: [],
    authorize: { token: async () => 'nmv_usr_x', refused: () => false, identity },
  });
  const snapshot = { ...SNAPSHOT, clientId: 'theirs' };
  const run = Run.open(service.context(), snapshot);
  await expect(run.result()).rejects.toMatchObject({ name: 'OptionError', field: 'snapshot.clientId' });
  expect(service.requests).toEqual([]);
});

test('what is no snapshot is refused', () => {
  const service = new Service({ run: [[data({ text: 'never' })]] });
  const snapshot = { ...SNAPSHOT, sessionId: '' };
  expect(() => Run.open(service.context(), snapshot)).toThrow(OptionError);
});

test('the snapshot of a run that broke opens the run that waits on', async () => {
  const service = new Service({
    run: [[data({ text: 'Wor' }), reset()]],
    states: [{}, {}, {}, {}, {}, { draft: NEW }],
  });
  const { error } = await service.clock.run(collect(service.run()));
  expect(error).toBeInstanceOf(RunInterruptedError);
  const snapshot = JSON.parse(JSON.stringify(Reflect.get(Object(error), 'snapshot')));
  const later = Run.open(service.context(), snapshot);
  expect(await service.clock.run(later.result())).toMatchObject({ recovered: true });
  expect(service.posts).toBe(1);
});

test('a process that dies right after sending loses nothing: another one finds the outcome, and nothing is paid twice', async () => {
  const clock = new VirtualClock();
  await using backend = await createLocalBackend({ render: 'off', speed: 1, clock });
  const token = backend.issueToken();
  const client = () =>
    new NemoVideo({ fetch: backend.fetch, baseUrl: backend.url, token, credentialStore: false, clock });
  const session = await clock.run(client().sessions.create());
  const disk: string[] = [];
  const death = new AbortController();
  const first = session.run('Make a 10-second video with the title "Hello"', {
    onSend: (snapshot) => void disk.push(JSON.stringify(snapshot)),
    signal: death.signal,
  });
  const died = first.result().catch((error: unknown) => error);
  await clock.advance(1_000);
  death.abort();
  await died;
  expect(disk.join()).not.toContain(token);
  const second = client().runs.open(JSON.parse(disk[0] ?? ''));
  const result = await clock.run(second.result());
  expect(result).toMatchObject({ recovered: true });
  expect(result.summary.length).toBeGreaterThan(0);
  expect(backend.requests.filter(({ operation }) => operation === 'run')).toHaveLength(1);
  expect(backend.charges).toHaveLength(1);
});
