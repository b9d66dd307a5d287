import { getEventListeners } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NemoVideo } from '../../src/client.js';
import {
  AbortError,
  InsufficientCreditsError,
  OptionError,
  RunInterruptedError,
  UnsupportedMediaError,
} from '../../src/errors/index.js';
import { ask } from '../../src/local/agent/index.js';
import type { LocalBackend } from '../../src/local/index.js';
import { createTestClient } from '../../src/testing/index.js';
import { memoryCheckpoints, type VideoEvent, type VideoSnapshot } from '../../src/video/index.js';
import { png } from '../support/pictures.js';
import { VirtualClock } from '../support/virtual-clock.js';

let clock: VirtualClock;
let backend: LocalBackend;
let nemo: NemoVideo;
let folder: string;

beforeEach(async () => {
  ({ nemo, backend, clock } = await createTestClient({ speed: 20, credits: 100, clock: new VirtualClock() }));
  folder = await mkdtemp(join(tmpdir(), 'nemovideo-video-'));
});

afterEach(async () => {
  await backend.close();
  await rm(folder, { recursive: true, force: true });
});

const photos = [
  { name: 'mug.png', data: png(64, 48, [200, 60, 40]) },
  { name: 'plant.png', data: png(64, 48, [40, 160, 60]) },
  { name: 'logo.png', data: png(32, 32, [20, 20, 20]) },
];
const PROMPT = 'Create a 10-second promotional video with music and text overlays';

const posts = (operation: string): number =>
  backend.requests.filter((request) => request.operation === operation && request.method === 'POST').length;

async function collect(task: AsyncIterable<VideoEvent>): Promise<VideoEvent[]> {
  const events: VideoEvent[] = [];
  for await (const event of task) events.push(event);
  return events;
}

