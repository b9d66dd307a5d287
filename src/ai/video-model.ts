import {
  ApiError,
  AwaitingInputError,
  isNemoVideoError,
  type NemoVideo,
  NothingToExportError,
  type OpenVideoRequest,
  OptionError,
  RenderCancelledError,
  RenderFailedError,
  RunFailedError,
  RunInterruptedError,
  RunStalledError,
  type VideoCallbacks,
  type VideoEvent,
  type VideoResult,
  type VideoSnapshot,
  type VideoTask,
} from '../index.js';
import type {
  GeneratedVideo,
  JsonObject,
  JsonValue,
  StartedVideo,
  VideoAnswer,
  VideoCallOptions,
  VideoStatusResult,
  VideoWarning,
} from './ai-contract.js';
import { readCall } from './video-call.js';

/** Failures that say how the video ended. Any other says only that the service could not be asked. */
const FINAL = [
  AwaitingInputError,
  NothingToExportError,
  RenderCancelledError,
  RenderFailedError,
  RunFailedError,
  RunInterruptedError,
  RunStalledError,
];

/** What the models of a provider have in common. */
export interface VideoModelFacts extends Pick<VideoCallbacks, 'onProgress' | 'onQuestion'> {
  readonly client: NemoVideo;
}

/** A video whose render has its id already. */
type PlannedVideo = VideoSnapshot & { readonly render: NonNullable<VideoSnapshot['render']> };

/** A video that this process brings to its render. */
interface Working {
  last: VideoEvent | undefined;
  hasEnded: boolean;
  /** Why it did not come to a render. */
  failure: unknown;
  /** Resolves when the agent has begun, or the work has ended. */
  readonly begun: Promise<void>;
  /** Resolves when the render is submitted, or the work has failed. */
  ended: Promise<void>;
}

/**
 * The agent as a video model of the AI SDK. `doGenerate` makes a video in one call. `doStart` returns as soon as the agent
 * works, and `doStatus` continues from what it returned, in whatever process: the message is never sent again, and the
 * render, whose id is part of the operation, is made once.
 */
export class NemoVideoModel {
  /** Of the interface of a video model. */
  readonly specificationVersion = 'v4';
  /** For the logs of the AI SDK. */
  readonly provider = 'nemovideo';
  /** The agent. */
  readonly modelId: string;
  /** More videos are made by as many calls. */
  readonly maxVideosPerCall = 1;
  readonly #facts: VideoModelFacts;
  /** By the id of the render. */
  readonly #working = new Map<string, Working>();

  /** @internal Made by `createNemoVideoProvider()`. */
  constructor(modelId: string, facts: VideoModelFacts) {
    this.modelId = modelId;
    this.#facts = facts;
  }

  /**
   * Makes a video. When `abortSignal` aborts, the render is cancelled, too.
   * @throws the errors of `createVideo`, each with the `snapshot` to continue from: `providerOptions.nemovideo.snapshot`.
   */
  async doGenerate(options: VideoCallOptions): Promise<GeneratedVideo> {
    const { client, onProgress, onQuestion } = this.#facts;
    const { request, own, warnings } = readCall(options);
    const { snapshot, answers, sendAgain } = own;
    const chunks: Uint8Array[] = [];
    const callbacks = {
      onProgress,
      onQuestion,
      answers,
      sendAgain,
      download: (chunk: Uint8Array) => void chunks.push(chunk),
    };
    const task =
      snapshot === undefined
        ? client.createVideo({ ...request, ...callbacks })
        : client.openVideo(snapshot, { ...callbacks, media: snapshot.uploaded ? undefined : request.media });
    try {
      const { sessionId, renderId, url, text, timeline } = await untilAborted(task, options.abortSignal);
      return this.#generated(chunks, warnings, { sessionId, renderId, url, text, timeline: `${timeline}` });
    } catch (error) {
      throw answerable(error);
    }
  }

