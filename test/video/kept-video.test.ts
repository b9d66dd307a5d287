import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NemoVideo } from '../../src/client.js';
import { CheckpointConflictError, OptionError } from '../../src/errors/index.js';
import type { LocalBackend } from '../../src/local/index.js';
import { createTestClient } from '../../src/testing/index.js';
import {
  advanceVideo,
  type CheckpointStore,
  memoryCheckpoints,
  runVideo,
  type VideoEvent,
  type VideoSnapshot,
  type VideoTask,
} from '../../src/video/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

const PROMPT = 'A 10-second video about the sea';
const ID = 'sea';

let clock: VirtualClock;
let backend: LocalBackend;
let nemo: NemoVideo;
let folder: string;
let store: CheckpointStore;

beforeEach(async () => {
  ({ nemo, backend, clock } = await createTestClient({ speed: 20, credits: 100, clock: new VirtualClock() }));
  folder = await mkdtemp(join(tmpdir(), 'nemovideo-kept-'));
  store = memoryCheckpoints();
});

afterEach(async () => {
  await backend.close();
  await rm(folder, { recursive: true, force: true });
});

const create = (more: object = {}) =>
  nemo.createVideo({ prompt: PROMPT, checkpoint: { store, id: ID }, ...more });

const posts = (operation: string): number =>
  backend.requests.filter((request) => request.operation === operation && request.method === 'POST').length;

/** A store whose save of a snapshot that fits stops the process that saves it. */
function stopping(at: (snapshot: VideoSnapshot) => boolean): CheckpointStore {
  return {
    ...store,
    async save(id, snapshot, expect) {
      const version = await store.save(id, snapshot, expect);
      if (at(snapshot)) throw new Error('killed');
      return version;
    },
  };
}