describe('createVideo', () => {
  it('makes a video of files and a sentence, reporting every phase in order with percent that never falls', async () => {
    const path = join(folder, 'promo.mp4');
    const task = nemo.createVideo({ media: photos, prompt: PROMPT, download: path });
    const events = await clock.run(collect(task));
    const phases = events.map(({ phase }) => phase).filter((phase, index, all) => phase !== all[index - 1]);
    expect(phases).toEqual(['session', 'upload', 'run', 'settle', 'render', 'download', 'done']);
    const percents = events.map(({ percent }) => percent);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(percents.at(-1)).toBe(100);

    const result = await task.result();
    expect(result.path).toBe(path);
    expect((await readFile(path)).length).toBe(result.bytes);
    expect(result.timeline.durationMs).toBe(10_000);
    expect(result.text).not.toBe('');
    expect(backend.charges).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('reports what the agent says sentence by sentence, without instructions for a screen, and moves on with each', async () => {
    const events = await clock.run(collect(nemo.createVideo({ media: photos, prompt: PROMPT })));
    const answer = events.filter(({ phase }) => phase === 'run');
    const said = answer.map(({ message }) => message);
    expect(said.filter((message) => /\n|click|button/i.test(message))).toEqual([]);
    const sentences = said.filter((message) => /[.!]$/.test(message));
    expect(sentences.length).toBeGreaterThan(1);
    expect(new Set(sentences).size).toBe(sentences.length);
    const [first, ...later] = answer.map(({ percent }) => percent);
    expect(Math.max(...later)).toBeGreaterThan((first ?? 100) + 15);
    expect(answer.every(({ phasePercent }) => phasePercent === undefined)).toBe(true);
  });

  it('reports in one line that a terminal can show, whatever a file or a question is called', async () => {
    const asked = { id: 'q', prompt: 'Which\u001b[2J\n\u009b31mmood?\u202E', options: [] };
    backend.agent.on(/promotional/, () => ask({ questions: [asked] }));
    const task = nemo.createVideo({
      media: { name: 'a\u001b[31mb\u202Ec.png', data: png(8, 8, [1, 2, 3]) },
      prompt: PROMPT,
      onQuestion: () => ({ q: 'calm' }),
    });
    const events: VideoEvent[] = [];
    const loop = (async () => {
      for await (const event of task) events.push(event);
    })();
    await clock.run(loop.catch(() => {}));
    const messages = events.map(({ message }) => message);
    expect(messages).toEqual(expect.arrayContaining(['Uploading abc.png', 'Which mood?']));
    expect(messages.join('')).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('repeats what the agent said where no video came of it', async () => {
    const task = nemo.createVideo({ media: photos, prompt: 'Qwertz uiop' });
    const error: unknown = await clock.run(task.result().catch((failure: unknown) => failure));
    expect(error).toMatchObject({
      name: 'NothingToExportError',
      answer: expect.stringMatching(/understand/),
    });
    expect(error).toMatchObject({ message: expect.stringContaining('the agent said: “') });
    expect(posts('render')).toBe(0);
  });

  it('refuses a misspelt field before anything is sent, and says what was meant', () => {
    const create = (request: object): unknown =>
      Reflect.apply(nemo.createVideo, nemo, [{ prompt: PROMPT, ...request }]);
    expect(() => create({ downlaod: 'a.mp4' })).toThrow(
      expect.objectContaining({ name: 'OptionError', field: 'downlaod', hint: 'Did you mean `download`?' }),
    );
    expect(() => create({ Media: photos })).toThrow(
      expect.objectContaining({ hint: 'Did you mean `media`?' }),
    );
    const snapshot = nemo.createVideo({ prompt: PROMPT }).toJSON();
    expect(() => Reflect.apply(nemo.openVideo, nemo, [snapshot, { again: true }])).toThrow(
      expect.objectContaining({ field: 'again', accepted: expect.stringContaining('sendAgain') }),
    );
    expect(backend.requests).toEqual([]);
  });

  it('refuses at once to save the video to an invalid destination, also when it continues', () => {
    const create = (request: object): unknown =>
      Reflect.apply(nemo.createVideo, nemo, [{ prompt: PROMPT, ...request }]);
    const snapshot = nemo.createVideo({ prompt: PROMPT }).toJSON();
    for (const download of [42, '', new URL('file:///tmp/promo.mp4'), null]) {
      const refusal = expect.objectContaining({ name: 'OptionError', field: 'download' });
      expect(() => create({ download })).toThrow(refusal);
      if (download !== null)
        expect(() => Reflect.apply(nemo.openVideo, nemo, [snapshot, { download }])).toThrow(refusal);
    }
    expect(backend.requests).toEqual([]);
  });

  it('sends nothing when the video could not be saved where it shall go', async () => {
    const failure = (download: string): Promise<unknown> =>
      clock.run(
        nemo
          .createVideo({ prompt: PROMPT, download })
          .result()
          .catch((error: unknown) => error),
      );
    expect(await failure(join(folder, 'none', 'promo.mp4'))).toMatchObject({
      name: 'OptionError',
      field: 'download',
      hint: 'Make the folder first.',
    });
    expect(await failure(folder)).toMatchObject({ name: 'OptionError', field: 'download' });
    expect(backend.requests).toEqual([]);
  });

  it('generates from a sentence alone', async () => {
    const result = await clock.run(nemo.createVideo({ prompt: 'A 10-second video about the sea' }).result());
    expect(result.timeline.isExportable()).toBe(true);
    expect(posts('upload')).toBe(0);
    expect(result).not.toHaveProperty('path');
  });

  it('sends nothing until it is used', async () => {
    nemo.createVideo({ prompt: PROMPT });
    await clock.advance(60_000);
    expect(backend.requests).toHaveLength(0);
  });

  it.each([
    ['an empty list of media', { media: [], prompt: PROMPT }, 'media'],
    ['an empty prompt', { prompt: ' ' }, 'prompt'],
  ])('refuses %s before anything is sent', (_, request, field) => {
    expect(() => nemo.createVideo(request)).toThrow(expect.objectContaining({ name: 'OptionError', field }));
    expect(backend.requests).toHaveLength(0);
  });

  it('fails before anything is sent for a file that is not what its name says, and leaves nothing behind', async () => {
    const path = join(folder, 'fake.png');
    await writeFile(path, 'just words');
    const task = nemo.createVideo({ media: [path], prompt: PROMPT, download: join(folder, 'out.mp4') });
    const error = await clock.run(task.result().catch((thrown: unknown) => thrown));
    expect(error).toBeInstanceOf(UnsupportedMediaError);
    expect(String(error)).toContain('fake.png');
    expect(backend.requests).toHaveLength(0);
    expect(await readdir(folder)).toEqual(['fake.png']);
  });

  it('awaits onCheckpoint before and after each step that costs', async () => {
    const seen: { snapshot: VideoSnapshot; runs: number; submissions: number }[] = [];
    const task = nemo.createVideo({
      media: photos,
      prompt: PROMPT,
      onCheckpoint: async (snapshot) => {
        await Promise.resolve();
        seen.push({ snapshot, runs: posts('run'), submissions: posts('render') });
      },
    });
    await clock.run(task.result());
    const before = seen.find(({ snapshot }) => snapshot.run !== undefined);
    const after = seen.find(({ snapshot }) => snapshot.text !== undefined);
    expect(before?.runs).toBe(0);
    expect(after?.runs).toBe(1);
    const submitting = seen.find(({ snapshot }) => snapshot.render?.submitted === false);
    const submitted = seen.find(({ snapshot }) => snapshot.render?.submitted === true);
    expect(submitting?.submissions).toBe(0);
    expect(submitted?.submissions).toBe(1);
    expect(JSON.stringify(seen)).not.toContain('nmv_');
    expect(task.toJSON()).toEqual(JSON.parse(JSON.stringify(seen.at(-1)?.snapshot)));
  });

  it('ends without sending more when onCheckpoint fails', async () => {
    const task = nemo.createVideo({
      prompt: PROMPT,
      onCheckpoint: ({ run }) => {
        if (run !== undefined) throw new Error('the disk is full');
      },
    });
    await expect(clock.run(task.result())).rejects.toThrow('the disk is full');
    expect(posts('run')).toBe(0);
  });

  it('settles an abort at once while onCheckpoint takes for ever', async () => {
    const aborting = new AbortController();
    const { signal } = aborting;
    const onCheckpoint = (): Promise<void> => {
      setImmediate(() => aborting.abort());
      return new Promise(() => {});
    };
    const result = nemo.createVideo({ prompt: PROMPT, onCheckpoint, signal }).result();
    await expect(clock.run(result)).rejects.toBeInstanceOf(AbortError);
    expect(posts('run')).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('is the result when it is awaited', async () => {
    const { path, bytes } = await clock.run(
      (async () =>
        nemo.createVideo({ media: photos, prompt: PROMPT, download: join(folder, 'promo.mp4') }))(),
    );
    expect((await readFile(path)).length).toBe(bytes);
  });

  it('prints that it was not started', () => {
    expect(inspect(nemo.createVideo({ prompt: PROMPT }))).toBe(
      'VideoTask { not started: await it or iterate it }',
    );
  });

  it('continues when its loop is left', async () => {
    const task = nemo.createVideo({ media: photos, prompt: PROMPT });
    const leaving = (async () => {
      for await (const { phase } of task) if (phase === 'run') break;
    })();
    await clock.run(leaving);
    const { timeline } = await clock.run(task.result());
    expect(timeline.isExportable()).toBe(true);
    expect(backend.charges).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  /** A task that has reached a phase, with the number of requests until then. */
  async function until(wanted: VideoEvent['phase']) {
    const task = nemo.createVideo({ media: photos, prompt: PROMPT });
    const reaching = (async () => {
      let seen = 0;
      for await (const { phase } of task) {
        if (phase === wanted) seen += 1;
        if (seen === 2) return;
      }
    })();
    await clock.run(reaching);
    return { task, sent: backend.requests.length };
  }

  it('stops at once by cancel(), and sends nothing more', async () => {
    const { task, sent } = await until('run');
    const failure = task.result().catch((error: unknown) => error);
    await task.cancel('no time');
    expect(await failure).toMatchObject({ name: 'AbortError', cause: 'no time', snapshot: task.toJSON() });
    expect(task.status).toBe('cancelled');
    await clock.advance(600_000);
    expect(backend.requests).toHaveLength(sent);
    expect(clock.pending).toBe(0);
  });

  it('cancels its render by cancel(), and the snapshot renders anew', async () => {
    const { task, sent } = await until('render');
    // An error that is not caught ends the process: it must not come before the request has left.
    const sentAtEnd = (async () => {
      for await (const _ of task);
    })().catch(() => backend.requests.length);
    await task.cancel();
    expect(await sentAtEnd).toBe(sent + 1);
    expect(backend.requests.slice(sent).map(({ path }) => path)).toEqual([
      expect.stringMatching(/\/render_[^/]+\/cancel$/),
    ]);
    expect(clock.pending).toBe(0);
    const { renderId } = await clock.run(nemo.openVideo(task.toJSON()).result());
    expect(renderId).not.toBe(task.toJSON().render?.id);
    expect(backend.charges).toHaveLength(1);
  });

  it('is cancelled at the end of its block', async () => {
    const { task, sent } = await until('upload');
    {
      await using _video = task;
    }
    expect(task.status).toBe('cancelled');
    await clock.advance(600_000);
    expect(backend.requests).toHaveLength(sent);
  });

  it('streams its events to a browser, with the result at the end', async () => {
    const response = nemo.createVideo({ prompt: PROMPT }).toEventStream();
    const blocks = (await clock.run(response.text())).trim().split('\n\n');
    expect(blocks[0]).toMatch(/^data: \{"phase":"session","percent":0,/);
    expect(blocks.at(-1)).toMatch(/^event: result\ndata: \{"sessionId":/);
    expect(backend.charges).toHaveLength(1);
  });

  it('calls onProgress with every event, in whole percents', async () => {
    const events: VideoEvent[] = [];
    const task = nemo.createVideo({
      media: photos,
      prompt: PROMPT,
      onProgress: (event) => events.push(event),
    });
    const looped = await clock.run(collect(task));
    expect(events).toEqual(looped);
    const percents = events.flatMap(({ percent, phasePercent = 0 }) => [percent, phasePercent]);
    expect(percents.filter((percent) => !Number.isInteger(percent))).toEqual([]);
  });

  it('fails with what an asynchronous onProgress rejects with', async () => {
    const task = nemo.createVideo({
      prompt: PROMPT,
      onProgress: async () => {
        throw new Error('no room');
      },
    });
    await expect(clock.run(task.result())).rejects.toThrow('no room');
    expect(backend.charges).toHaveLength(0);
  });

  it('stops when the signal aborts, and the snapshot continues from there', async () => {
    const aborting = new AbortController();
    const task = nemo.createVideo({ media: photos, prompt: PROMPT, signal: aborting.signal });
    const result = task.result().catch((error: unknown) => error);
    const watching = (async () => {
      try {
        for await (const { phase } of task) if (phase === 'render') aborting.abort();
      } catch {
        // What the loop throws is what `result()` rejects; it is checked there.
      }
    })();
    await clock.run(watching);
    expect(await result).toBeInstanceOf(AbortError);
    const video = await clock.run(nemo.openVideo(task.toJSON()).result());
    expect(video.timeline.isExportable()).toBe(true);
    expect(backend.charges).toHaveLength(1);
  });

  it('has one listener on a signal that many videos share, and none when they have ended', async () => {
    const { signal } = new AbortController();
    const results = Array.from({ length: 12 }, () =>
      nemo
        .createVideo({ prompt: PROMPT, signal, download: join(folder, 'none', 'promo.mp4') })
        .result()
        .catch((error: unknown) => error),
    );
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await clock.run(Promise.all(results));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('names what to do when the credits are used up', async () => {
    backend.faults.add({ on: 'run', do: 'status', status: 200, code: 2001 });
    const error = await clock.run(
      nemo
        .createVideo({ prompt: PROMPT })
        .result()
        .catch((thrown: unknown) => thrown),
    );
    expect(error).toBeInstanceOf(InsufficientCreditsError);
    expect(error).toHaveProperty('registerUrl.searchParams', expect.anything());
  });
});

describe('a message that was refused before any work', () => {
  it.each([
    ['never left', { on: 'run', do: 'refuse', times: 3 } as const],
    ['found no credits', { on: 'run', do: 'status', status: 402, code: 2001 } as const],
  ])('because it %s is sent when the video goes on, without waiting for an outcome', async (_, fault) => {
    const saved: VideoSnapshot[] = [];
    backend.faults.add(fault);
    const task = nemo.createVideo({ prompt: PROMPT, onCheckpoint: (snapshot) => void saved.push(snapshot) });
    await expect(clock.run(task.result())).rejects.toThrow();
    expect(task.toJSON().run).toBeUndefined();
    expect(saved.at(-1)).toEqual(task.toJSON());
    backend.faults.clear();
    const events = await clock.run(collect(nemo.openVideo(JSON.parse(JSON.stringify(task.toJSON())))));
    expect(events.at(-1)?.phase).toBe('done');
    expect(events.some(({ message }) => message.startsWith('Looking for'))).toBe(false);
    expect(backend.charges).toHaveLength(1);
  });
});

describe('openVideo', () => {
  /** The snapshots of a whole video, one for each checkpoint. */
  async function snapshots(): Promise<VideoSnapshot[]> {
    const seen: VideoSnapshot[] = [];
    await clock.run(
      nemo
        .createVideo({ media: photos, prompt: PROMPT, onCheckpoint: (snapshot) => void seen.push(snapshot) })
        .result(),
    );
    return seen;
  }

  it('continues from every checkpoint after the message, without a second charge or render', async () => {
    const seen = await snapshots();
    const submissions = posts('render');
    for (const snapshot of seen.filter(({ text }) => text !== undefined)) {
      const result = await clock.run(nemo.openVideo(JSON.parse(JSON.stringify(snapshot))).result());
      expect(result.timeline.durationMs).toBe(10_000);
    }
    expect(backend.charges).toHaveLength(1);
    // One checkpoint lies between the message and the first submission: its resume renders once more.
    expect(posts('render') - submissions).toBeLessThanOrEqual(1);
  });

  it('waits for nothing to settle where the render is under way already', async () => {
    const submitted = (await snapshots()).filter(({ render }) => render?.submitted);
    expect(submitted).not.toEqual([]);
    for (const snapshot of submitted) {
      const events = await clock.run(collect(nemo.openVideo(snapshot)));
      expect(events.map(({ phase }) => phase)).not.toContain('settle');
      expect(events.at(-1)?.timeline?.durationMs).toBe(10_000);
    }
  });

  it('does not send a message again that may have been sent, unless asked to', async () => {
    const unsent: VideoSnapshot[] = [];
    const stopped = nemo.createVideo({
      prompt: PROMPT,
      onCheckpoint: (snapshot) => {
        if (snapshot.run !== undefined) {
          unsent.push(snapshot);
          throw new Error('killed');
        }
      },
    });
    await expect(clock.run(stopped.result())).rejects.toThrow('killed');
    const [snapshot] = unsent;
    if (snapshot === undefined) throw new Error('no snapshot was taken');
    await expect(clock.run(nemo.openVideo(snapshot).result())).rejects.toBeInstanceOf(RunInterruptedError);
    expect(backend.charges).toHaveLength(0);
    const result = await clock.run(nemo.openVideo(snapshot, { sendAgain: true }).result());
    expect(result.timeline.isExportable()).toBe(true);
    expect(backend.charges).toHaveLength(1);
  });

  it.each([
    ['nothing', undefined],
    ['another version', { version: 2 }],
    ['no prompt', { version: 1, uploaded: false, output: {} }],
  ])('refuses %s as a snapshot', (_, value) => {
    const open = (): unknown => Reflect.apply(nemo.openVideo, nemo, [value]);
    expect(open).toThrow(OptionError);
  });

  it('asks for media that the snapshot could not hold', () => {
    const snapshot: VideoSnapshot = {
      version: 1,
      prompt: PROMPT,
      output: { format: 'mp4', quality: 'high' },
      media: [null],
      uploaded: false,
    };
    expect(() => nemo.openVideo(snapshot)).toThrow(expect.objectContaining({ field: 'media[0]' }));
  });
});

it('does not send a message again whose answer ended in a code, because some of the work may be done', async () => {
  backend.faults.add({ on: 'run', do: 'error-event', code: 2001, after: 'event:2' });
  const checkpoint = { store: memoryCheckpoints(), id: 'video' };
  const first = nemo.createVideo({ prompt: PROMPT, checkpoint });
  await expect(clock.run(first.result())).rejects.toBeInstanceOf(InsufficientCreditsError);
  const next = nemo.createVideo({ prompt: PROMPT, checkpoint });
  await clock.run(next.catch(() => {}));
  expect(posts('run')).toBe(1);
});
