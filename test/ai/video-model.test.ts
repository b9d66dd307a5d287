import { describe, expect, it } from 'vitest';
import { createNemoVideoProvider, type VideoCallOptions } from '../../src/ai/index.js';
import { AwaitingInputError, InsufficientCreditsError, OptionError } from '../../src/index.js';
import { edit, say } from '../../src/local/index.js';
import { fastClock } from '../support/fast-clock.js';
import { asksFirst, heldAnswer, service } from './support/service.js';

const PROMPT = 'A 5-second video of the sea';

/** A call as the AI SDK makes it: every field is there. */
const call = (more: Partial<VideoCallOptions> = {}): VideoCallOptions => ({
  prompt: PROMPT,
  n: 1,
  aspectRatio: undefined,
  resolution: undefined,
  duration: undefined,
  fps: undefined,
  seed: undefined,
  image: undefined,
  frameImages: undefined,
  inputReferences: undefined,
  generateAudio: undefined,
  providerOptions: {},
  ...more,
});

/** Reports after a moment that a silent agent is still working, and does not give it up. */
const HOUR = 3_600_000;
const PATIENT = {
  clock: fastClock(200),
  timeouts: { request: HOUR, streamIdle: HOUR, contentIdle: HOUR, run: HOUR },
};

/** One red picture of 16 × 9. */
const PNG = Uint8Array.from(
  atob(
    'iVBORw0KGgoAAAANSUhEUgAAABAAAAAJCAIAAAC0SDtlAAAAFElEQVR4nGPQqDhBEmIY1TAoNAAAHSvKgVpV8TkAAAAASUVORK5CYII=',
  ),
  (char) => char.charCodeAt(0),
);

const typeOf = (data: Uint8Array | undefined): string => String.fromCharCode(...(data?.slice(4, 8) ?? []));

describe('the provider', () => {
  it('has one agent, under both names that the AI SDK uses, and nothing else', async () => {
    await using work = await service();
    const provider = createNemoVideoProvider({ client: work.client() });
    const model = provider.video('nemo_agent');
    expect(model).toMatchObject({ specificationVersion: 'v4', provider: 'nemovideo', maxVideosPerCall: 1 });
    expect(provider.videoModel('nemo_agent')).toBe(model);
    expect(() => provider.videoModel('nemo_agnet')).toThrow(OptionError);
    for (const other of ['languageModel', 'embeddingModel', 'imageModel'] as const)
      expect(() => provider[other]('x')).toThrow(/video model/);
  });

  it('refuses what is not a client, and a setting that it does not know', () => {
    // @ts-expect-error: not a client.
    expect(() => createNemoVideoProvider({ client: {} })).toThrow(/client/);
    // @ts-expect-error: no such setting.
    expect(() => createNemoVideoProvider({ client: {}, onprogress: () => {} })).toThrow(/onProgress/);
  });
});