describe('a video with a checkpoint', () => {
  it('is continued by the same id from wherever it stopped, with one message and one render', async () => {
    const points: ((snapshot: VideoSnapshot) => boolean)[] = [
      ({ session, run }) => session === undefined && run === undefined,
      ({ uploaded }) => uploaded,
      ({ text }) => text !== undefined,
      ({ render }) => render?.submitted === true,
      ({ result }) => result !== undefined,
    ];
    for (const at of points) {
      const stopped = create({ checkpoint: { store: stopping(at), id: ID } });
      await expect(clock.run(stopped.result())).rejects.toThrow('killed');
    }
    const { timeline } = await clock.run(create().result());
    expect(timeline.durationMs).toBe(10_000);
    expect(posts('run')).toBe(1);
    expect(posts('render')).toBe(1);
    expect(backend.charges).toHaveLength(1);
  });

  it('gives the finished result again without a request', async () => {
    const download = join(folder, 'sea.mp4');
    const first = await clock.run(create({ download }).result());
    const sent = backend.requests.length;
    const again = await clock.run(create({ download }).result());
    expect(again).toEqual(first);
    expect(backend.requests).toHaveLength(sent);
  });

  it('downloads a finished file again that was deleted, or goes elsewhere now', async () => {
    const download = join(folder, 'sea.mp4');
    const { bytes } = await clock.run(create({ download }).result());
    await rm(download);
    await clock.run(create({ download }).result());
    expect((await readFile(download)).length).toBe(bytes);
    const elsewhere = join(folder, 'other.mp4');
    expect(await clock.run(create({ download: elsewhere }).result())).toMatchObject({ path: elsewhere });
    expect((await readFile(elsewhere)).length).toBe(bytes);
    expect(posts('run')).toBe(1);
    expect(posts('render')).toBe(1);
  });

  it.each([
    ['prompt', { prompt: 'A video about the desert' }],
    ['wishes', { duration: 15 }],
    ['output', { output: { fps: 25 } }],
    ['language', { language: 'zh' }],
    ['media', { media: 'photos' }],
  ])('refuses its id for another %s, before anything is sent', async (field, more) => {
    await clock.run(create().result());
    const sent = backend.requests.length;
    await expect(clock.run(create(more).result())).rejects.toMatchObject({
      name: 'OptionError',
      field: 'checkpoint.id',
      message: expect.stringContaining(field),
    });
    expect(backend.requests).toHaveLength(sent);
  });

  it('takes another request where the one before was refused before anything was sent', async () => {
    await expect(clock.run(create({ media: 'no-such-folder' }).result())).rejects.toThrow(OptionError);
    expect(backend.requests).toHaveLength(0);
    await clock.run(create().result());
    expect(posts('run')).toBe(1);
  });

  it('refuses the slower of two that start at once, before it sends anything', async () => {
    const tasks = [create(), create(), create()];
    const outcomes = await clock.run(Promise.allSettled(tasks.map((task) => task.result())));
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(lost.map(({ reason }) => reason.constructor)).toEqual([
      CheckpointConflictError,
      CheckpointConflictError,
    ]);
    expect(posts('session')).toBe(1);
    expect(backend.charges).toHaveLength(1);
  });

  it('stops one that another has taken over, before it sends its message', async () => {
    const slow: CheckpointStore = {
      ...store,
      async save(id, snapshot, expect) {
        // Another process takes over while this one stores that it will send.
        if (snapshot.run !== undefined) {
          const kept = await store.load(id);
          if (kept !== undefined) await store.save(id, kept.snapshot, kept.version);
        }
        return store.save(id, snapshot, expect);
      },
    };
    const first = create({ checkpoint: { store: slow, id: ID } }).result();
    await expect(clock.run(first)).rejects.toBeInstanceOf(CheckpointConflictError);
    expect(posts('run')).toBe(0);
  });

  it('never sends a message again that may have been sent, unless the caller says so', async () => {
    const stopped = create({ checkpoint: { store: stopping(({ run }) => run !== undefined), id: ID } });
    await expect(clock.run(stopped.result())).rejects.toThrow('killed');
    for (let turn = 0; turn < 2; turn += 1)
      await expect(clock.run(create().result())).rejects.toMatchObject({
        name: 'RunInterruptedError',
        snapshot: { prompt: PROMPT, uploaded: true },
      });
    expect(posts('run')).toBe(0);
    await clock.run(create({ sendAgain: true }).result());
    expect(posts('run')).toBe(1);
  });

  it('knows that a message never left when it is cancelled while that is stored', async () => {
    let task: VideoTask | undefined;
    const slow: CheckpointStore = {
      ...store,
      async save(id, snapshot, expect) {
        if (snapshot.run !== undefined) void task?.cancel();
        await clock.sleep(1_000);
        return store.save(id, snapshot, expect);
      },
    };
    task = create({ checkpoint: { store: slow, id: ID } });
    await expect(clock.run(task.result())).rejects.toMatchObject({ name: 'AbortError' });
    await clock.advance(10_000);
    expect((await store.load(ID))?.snapshot.run).toBeUndefined();
    await clock.run(create().result());
    expect(posts('run')).toBe(1);
  });

  it('is continued by openVideo with its stored snapshot, and not with an old one', async () => {
    const stopped = create({ checkpoint: { store: stopping(({ text }) => text !== undefined), id: ID } });
    await expect(clock.run(stopped.result())).rejects.toThrow('killed');
    const kept = await store.load(ID);
    if (kept === undefined) throw new Error('nothing was kept');
    const checkpoint = { store, id: ID };
    const { text: _, ...old } = kept.snapshot;
    await expect(clock.run(nemo.openVideo(old, { checkpoint }).result())).rejects.toBeInstanceOf(
      CheckpointConflictError,
    );
    await clock.run(nemo.openVideo(kept.snapshot, { checkpoint }).result());
    expect((await store.load(ID))?.snapshot.result).toBeDefined();
    expect(posts('run')).toBe(1);
  });

  it.each([
    [{}, 'checkpoint.id'],
    [{ id: '' }, 'checkpoint.id'],
    [{ id: 'a' }, 'checkpoint.store'],
    [{ id: 'a', store: {} }, 'checkpoint.store'],
    [{ id: 'a', store: 'checkpoints' }, 'checkpoint.store'],
  ])('refuses %j before anything is sent', (checkpoint, field) => {
    expect(() => create({ checkpoint })).toThrow(expect.objectContaining({ name: 'OptionError', field }));
  });
});

