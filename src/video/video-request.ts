import type { Timeline } from '../draft/index.js';
import type { AgentQuestion } from '../errors/index.js';
import type { RenderJob, RenderSnapshot } from '../render/index.js';
import type { QuestionAnswers, Run, RunSnapshot } from '../run/index.js';
import type {
  DownloadDestination,
  MediaInput,
  Session,
  SessionContext,
  SessionSnapshot,
} from '../session/index.js';
import type { OutputOptions } from '../wire/index.js';
import type { Checkpoint } from './checkpoints.js';
import type { VideoSnapshot } from './video-snapshot.js';
import type { VideoWishes } from './wishes.js';

/** The steps of a video, in order. `done` is the last event. */
export type VideoPhase = 'session' | 'upload' | 'run' | 'settle' | 'render' | 'download' | 'done';

/** A step on the way to a video. */
export interface VideoEvent {
  readonly phase: VideoPhase;
  /** Of the whole job, a whole number from 0 to 100 that never falls. An estimate: the length of an answer is unknown. */
  readonly percent: number;
  /** Of this phase, a whole number from 0 to 100, where it can be measured: bytes sent, frames rendered, bytes received. */
  readonly phasePercent?: number;
  /** One line for a person. */
  readonly message: string;
  /** The timeline, on the events that changed it. */
  readonly timeline?: Timeline;
  /** What the agent asks, on the event of the question. */
  readonly question?: AgentQuestion;
}

/** A finished video. */
export interface VideoResult {
  readonly sessionId: string;
  readonly renderId: string;
  /** What the agent said, without instructions for a screen. */
  readonly text: string;
  /** What was rendered. */
  readonly timeline: Timeline;
  /** Where the MP4 is; absent when the service does not say. */
  readonly url?: string;
  /** Where the MP4 was saved; absent without a download to a path. */
  readonly path?: string;
  /** Size of the download in bytes; absent without a download. */
  readonly bytes?: number;
  /** From the start of this task (not of an earlier process), in ms. */
  readonly elapsedMs: number;
}

/** A finished video that was downloaded to a path. */
export interface SavedVideoResult extends VideoResult {
  readonly path: string;
  readonly bytes: number;
}

/** What a new video and a continued one have in common. */
export interface VideoCallbacks {
  /** Called with every event, beside the loops; must not throw, else the task fails with that error. */
  readonly onProgress?: ((event: VideoEvent) => void) | undefined;
  /**
   * Called when the agent asks; returns the answers by the ids of `question.questions`: the id of an option, a list of
   * them, or free text. Without it, or for undefined, the task fails with `AwaitingInputError`, and continues later
   * with `answers`.
   */
  readonly onQuestion?:
    | ((question: AgentQuestion) => QuestionAnswers | undefined | Promise<QuestionAnswers | undefined>)
    | undefined;
  /**
   * Awaited before and after each step that costs credits, with all that another process needs to continue
   * (`nemo.openVideo(snapshot)`). If it throws, the task fails before anything more is sent. With `checkpoint` it is not
   * needed.
   */
  readonly onCheckpoint?: ((snapshot: VideoSnapshot) => void | Promise<void>) | undefined;
  /**
   * Ends the job when it aborts: the task rejects with AbortError, and its `snapshot` continues it. A render that is
   * running is left to finish; `task.cancel()` cancels that too.
   */
  readonly signal?: AbortSignal | undefined;
}

/** What the caller says about a video that stopped. */
export interface VideoContinuation {
  /**
   * The answers to the question that the video waits for, as `onQuestion` returns them. Refused when no message was sent
   * yet, because no question is known; ignored, with a checkpoint, when they were sent before.
   */
  readonly answers?: QuestionAnswers | undefined;
  /**
   * Whether to send the message again if it may have been sent before and the session has not changed after all
   * reads of the recovery. Default false: the task then fails with `RunInterruptedError`, because sending costs credits.
   */
  readonly sendAgain?: boolean | undefined;
}

/** What `createVideo` accepts. The fields of `VideoContinuation` are about the video that `checkpoint` has. */
export interface CreateVideoRequest extends VideoWishes, VideoCallbacks, VideoContinuation {
  /** What to make, in plain language, such as `A promo for my café`. Sent to the agent, with the wishes behind it. */
  readonly prompt: string;
  /**
   * Photos, clips, music, a logo, in the order in which they should appear: one or a list; the path of a folder stands
   * for its files. Without it, words alone make the video.
   */
  readonly media?: MediaInput | readonly MediaInput[] | undefined;
  /**
   * Where to save the MP4: a path, a `WritableStream`, or a function that gets the chunks. A path is checked before anything
   * is sent, and the file appears there when it is complete. Default: nowhere; the result has its `url`.
   */
  readonly download?: DownloadDestination | undefined;
  /**
   * The file. Default `{ format: 'mp4', quality: 'high' }`, the only output that the service documents; `resolution`
   * (`'1080p'`) and `fps` are passed on. The local backend also knows `quality: 'low'`.
   */
  readonly output?: OutputOptions | undefined;
  /**
   * Saves the video before and after each step that costs credits, and continues it: the same id again picks up where
   * the last process stopped, or returns the finished result without a request (a deleted file is downloaded again).
   * A message that was saved as sent is never sent again.
   */
  readonly checkpoint?: Checkpoint | undefined;
  /** The language of the session, as a BCP 47 tag. Default: the client's. */
  readonly language?: string | undefined;
}

/** What `openVideo` accepts besides the snapshot. */
export interface OpenVideoRequest extends VideoCallbacks, VideoContinuation {
  /** The media again, if the snapshot could not contain it (Blobs, streams) and the upload had not finished. */
  readonly media?: MediaInput | readonly MediaInput[] | undefined;
  /** Where to save the MP4. Default: the path in the snapshot. */
  readonly download?: DownloadDestination | undefined;
  /**
   * Where to save it from now on. Rejects with `CheckpointConflictError` when something else than `snapshot` is kept
   * there.
   */
  readonly checkpoint?: Checkpoint | undefined;
}

/** The layers below, as a video uses them. */
export interface VideoServices {
  createSession(options: { language?: string; signal?: AbortSignal }): Promise<Session>;
  openSession(snapshot: SessionSnapshot): Session;
  openRun(snapshot: RunSnapshot, options: { signal?: AbortSignal }): Run;
  openRender(snapshot: RenderSnapshot, options: { signal?: AbortSignal }): RenderJob;
  /** The id of the client, as far as known by now. */
  clientId(): string | undefined;
  /** The option `settle`. */
  readonly settle: SessionContext['settle'];
  /** The bounds of the pauses between reads of a service that is away, and how long to wait for it, in ms. */
  readonly patience: { readonly minMs: number; readonly maxMs: number; readonly limitMs: number };
}
