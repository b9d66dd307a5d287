import { AbortError } from '../errors/index.js';
import { onAbort } from '../platform/abort.js';
import type { Clock } from '../platform/clock.js';
import type { QuestionAnswers } from '../run/index.js';
import type { DownloadDestination, MediaInput } from '../session/index.js';
import { type EventQueue, Task } from '../task/index.js';
import { abortable } from '../transport/index.js';
import type { Checkpoint } from './checkpoints.js';
import { KeptVideo } from './kept-video.js';
import { VideoSteps } from './steps.js';
import type { VideoCallbacks, VideoEvent, VideoResult, VideoServices } from './video-request.js';
import { carrySnapshot, type VideoSnapshot } from './video-snapshot.js';

const HOW_TO_CONTINUE =
  'What was paid for is kept: continue with the same checkpoint, or with `nemo.openVideo(task.toJSON())`.';

/** A video job, as the library makes it. */
export interface VideoTaskFacts<Result extends VideoResult> extends VideoCallbacks {
  readonly services: VideoServices;
  readonly clock: Clock;
  /** Where it starts, unless its checkpoint is further. */
  readonly start: VideoSnapshot;
  readonly media: readonly MediaInput[] | undefined;
  readonly download: DownloadDestination | undefined;
  readonly checkpoint: Checkpoint | undefined;
  /** Whether `start` is a request, which the kept video must match, or the kept video itself. */
  readonly isNew: boolean;
  readonly answers: QuestionAnswers | undefined;
  readonly sendAgain: boolean;
  /** What the task resolves with. */
  readonly finish: (result: VideoResult) => Result;
}

/**
 * A video in the making: session, upload, message, render, download. `await` it for the result, loop over it for
 * progress, or do both; nothing is sent until then.
 *
 * Leaving a loop only stops watching. `cancel()`, the `signal` and `await using` end the job; `toJSON()`, like the
 * `snapshot` of every error, then has what `nemo.openVideo()` needs to continue.
 *
 * @example
 * ```ts
 * const video = nemo.createVideo({ prompt: 'A 10-second video about the sea' });
 * for await (const { percent, message } of video) console.log(`${percent} % ${message}`);
 * const { url } = await video;
 * ```
 */
export class VideoTask<out Result extends VideoResult = VideoResult> extends Task<VideoEvent, Result> {
  readonly #facts: VideoTaskFacts<Result>;
  #snapshot: VideoSnapshot;
  #last: VideoEvent | undefined;

  /** @internal Made by `nemo.createVideo()` and `nemo.openVideo()`. */
  constructor(facts: VideoTaskFacts<Result>) {
    super({
      name: 'VideoTask',
      clock: facts.clock,
      signal: facts.signal,
      replaysLatest: true,
      work: async (events, signal) => {
        try {
          return facts.finish(await this.#work(events, signal));
        } catch (error) {
          throw carrySnapshot(error, this.#snapshot);
        }
      },
      aborted: (cause) =>
        carrySnapshot(new AbortError({ operation: 'video', hint: HOW_TO_CONTINUE, cause }), this.#snapshot),
      withdraw: () => (this.#last?.phase === 'render' ? () => this.#cancelRender() : undefined),
    });
    this.#facts = facts;
    this.#snapshot = facts.start;
  }

  /** Where the job is: what was last saved. Plain JSON, without a token. */
  toJSON(): VideoSnapshot {
    return this.#snapshot;
  }

  /** Cancels the render. One that has ended meanwhile, or cannot be reached, is left: it costs nothing. */
  async #cancelRender(): Promise<void> {
    const { render } = this.#snapshot;
    if (render !== undefined)
      await this.#facts.services
        .openRender(render, {})
        .cancel()
        .catch(() => {});
  }

  async #work(events: EventQueue<VideoEvent>, signal: AbortSignal): Promise<VideoResult> {
    const { checkpoint, start, isNew, answers, onCheckpoint } = this.#facts;
    const kept = checkpoint && (await KeptVideo.open(checkpoint, start, isNew, answers));
    this.#snapshot = kept?.snapshot ?? start;
    const stop = new AbortController();
    const release = onAbort(signal, () => stop.abort(signal.reason));
    const failed = new Promise<never>((_, reject) => {
      stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true });
    });
    const steps = new VideoSteps({
      ...this.#facts,
      onQuestion: this.#facts.onQuestion,
      start: this.#snapshot,
      signal: stop.signal,
      save: async (snapshot) => {
        this.#snapshot = snapshot;
        await kept?.save(snapshot);
        if (onCheckpoint === undefined) return;
        await abortable(Promise.resolve(onCheckpoint(snapshot)), stop.signal, { operation: 'video' });
      },
      report: (event) => {
        if (stop.signal.aborted) return;
        // Not thrown into the step: a message that was sent must not look as if it had failed.
        try {
          const reported = this.#report(event, events);
          if (reported instanceof Promise) reported.catch((error: unknown) => stop.abort(error));
        } catch (error) {
          stop.abort(error);
        }
      },
    });
    return Promise.race([steps.run(), failed]).finally(release);
  }

  /** Returns what the callback returns: one that is asynchronous may reject. */
  #report(event: VideoEvent, events: EventQueue<VideoEvent>): unknown {
    this.#last = { ...event, percent: Math.max(event.percent, this.#last?.percent ?? 0) };
    events.push(this.#last);
    return this.#facts.onProgress?.(this.#last);
  }
}