describe('reads behind a paid step', () => {
  it('have the patience of render polling, so that minutes of a service that is away end nothing', async () => {
    const task = create();
    const events: string[] = [];
    const working = (async () => {
      for await (const { phase } of task) {
        if (phase === 'settle' && !events.includes('settle'))
          backend.faults.add({ on: 'state', do: 'status', status: 503, times: 30 });
        events.push(phase);
      }
    })();
    await clock.run(working);
    expect(events.at(-1)).toBe('done');
    expect(posts('run')).toBe(1);
  });

  it.each([
    [3, 'done'],
    [4, 'ResponseFormatError'],
  ])('meet %i unreadable answers in a row: %s', async (times, end) => {
    const task = create();
    let last = '';
    const working = (async () => {
      for await (const { phase } of task) {
        if (phase === 'settle' && last !== phase) backend.faults.add({ on: 'state', do: 'garbage', times });
        last = phase;
      }
    })();
    const error: unknown = await clock.run(working.catch((thrown: unknown) => thrown));
    if (error instanceof Error) expect(error).toMatchObject({ snapshot: task.toJSON() });
    expect(error instanceof Error ? error.name : last).toBe(end);
    expect(posts('run')).toBe(1);
  });

  it('end the task when the service stays away, with the snapshot to continue from', async () => {
    const task = create();
    const working = (async () => {
      for await (const { phase } of task)
        if (phase === 'settle') backend.faults.add({ on: 'state', do: 'status', status: 503, times: 1e6 });
    })();
    const error: unknown = await clock.run(working.catch((thrown: unknown) => thrown));
    expect(error).toMatchObject({ name: 'ApiError', snapshot: task.toJSON() });
    expect(task.toJSON().text).toBeDefined();
    backend.faults.clear();
    await clock.run(nemo.openVideo(task.toJSON()).result());
    expect(posts('run')).toBe(1);
  });
});

describe('a callback that throws', () => {
  it('ends the task with its error, and a message that was sent stays sent', async () => {
    const task = create({
      onProgress: ({ message }: VideoEvent) => {
        if (message === 'The timeline changed') throw new Error('my bug');
      },
    });
    await expect(clock.run(task.result())).rejects.toThrow('my bug');
    expect((await store.load(ID))?.snapshot.run).toBeDefined();
    await clock.run(create().result());
    expect(posts('run')).toBe(1);
  });
});

describe('durable work', () => {
  const request = { prompt: PROMPT };
  const video = () => ({ client: nemo, id: ID, request, store });

  it('runVideo makes a video once, however often it is called', async () => {
    const first = await clock.run(runVideo(video()));
    expect(await clock.run(runVideo(video()))).toEqual(first);
    expect(posts('run')).toBe(1);
  });

  it('advanceVideo goes to the render in one call, then asks once in each', async () => {
    const first = await clock.run(advanceVideo(video()));
    expect(first).toEqual({ waitMs: expect.any(Number) });
    let steps = 1;
    for (let step = first; !('done' in step); steps += 1) {
      if (!('waitMs' in step)) throw new Error('asked');
      await clock.advance(step.waitMs);
      const sent = backend.requests.length;
      step = await clock.run(advanceVideo(video()));
      if ('waitMs' in step) expect(backend.requests.length - sent).toBe(1);
    }
    expect(steps).toBeGreaterThan(2);
    expect(await clock.run(advanceVideo(video()))).toHaveProperty('done.renderId');
    expect(posts('run')).toBe(1);
    expect(posts('render')).toBe(1);
  });

  it('is aborted by its signal, and continues with the next call', async () => {
    const aborting = new AbortController();
    const aborted = runVideo({ ...video(), signal: aborting.signal });
    const failure = expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    await clock.advance(10_000);
    aborting.abort();
    await failure;
    await clock.run(runVideo(video()));
    expect(posts('run')).toBe(1);
  });
});
