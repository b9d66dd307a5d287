import type { Timeline } from '../draft/index.js';
import type { RenderJob, RenderSnapshot } from '../render/index.js';
import type { Run, RunSnapshot } from '../run/index.js';
import type { DownloadDestination, MediaInput, Session, SessionSnapshot } from '../session/index.js';
import type { RenderOutput } from '../wire/index.js';
import type { VideoSnapshot } from './snapshot.js';

/** The steps of a video, in order. `done` is the last event. */
export type VideoPhase = 'session' | 'upload' | 'run' | 'settle' | 'render' | 'download' | 'done';

/** A step on the way to a video. */
export interface VideoEvent {
  readonly phase: VideoPhase;
  /** Of the whole job, 0 to 100, never falling. An estimate: nobody knows how long an answer will take. */
  readonly percent: number;
  /** Of this phase, 0 to 100, where it can be measured: bytes sent, frames rendered, bytes received. */
  readonly phasePercent?: number;
  /** One line for a person. */
  readonly message: string;
  /** The timeline, on the events that changed it. */
  readonly timeline?: Timeline;
}

/** What `createVideo` made. */
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

/** What `createVideo` takes. */
export interface CreateVideoRequest {
  /** Photos, clips, music, a logo, in the order in which they should appear. Without it, words alone make the video. */
  readonly media?: readonly MediaInput[];
  /** What to make, in plain language. */
  readonly prompt: string;
  /**
   * Format and quality of the file. Default `{ format: 'mp4', quality: 'high' }`, the only output that the service
   * documents. The local backend also knows `quality: 'low'`.
   */
  readonly output?: Partial<RenderOutput>;
  /** Where to save the MP4: a path, a `WritableStream`, or a function for chunks. Default: nowhere, only `url`. */
  readonly download?: DownloadDestination;
  /** The language of the session, as a BCP 47 tag. Default: the client's. */
  readonly language?: string;
  /**
   * Awaited before and after each step that costs credits, with all that another process needs to continue
   * (`nemo.openVideo(snapshot)`). Write it to disk. If it throws, the task ends before anything more is sent.
   */
  readonly onCheckpoint?: (snapshot: VideoSnapshot) => void | Promise<void>;
  /** Aborts it. */
  readonly signal?: AbortSignal;
}

/** What `openVideo` takes besides the snapshot. */
export interface OpenVideoRequest {
  /** The media again, if the snapshot could not hold it (Blobs, streams) and the upload had not finished. */
  readonly media?: readonly MediaInput[];
  /** Where to save the MP4. Default: the path in the snapshot. */
  readonly download?: DownloadDestination;
  /** As in {@link CreateVideoRequest}. */
  readonly onCheckpoint?: (snapshot: VideoSnapshot) => void | Promise<void>;
  /**
   * Whether to send the message again if it may have been sent before and the session has not changed after all
   * reads of the recovery. Default false: `openVideo` then fails with `RunInterruptedError`, because sending costs
   * credits.
   */
  readonly sendAgain?: boolean;
  /** Aborts it. */
  readonly signal?: AbortSignal;
}

/** The layers below, as a video uses them. */
export interface VideoServices {
  createSession(options: { language?: string; signal?: AbortSignal }): Promise<Session>;
  openSession(snapshot: SessionSnapshot): Session;
  openRun(snapshot: RunSnapshot, options: { signal?: AbortSignal }): Run;
  openRender(snapshot: RenderSnapshot, options: { signal?: AbortSignal }): RenderJob;
  /** Who is asking, as far as known by now. */
  clientId(): string | undefined;
}