  /**
   * Starts a video: session, upload, message. Returns when the agent works; an abort after that stops only this process.
   * @throws the errors of `createVideo`.
   */
  async doStart(options: VideoCallOptions): Promise<StartedVideo> {
    const { client } = this.#facts;
    const { request, own, warnings } = readCall(options);
    const { snapshot = client.createVideo(request).toJSON(), answers, sendAgain } = own;
    const { render: _, result: __, ...start } = snapshot;
    const media = start.uploaded ? undefined : request.media;
    // The render is named now, so that every process that continues from the operation makes the same one.
    const id = `render_${crypto.randomUUID()}`;
    const render = { version: 1, id, startedAt: Date.now(), submitted: false } as const;
    const { working, task } = this.#work({ ...start, render }, { media, answers, sendAgain }, options);
    await working.begun;
    if (working.failure !== undefined) {
      this.#working.delete(id);
      throw answerable(working.failure);
    }
    return { operation: plain(task.toJSON()), warnings, ...this.#answer({ renderId: id }) };
  }

  /**
   * How far a started video is. In the process that started it, an answer from memory until its render runs; in another,
   * it first continues the video to its render.
   * @throws what says only that the service cannot be asked now: ask again later. How the video itself failed is a result.
   */
  async doStatus(options: {
    operation: unknown;
    abortSignal?: AbortSignal | undefined;
    headers?: Record<string, string | undefined> | undefined;
  }): Promise<VideoStatusResult> {
    const { snapshot, renderId } = operationOf(options.operation);
    try {
      let working = this.#working.get(renderId);
      if (working === undefined) {
        const rendering = await this.#look(snapshot, renderId, options.abortSignal);
        if (rendering !== undefined) return rendering;
        working = this.#working.get(renderId) ?? this.#work(snapshot, {}, options).working;
        await working.ended;
      }
      if (!working.hasEnded) return this.#pending(working.last);
      this.#working.delete(renderId);
      if (working.failure !== undefined) throw working.failure;
      return this.#pending(working.last);
    } catch (error) {
      return this.#failed(answerable(error));
    }
  }

  /** Asks for the render; undefined when there is none yet. */
  async #look(
    snapshot: VideoSnapshot,
    renderId: string,
    signal: AbortSignal | undefined,
  ): Promise<VideoStatusResult | undefined> {
    const { session, clientId, text } = snapshot;
    const job = this.#facts.client.renders.open({
      version: 1,
      id: renderId,
      startedAt: snapshot.render?.startedAt ?? Date.now(),
      ...(clientId === undefined ? {} : { clientId }),
    });
    const update = await job.refresh({ signal }).catch((error: unknown) => {
      if (error instanceof ApiError && !error.retryable) return undefined;
      throw error;
    });
    if (update === undefined || update.rawStatus === '' || update.rawStatus === 'not_found') return undefined;
    const { status, progress = 0 } = update;
    if (status !== 'completed' && status !== 'failed' && status !== 'cancelled')
      return this.#pending({
        phase: 'render',
        percent: 60 + Math.floor(progress * 0.32),
        message: 'Rendering',
      });
    const { url } = await job.result({ signal });
    const chunks: Uint8Array[] = [];
    await job.download((chunk) => void chunks.push(chunk), { signal });
    const about = { sessionId: session?.sessionId, renderId, url, text };
    return { status: 'completed', ...this.#generated(chunks, [], about) };
  }

  /** Continues a video until its render is submitted, in the background. */
  #work(
    snapshot: PlannedVideo,
    more: OpenVideoRequest,
    { abortSignal }: { abortSignal?: AbortSignal | undefined },
  ): { working: Working; task: VideoTask } {
    const { client, onProgress, onQuestion } = this.#facts;
    const rendering = new AbortController();
    const { signal } = rendering;
    let isSent = snapshot.run !== undefined || snapshot.text !== undefined;
    let begin = (): void => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const working: Working = {
      last: undefined,
      hasEnded: false,
      failure: undefined,
      begun,
      ended: begun,
    };
    const task = client.openVideo(snapshot, {
      ...more,
      onQuestion,
      signal: abortSignal === undefined ? signal : AbortSignal.any([signal, abortSignal]),
      onProgress: (event) => {
        working.last = event;
        // The first word of the agent: the service has accepted the message. A question, unless answered, ends the work.
        if (isSent && event.question === undefined) begin();
        onProgress?.(event);
      },
      onCheckpoint: ({ run, render }) => {
        isSent ||= run !== undefined;
        // Aborted, not cancelled: the render continues in the service.
        if (render?.submitted) rendering.abort();
      },
    });
    const { id } = snapshot.render;
    const end = (failure?: unknown): void => {
      if (!signal.aborted) working.failure = failure;
      working.hasEnded = true;
      // The next call continues what an abort of this one stopped.
      if (abortSignal?.aborted) this.#working.delete(id);
      begin();
    };
    this.#working.set(id, working);
    working.ended = task.then(() => end(), end);
    return { working, task };
  }

  #generated(
    chunks: readonly Uint8Array[],
    warnings: VideoWarning[],
    about: Record<string, string | undefined>,
  ): GeneratedVideo {
    const video = { type: 'binary', data: joined(chunks), mediaType: 'video/mp4' } as const;
    return { videos: [video], warnings, ...this.#answer({ videos: [about] }) };
  }

  #pending(event: Pick<VideoEvent, 'phase' | 'percent' | 'message'> | undefined): VideoStatusResult {
    const { phase = 'session', percent = 0, message = 'Starting' } = event ?? {};
    return { status: 'pending', ...this.#answer({ phase, percent, message }) };
  }

  #failed(error: unknown): VideoStatusResult {
    if (!isNemoVideoError(error) || !FINAL.some((kind) => error instanceof kind)) throw error;
    const { name, message, hint } = error;
    const asked: JsonObject =
      error instanceof AwaitingInputError
        ? { question: plain(error.question), snapshot: plain(error.snapshot) }
        : {};
    return { status: 'error', error: `${message}. ${hint}`, ...this.#answer({ name, hint, ...asked }) };
  }

  #answer(nemovideo: JsonObject): VideoAnswer {
    const response = { timestamp: new Date(), modelId: this.modelId, headers: undefined };
    return { providerMetadata: { nemovideo }, response };
  }
}