describe('doGenerate', () => {
  it('returns the bytes of the MP4 and what the agent said, for one message', async () => {
    await using work = await service();
    const phases = new Set<string>();
    const provider = createNemoVideoProvider({
      client: work.client(),
      onProgress: ({ phase }) => phases.add(phase),
    });
    const { videos, warnings, providerMetadata, response } = await provider
      .video('nemo_agent')
      .doGenerate(call());
    expect(videos).toMatchObject([{ type: 'binary', mediaType: 'video/mp4' }]);
    expect(typeOf(videos[0]?.data)).toBe('ftyp');
    expect(warnings).toEqual([]);
    expect(providerMetadata.nemovideo).toMatchObject({
      videos: [
        { renderId: expect.stringMatching(/^render_/), timeline: expect.stringContaining('Timeline') },
      ],
    });
    expect(response).toMatchObject({ timestamp: expect.any(Date), modelId: 'nemo_agent' });
    expect([...phases]).toEqual(['session', 'run', 'settle', 'render', 'download', 'done']);
    expect(work.count('run')).toBe(1);
  });

  it('asks the agent for length, shape, music and title, and the render for lines and frames', async () => {
    await using work = await service();
    await createNemoVideoProvider({ client: work.client() })
      .video('nemo_agent')
      .doGenerate(
        call({
          duration: 8,
          resolution: '720x1280',
          fps: 24,
          generateAudio: true,
          providerOptions: { nemovideo: { title: 'Low tide' } },
        }),
      );
    const message = JSON.stringify(work.backend.requests.find(({ operation }) => operation === 'run')?.body);
    for (const wish of ['8 seconds long', 'vertical (9:16)', 'Add background music', 'Low tide'])
      expect(message).toContain(wish);
    const render = work.backend.requests.find(({ operation }) => operation === 'render');
    expect(render?.body).toMatchObject({ output: { resolution: '720p', fps: 24 } });
  });

  it('uploads pictures under the names of what they are for, the first frame once', async () => {
    await using work = await service();
    const image = { type: 'file', mediaType: 'image/png', data: PNG } as const;
    await createNemoVideoProvider({ client: work.client() })
      .video('nemo_agent')
      .doGenerate(
        call({
          image,
          frameImages: [
            { image: { ...image, data: btoa(String.fromCharCode(...PNG)) }, frameType: 'last_frame' },
            { image, frameType: 'first_frame' },
          ],
        }),
      );
    const message = JSON.stringify(work.backend.requests.find(({ operation }) => operation === 'run')?.body);
    expect(message).toContain('Uploaded files: first-frame.png, last-frame.png.');
  });

  it('warns of what cannot be done as asked', async () => {
    await using work = await service();
    const model = createNemoVideoProvider({ client: work.client() }).video('nemo_agent');
    const wish = {
      n: 2,
      seed: 7,
      aspectRatio: '21:9',
      resolution: '1000x1000',
      generateAudio: false,
    } as const;
    const { warnings } = await model.doGenerate(call(wish));
    expect(warnings.map(({ type, feature }) => `${type} ${feature}`)).toEqual([
      'unsupported n',
      'unsupported seed',
      'compatibility generateAudio',
      'unsupported aspectRatio',
    ]);
    const adaptive = await model.doGenerate(call({ aspectRatio: 'adaptive', resolution: '999x500' }));
    expect(adaptive.warnings.map(({ feature }) => feature)).toEqual(['aspectRatio', 'resolution']);
  });

  it('refuses an unknown field of its options, and a media type, before anything is sent', async () => {
    await using work = await service();
    const model = createNemoVideoProvider({ client: work.client() }).video('nemo_agent');
    await expect(
      model.doGenerate(call({ providerOptions: { nemovideo: { tilte: 'x' } } })),
    ).rejects.toMatchObject({
      name: 'OptionError',
      field: 'providerOptions.nemovideo.tilte',
    });
    await expect(
      model.doGenerate(call({ providerOptions: { nemovideo: { answers: { style: 'calm' } } } })),
    ).rejects.toMatchObject({ field: 'providerOptions.nemovideo.answers' });
    const image = { type: 'file', mediaType: 'image/tiff', data: PNG } as const;
    await expect(model.doGenerate(call({ image }))).rejects.toThrow(/image\/tiff/);
    await expect(model.doGenerate(call({ prompt: undefined }))).rejects.toMatchObject({ field: 'prompt' });
    expect(work.backend.requests).toHaveLength(0);
  });

  it('throws the errors of the client with their hints', async () => {
    await using work = await service();
    const token = work.backend.issueToken({ credits: 0 });
    const model = createNemoVideoProvider({ client: work.client({ token }) }).video('nemo_agent');
    const error = await model.doGenerate(call()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InsufficientCreditsError);
    expect(error).toMatchObject({ hint: expect.any(String), snapshot: { prompt: PROMPT } });
  });

  it('says how to answer a question, and continues with the answer', async () => {
    await using work = await service();
    asksFirst(work.backend);
    const model = createNemoVideoProvider({ client: work.client() }).video('nemo_agent');
    const error = await model.doGenerate(call()).catch((thrown: unknown) => thrown);
    if (!(error instanceof AwaitingInputError)) throw error;
    expect(error.message).toContain('Which style?');
    expect(error.hint).toContain('nemovideo: { snapshot, answers: { "style": "calm" | "wild" } }');
    const snapshot = JSON.parse(JSON.stringify(error.snapshot));
    const { videos, providerMetadata } = await model.doGenerate(
      call({ providerOptions: { nemovideo: { snapshot, answers: { style: 'calm' } } } }),
    );
    expect(typeOf(videos[0]?.data)).toBe('ftyp');
    expect(providerMetadata.nemovideo).toMatchObject({ videos: [{ text: 'A calm sea it is.' }] });
    // The order, and the answer.
    expect(work.count('run')).toBe(2);
  });

  it('asks onQuestion, and sends one order', async () => {
    await using work = await service();
    asksFirst(work.backend);
    const provider = createNemoVideoProvider({
      client: work.client(),
      onQuestion: () => ({ style: 'wild' }),
    });
    const { videos } = await provider.video('nemo_agent').doGenerate(call());
    expect(typeOf(videos[0]?.data)).toBe('ftyp');
  });

  it('ends when its signal aborts, and cancels the render', async () => {
    await using work = await service();
    work.backend.faults.add({ on: 'poll', do: 'status', status: 503, times: 1_000 });
    const abort = new AbortController();
    const provider = createNemoVideoProvider({
      client: work.client(),
      onProgress: ({ phase, message }) => {
        if (phase === 'render' && message === 'Rendering') abort.abort();
      },
    });
    const done = provider.video('nemo_agent').doGenerate(call({ abortSignal: abort.signal }));
    await expect(done).rejects.toMatchObject({ name: 'AbortError', snapshot: { prompt: PROMPT } });
    await expect.poll(() => work.count('cancel')).toBe(1);
  });

  it('sends nothing when its signal has aborted before', async () => {
    await using work = await service();
    const model = createNemoVideoProvider({ client: work.client() }).video('nemo_agent');
    const done = model.doGenerate(call({ abortSignal: AbortSignal.abort() }));
    await expect(done).rejects.toMatchObject({ name: 'AbortError' });
    expect(work.backend.requests).toHaveLength(0);
  });
});

