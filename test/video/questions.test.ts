import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NemoVideo } from '../../src/client.js';
import { type AgentQuestion, AwaitingInputError } from '../../src/errors/index.js';
import type { LocalBackend } from '../../src/local/index.js';
import { createTestClient, type TestClientOptions } from '../../src/testing/index.js';
import {
  advanceVideo,
  type CheckpointStore,
  memoryCheckpoints,
  runVideo,
  type VideoEvent,
  type VideoSnapshot,
} from '../../src/video/index.js';
import { VirtualClock } from '../support/virtual-clock.js';

const PROMPT = 'A 10-second video about the sea';
const PART = {
  id: 'mood',
  prompt: 'Which mood?',
  options: [
    { id: 'calm', label: 'Calm' },
    { id: 'wild', label: 'Wild' },
  ],
};

let clock: VirtualClock;
let backend: LocalBackend;
let nemo: NemoVideo;
let store: CheckpointStore;
/** How many of the next messages the agent answers with a question. */
let asks: number;
let sent: string[];

beforeEach(async () => {
  store = memoryCheckpoints();
  asks = 1;
  sent = [];
  const client: TestClientOptions['client'] = {
    middleware: [
      async (request, next, { operation }) => {
        if (operation !== 'run') return next(request);
        const body = await request.clone().json();
        sent.push(body.new_message.parts[0].text);
        if (asks === 0) {
          // The local agent made nothing of the message that asked: it gets the whole order now.
          return next(new Request(request, { body: JSON.stringify(withText(body, PROMPT)) }));
        }
        asks -= 1;
        const call = { id: 'q1', name: 'ask_question', args: { questions: [PART] } };
        const event = {
          content: { role: 'model', parts: [{ functionCall: call }] },
          longRunningToolIds: ['q1'],
        };
        return new Response(`data: ${JSON.stringify(event)}\n\n`, {
          headers: { 'content-type': 'text/event-stream' },
        });
      },
    ],
  };
  ({ nemo, backend, clock } = await createTestClient({ speed: 20, clock: new VirtualClock(), client }));
});

afterEach(() => backend.close());

const withText = (body: object, text: string): object => ({ ...body, new_message: { parts: [{ text }] } });
const create = (more: object = {}) => nemo.createVideo({ prompt: PROMPT, ...more });
const renders = (): number => backend.requests.filter(({ operation }) => operation === 'render').length;