/** Waits for a video; an abort cancels it, with a render that runs. */
async function untilAborted(task: VideoTask, signal: AbortSignal | undefined): Promise<VideoResult> {
  const cancel = (): void => void task.cancel(signal?.reason);
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await task;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/** A question with the way in which it is answered here. */
function answerable(error: unknown): unknown {
  if (!(error instanceof AwaitingInputError)) return error;
  const { question, snapshot, sessionId } = error;
  const answers = question.questions.map(({ id, options }) => {
    const choice = options.map((option) => JSON.stringify(option.id)).join(' | ');
    return `${JSON.stringify(id)}: ${choice || '"…"'}`;
  });
  const hint = `Answer by the same call with \`providerOptions: { nemovideo: { snapshot, answers: { ${answers.join(', ')} } } }\`, where \`snapshot\` is that of this error, or pass \`onQuestion\` to createNemoVideoProvider.`;
  return new AwaitingInputError({ question, snapshot, sessionId, hint, cause: error });
}

/** @throws OptionError for something else than the operation of a video that was started here. */
function operationOf(operation: unknown) {
  const snapshot: PlannedVideo = Object(operation);
  const renderId = snapshot.render?.id;
  if (typeof renderId === 'string') return { snapshot, renderId };
  throw new OptionError({ field: 'operation', accepted: 'the operation of a video that this model started' });
}

/** As plain JSON. */
function plain(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value));
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