describe('doStart and doStatus', () => {
  /** Asks until the video has ended. */
  async function finished(
    model: ReturnType<ReturnType<typeof createNemoVideoProvider>['video']>,
    operation: unknown,
  ) {
    for (;;) {
      const status = await model.doStatus({ operation });
      if (status.status !== 'pending') return status;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  it('makes one video for one message and one render', async () => {
    await using work = await service();
    const model = createNemoVideoProvider({ client: work.client() }).video('nemo_agent');
    const { operation, warnings } = await model.doStart(call({ seed: 1 }));
    expect(operation).toEqual(JSON.parse(JSON.stringify(operation)));
    expect(warnings).toMatchObject([{ feature: 'seed' }]);
    const status = await finished(model, operation);
    if (status.status !== 'completed') throw new Error(status.status);
    expect(typeOf(status.videos[0]?.data)).toBe('ftyp');
    // Again, and from what a database returns: the same video.
    const again = await finished(model, JSON.parse(JSON.stringify(operation)));
    expect(again).toMatchObject({ status: 'completed', videos: status.videos });
    expect(work.count('run')).toBe(1);
    expect(work.count('render')).toBe(1);
  });

  it('returns when the agent has begun, with progress until the video is finished', async () => {
    await using work = await service();
    work.backend.agent.on(/sea/, [
      say('I begin.'),
      edit(() => ({ t: [{ tt: 0, sg: [{ d: 5_000, m: { name: 'sea' } }] }], d: 5_000 })),
      say('Done.'),
    ]);
    const model = createNemoVideoProvider({ client: work.client() }).video('nemo_agent');
    const { operation } = await model.doStart(call());
    expect(operation).toMatchObject({ run: { message: PROMPT }, render: { submitted: false } });
    const status = await model.doStatus({ operation });
    expect(status).toMatchObject({
      status: 'pending',
      providerMetadata: { nemovideo: { phase: expect.any(String), percent: expect.any(Number) } },
    });
    await finished(model, operation);
  });

  it('continues in the same process when the signal that it was started with has aborted since', async () => {
    await using work = await service();
    const model = createNemoVideoProvider({ client: work.client() }).video('nemo_agent');
    const stop = new AbortController();
    const { operation } = await model.doStart(call({ abortSignal: stop.signal }));
    stop.abort();
    expect(await finished(model, operation)).toMatchObject({ status: 'completed' });
    expect(work.count('run')).toBe(1);
  });

  it('continues in another process without a message, and all of them make one render', async () => {
    await using work = await service();
    const first = createNemoVideoProvider({ client: work.client() }).video('nemo_agent');
    const stop = new AbortController();
    const { operation } = await first.doStart(call({ abortSignal: stop.signal }));
    // As far as another process is concerned, this one is dead.
    stop.abort();
    for (let process = 0; process < 3; process += 1) {
      const other = createNemoVideoProvider({ client: work.client() }).video('nemo_agent');
      const status = await finished(other, operation);
      expect(status).toMatchObject({ status: 'completed' });
    }
    expect(work.count('run')).toBe(1);
    expect(work.count('render')).toBe(1);
  });

  it('throws from doStart what proves that nothing began', async () => {
    await using work = await service();
    const token = work.backend.issueToken({ credits: 0 });
    const model = createNemoVideoProvider({ client: work.client({ token }) }).video('nemo_agent');
    await expect(model.doStart(call())).rejects.toBeInstanceOf(InsufficientCreditsError);
  });

  it('throws a question from doStart, and continues with the answer', async () => {
    await using work = await service();
    asksFirst(work.backend);
    const model = createNemoVideoProvider({ client: work.client() }).video('nemo_agent');
    const error = await model.doStart(call()).catch((thrown: unknown) => thrown);
    if (!(error instanceof AwaitingInputError)) throw error;
    const answered = { snapshot: error.snapshot, answers: { style: 'calm' } };
    const { operation } = await model.doStart(call({ providerOptions: { nemovideo: answered } }));
    expect(await finished(model, operation)).toMatchObject({ status: 'completed' });
    expect(work.count('run')).toBe(2);
  });

  it('reports a later question as an error with all that its answer needs', async () => {
    await using work = await service();
    asksFirst(work.backend);
    const options = [{ id: 'calm', label: 'Calm' }];
    const args = { questions: [{ id: 'style', prompt: 'Which style?', options }] };
    const functionCall = { id: 'q1', name: 'ask_question', args };
    const { middleware, release } = heldAnswer({
      content: { role: 'model', parts: [{ functionCall }] },
      longRunningToolIds: ['q1'],
    });
    const model = createNemoVideoProvider({
      client: work.client({ middleware: [middleware], ...PATIENT }),
    }).video('nemo_agent');
    const { operation } = await model.doStart(call());
    expect(await model.doStatus({ operation })).toMatchObject({
      status: 'pending',
      providerMetadata: { nemovideo: { phase: 'run', message: expect.any(String) } },
    });
    release();
    const asked = await finished(model, operation);
    if (asked.status !== 'error') throw new Error(asked.status);
    expect(asked.error).toMatch(/Which style\?.*"style": "calm"/);
    const { snapshot, question } = asked.providerMetadata.nemovideo;
    expect(question).toMatchObject({ questions: [{ id: 'style' }] });
    const more = { providerOptions: { nemovideo: Object({ snapshot, answers: { style: 'calm' } }) } };
    const next = await model.doStart(call(more));
    expect(await finished(model, next.operation)).toMatchObject({ status: 'completed' });
  });

  it('reports how the video failed', async () => {
    await using work = await service();
    const { middleware, release } = heldAnswer({ errorCode: 'UNKNOWN_ERROR', errorMessage: 'no more tapes' });
    const model = createNemoVideoProvider({
      client: work.client({ middleware: [middleware], ...PATIENT }),
    }).video('nemo_agent');
    const { operation } = await model.doStart(call());
    release();
    expect(await finished(model, operation)).toMatchObject({
      status: 'error',
      error: expect.stringContaining('no more tapes'),
      providerMetadata: { nemovideo: { name: 'RunFailedError', hint: expect.any(String) } },
    });
  });

  it('throws while the service is away, and completes when it is back', async () => {
    await using work = await service();
    const model = createNemoVideoProvider({ client: work.client() }).video('nemo_agent');
    const { operation } = await model.doStart(call());
    const done = await finished(model, operation);
    expect(done.status).toBe('completed');
    const fault = work.backend.faults.add({ on: 'poll', do: 'status', status: 503, times: 1_000 });
    await expect(model.doStatus({ operation })).rejects.toMatchObject({ status: 503, retryable: true });
    fault.remove();
    expect(await model.doStatus({ operation })).toMatchObject({ status: 'completed' });
  });

  it('refuses what is not an operation', async () => {
    await using work = await service();
    const model = createNemoVideoProvider({ client: work.client() }).video('nemo_agent');
    for (const operation of [null, 'render_1', 7, {}, { render: {} }])
      await expect(model.doStatus({ operation })).rejects.toMatchObject({ field: 'operation' });
    expect(work.backend.requests).toHaveLength(0);
  });
});