describe('a question of the agent', () => {
  it('is answered by onQuestion, as often as the agent asks', async () => {
    asks = 2;
    const asked: AgentQuestion[] = [];
    const task = create({
      async onQuestion(question: AgentQuestion) {
        asked.push(question);
        return { mood: asked.length === 1 ? 'wild' : 'something else' };
      },
    });
    const { timeline } = await clock.run(task.result());
    expect(timeline.isExportable()).toBe(true);
    expect(sent).toEqual([PROMPT, '1. Which mood?: Wild', '1. Which mood?: something else']);
    expect(asked[0]?.questions[0]?.options).toEqual(PART.options);
    expect(task.toJSON().question).toBeUndefined();
  });

  it('is an event of the loop', async () => {
    const questions: unknown[] = [];
    const task = create({ onQuestion: () => ({ mood: 'calm' }) });
    const looping = (async () => {
      for await (const event of task)
        if (event.question !== undefined) questions.push([event.message, event.question.questions[0]?.id]);
    })();
    await clock.run(looping);
    expect(questions).toEqual([['Which mood?', 'mood']]);
  });

  it.each([
    ['without onQuestion', {}],
    ['for undefined', { onQuestion: () => undefined }],
  ])('ends the task %s, and nothing is exported', async (_, more) => {
    const error: unknown = await clock.run(create(more).catch((thrown: unknown) => thrown));
    expect(error).toBeInstanceOf(AwaitingInputError);
    expect(error).toMatchObject({
      question: { questions: [{ prompt: 'Which mood?' }] },
      snapshot: { prompt: PROMPT, question: { source: 'ask_question' } },
      message: expect.stringContaining('Which mood?'),
    });
    expect(renders()).toBe(0);
  });

  /** The snapshot of a video whose agent asked, after JSON. */
  async function waiting(): Promise<VideoSnapshot> {
    const task = create();
    await clock.run(task.catch(() => {}));
    return JSON.parse(JSON.stringify(task.toJSON()));
  }

  it('is answered in another process by openVideo, which does not ask again', async () => {
    const questions: unknown[] = [];
    const onProgress = ({ question }: VideoEvent): void => {
      if (question !== undefined) questions.push(question);
    };
    const { timeline } = await clock.run(
      nemo.openVideo(await waiting(), { answers: { mood: 'calm' }, onProgress }).result(),
    );
    expect(questions).toEqual([]);
    expect(timeline.isExportable()).toBe(true);
    expect(sent).toEqual([PROMPT, '1. Which mood?: Calm']);
  });

  it('stays open without answers, and sends nothing', async () => {
    const snapshot = await waiting();
    const requests = backend.requests.length;
    await expect(clock.run(nemo.openVideo(snapshot).result())).rejects.toBeInstanceOf(AwaitingInputError);
    expect(backend.requests).toHaveLength(requests);
  });

  it('refuses answers to no part of it, or to no question at all, at once', async () => {
    const snapshot = await waiting();
    expect(() => nemo.openVideo(snapshot, { answers: { moood: 'calm' } })).toThrow(
      expect.objectContaining({ name: 'OptionError', field: 'answers.moood' }),
    );
    const { question: _, ...answered } = snapshot;
    expect(() => nemo.openVideo(answered, { answers: { mood: 'calm' } })).toThrow(
      expect.objectContaining({ name: 'OptionError', field: 'answers' }),
    );
  });

  it('waits again when its answer never leaves', async () => {
    const snapshot = await waiting();
    backend.faults.add({ on: 'run', do: 'refuse', times: 3 });
    const task = nemo.openVideo(snapshot, { answers: { mood: 'calm' } });
    await expect(clock.run(task.result())).rejects.toMatchObject({ name: 'NetworkError' });
    expect(task.toJSON()).toEqual(snapshot);
  });

  it('whose answer may have been sent is never answered again automatically', async () => {
    const snapshot = await waiting();
    const saved: VideoSnapshot[] = [];
    const stopped = nemo.openVideo(snapshot, {
      answers: { mood: 'calm' },
      onCheckpoint(kept) {
        saved.push(kept);
        throw new Error('killed');
      },
    });
    await expect(clock.run(stopped.result())).rejects.toThrow('killed');
    const [kept] = saved;
    if (kept === undefined) throw new Error('nothing was kept');
    expect(kept).toMatchObject({ run: { message: '1. Which mood?: Calm' } });
    expect(kept.question).toBeUndefined();
    await expect(clock.run(nemo.openVideo(kept).result())).rejects.toMatchObject({
      name: 'RunInterruptedError',
    });
    expect(sent).toEqual([PROMPT]);
    await clock.run(nemo.openVideo(kept, { sendAgain: true }).result());
    expect(sent).toEqual([PROMPT, '1. Which mood?: Calm']);
  });

  it('waits in a checkpoint for the answers of a later call', async () => {
    const video = { client: nemo, id: 'sea', request: { prompt: PROMPT }, store };
    await expect(clock.run(runVideo(video))).rejects.toBeInstanceOf(AwaitingInputError);
    await expect(clock.run(runVideo(video))).rejects.toBeInstanceOf(AwaitingInputError);
    expect(await clock.run(advanceVideo(video))).toMatchObject({ question: { questions: [{ id: 'mood' }] } });
    await clock.run(runVideo({ ...video, answers: { mood: 'calm' } }));
    // The queue may deliver the job again with what it knows.
    await clock.run(runVideo({ ...video, answers: { mood: 'calm' } }));
    expect(sent).toEqual([PROMPT, '1. Which mood?: Calm']);
  });

  it.each([
    ['without a checkpoint', () => undefined],
    ['with a checkpoint of no video yet', () => ({ store, id: 'sea' })],
  ])(
    'does not wait in a new video: answers %s are refused before anything is sent',
    async (_, checkpoint) => {
      const made = (async () => create({ checkpoint: checkpoint(), answers: { mood: 'calm' } }))();
      const error: unknown = await clock.run(made.catch((thrown: unknown) => thrown));
      expect(error).toMatchObject({ name: 'OptionError', field: 'answers' });
      expect(backend.requests).toEqual([]);
      expect(await store.load('sea')).toBeUndefined();
    },
  );

  it('refuses answers to no part of what its checkpoint waits with, and stays open', async () => {
    const checkpoint = { store, id: 'sea' };
    await clock.run(create({ checkpoint }).catch(() => {}));
    const kept = await store.load('sea');
    const wrong = create({ checkpoint, answers: { moood: 'calm' } });
    await expect(clock.run(wrong.result())).rejects.toMatchObject({
      name: 'OptionError',
      field: 'answers.moood',
    });
    expect(await store.load('sea')).toEqual(kept);
    expect(sent).toEqual([PROMPT]);
  });

  it('is not answered with the answers to an earlier one, which a queue passes again', async () => {
    const video = { client: nemo, id: 'sea', request: { prompt: PROMPT }, store };
    await clock.run(runVideo(video).catch(() => {}));
    // The worker is killed when it sends the answer, and what it sends later is answered with another question.
    const answered = { ...video, answers: { mood: 'calm' } };
    let isDead = false;
    const save: CheckpointStore['save'] = async (id, snapshot, expect) => {
      const version = isDead ? '' : await store.save(id, snapshot, expect);
      isDead ||= snapshot.run !== undefined;
      if (isDead) throw new Error('killed');
      return version;
    };
    await expect(clock.run(runVideo({ ...answered, store: { ...store, save } }))).rejects.toThrow('killed');
    asks = 1;
    await expect(clock.run(runVideo({ ...answered, sendAgain: true }))).rejects.toBeInstanceOf(
      AwaitingInputError,
    );
    expect(sent).toEqual([PROMPT, '1. Which mood?: Calm']);
  });
});
