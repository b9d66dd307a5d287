import { type AgentQuestion, AwaitingInputError } from '../errors/index.js';
import { guidedSchedule, isFinal, type RenderJob, type RenderSnapshot } from '../render/index.js';
import type { CheckpointStore } from './checkpoints.js';
import type { CreateVideoRequest, VideoContinuation, VideoResult } from './video-request.js';
import type { VideoTask } from './video-task.js';

/** After how long a render that was just submitted is worth a look, in ms. */
const FIRST_LOOK_MS = 2_000;

/** The parts of a client that durable work uses: a `NemoVideo` has them. */
export interface VideoClient {
  /** Makes a video, as `NemoVideo.createVideo` does. */
  createVideo(request: CreateVideoRequest): VideoTask;
  readonly renders: {
    /** Takes up an export that was submitted earlier, as `NemoVideo.renders.open` does. */
    open(snapshot: RenderSnapshot): RenderJob;
  };
}

/** One video of a batch. */
export interface DurableVideo extends VideoContinuation {
  readonly client: VideoClient;
  /** Of the video in the store: unlike for every other video, the same after every restart. */
  readonly id: string;
  /** What to make. The same each time. */
  readonly request: Omit<CreateVideoRequest, 'checkpoint' | keyof VideoContinuation>;
  readonly store: CheckpointStore;
  /** Aborts this call. The checkpoint stays; a render that is running continues. */
  readonly signal?: AbortSignal | undefined;
}

/** Where a video is after a step. */
export type VideoStep =
  /** It is finished. */
  | { readonly done: VideoResult }
  /** Call again after this many ms: the service renders. */
  | { readonly waitMs: number }
  /** Call again with `answers`. */
  | { readonly question: AgentQuestion };

/**
 * Makes a video, or continues it where the last call with this id stopped, in whatever process: what the worker of a
 * queue calls. However often the queue repeats a job, its message is sent and charged at most once; the finished result
 * is returned without a request.
 * @throws {@link CheckpointConflictError} when another worker has the video: leave it to that one. `RunInterruptedError`,
 * `RunStalledError` or `OutcomeUnknownError` when it stays unclear whether a message that may have been sent had an
 * effect: park the job; only `sendAgain` sends again. `AwaitingInputError` when the agent asks. And the other errors of
 * `createVideo`.
 * @example
 * ```ts
 * const store = fileCheckpoints('checkpoints');
 * const { url } = await runVideo({ client: nemo, store, id: 'mug-17', request: { prompt: 'A promo for a mug' } });
 * ```
 */
export async function runVideo(video: DurableVideo): Promise<VideoResult> {
  return taskOf(video, {});
}

/**
 * Does the next part of a video and returns, for an engine that sleeps between steps. The first call goes from the
 * session to the submitted render, and needs a process that stays for it; every later one asks the service once.
 * @throws what {@link runVideo} throws.
 */
export async function advanceVideo(video: DurableVideo): Promise<VideoStep> {
  const { client, id, store, signal } = video;
  const kept = await store.load(id);
  const { render, result } = kept?.snapshot ?? {};
  if (render?.submitted && result === undefined) {
    const job = client.renders.open(render);
    const { status, progress: percent, elapsedMs } = await job.refresh({ signal });
    if (!isFinal(status)) {
      const observations = [{ elapsedMs, percent }];
      return {
        waitMs: Math.ceil(guidedSchedule({ elapsedMs, observations, failures: 0, random: Math.random })),
      };
    }
  }
  return untilRendering(video);
}

/** Works until the video is finished, or its render has been submitted in this call. */
async function untilRendering(video: DurableVideo): Promise<VideoStep> {
  const rendering = new AbortController();
  const { signal, request } = video;
  const task = taskOf(video, {
    signal: signal === undefined ? rendering.signal : AbortSignal.any([signal, rendering.signal]),
    async onCheckpoint(snapshot) {
      await request.onCheckpoint?.(snapshot);
      // Aborted, not cancelled: the render continues in the service.
      if (snapshot.render?.submitted && snapshot.result === undefined) rendering.abort();
    },
  });
  try {
    return { done: await task };
  } catch (error) {
    if (rendering.signal.aborted && !signal?.aborted) return { waitMs: FIRST_LOOK_MS };
    if (error instanceof AwaitingInputError) return { question: error.question };
    throw error;
  }
}

function taskOf(video: DurableVideo, more: Partial<CreateVideoRequest>): VideoTask {
  const { client, id, request, store, signal, answers, sendAgain } = video;
  return client.createVideo({
    ...request,
    checkpoint: { store, id },
    answers,
    sendAgain,
    signal: signal ?? request.signal,
    ...more,
  });
}
