import { AbortError } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import { onAbort } from '../platform/on-abort.js';
import { Feed } from '../render/index.js';
import type { DownloadDestination, MediaInput } from '../session/index.js';
import { abortable, onDemand } from '../transport/index.js';
import type { VideoEvent, VideoResult, VideoServices } from './contract.js';
import type { VideoSnapshot } from './snapshot.js';

const stepping = /* @__PURE__ */ onDemand(() => import('./steps.js'));

/** A video job, as the library makes it. */
export interface VideoTaskFacts {
  readonly services: VideoServices;
  readonly clock: Clock;
  readonly start: VideoSnapshot;
  readonly media: readonly MediaInput[] | undefined;
  readonly download: DownloadDestination | undefined;
  readonly sendAgain: boolean;
  readonly onCheckpoint: ((snapshot: VideoSnapshot) => void | Promise<void>) | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * A video in the making: session, upload, message, render, download. Iterate it for progress, await `result()`, or do
 * both; nothing is sent until then. Leaving the loop stops the job, unless `result()` is being awaited too; `toJSON()`
 * then has what is needed to continue.
 */
export class VideoTask implements AsyncIterable<VideoEvent> {
  readonly #facts: VideoTaskFacts;
  readonly #feeds = new Set<Feed<VideoEvent>>();
  readonly #stop = new AbortController();
  #snapshot: VideoSnapshot;
  #percent = 0;
  #last: VideoEvent | undefined;
  #outcome: Promise<VideoResult> | undefined;
  #ended: { readonly error?: unknown } | undefined;
  #awaited = false;

  /** @internal Made by `nemo.createVideo()` and `nemo.openVideo()`. */
  constructor(facts: VideoTaskFacts) {
    this.#facts = facts;
    this.#snapshot = facts.start;
  }

  /** The latest event, then every new one. Throws what {@link VideoTask.result} rejects with. */
  [Symbol.asyncIterator](): AsyncIterableIterator<VideoEvent> {
    const feed: Feed<VideoEvent> = new Feed(() => {
      this.#feeds.delete(feed);
      if (this.#feeds.size === 0 && !this.#awaited)
        this.#stop.abort(new Error('the loop over the video was left'));
    });
    this.#feeds.add(feed);
    if (this.#last !== undefined) feed.push(this.#last);
    this.#start();
    if (this.#ended !== undefined) end(feed, this.#ended);
    return feed;
  }

  /** Waits for the video; drives the job when nobody iterates it. May be called any number of times. */
  result(): Promise<VideoResult> {
    this.#awaited = true;
    return this.#start();
  }

  /** Where the job stands: what `onCheckpoint` was last called with. */
  toJSON(): VideoSnapshot {
    return this.#snapshot;
  }

  #start(): Promise<VideoResult> {
    if (this.#outcome !== undefined) return this.#outcome;
    const outcome = this.#work();
    this.#outcome = outcome;
    outcome.then(
      () => this.#finish({}),
      (error: unknown) => this.#finish({ error }),
    );
    return outcome;
  }

  async #work(): Promise<VideoResult> {
    const { signal, onCheckpoint } = this.#facts;
    const stop = (): void => this.#stop.abort(signal?.reason);
    if (signal?.aborted) stop();
    const release = signal && onAbort(signal, stop);
    try {
      if (this.#stop.signal.aborted)
        throw new AbortError({ operation: 'video', cause: this.#stop.signal.reason });
      const { VideoSteps } = await stepping();
      return await new VideoSteps({
        ...this.#facts,
        signal: this.#stop.signal,
        checkpoint: async (snapshot) => {
          this.#snapshot = snapshot;
          if (onCheckpoint === undefined) return;
          await abortable(Promise.resolve(onCheckpoint(snapshot)), this.#stop.signal, { operation: 'video' });
        },
        tell: (event) => this.#tell(event),
      }).run();
    } finally {
      release?.();
    }
  }

  #tell(event: VideoEvent): void {
    this.#percent = Math.max(this.#percent, event.percent);
    this.#last = { ...event, percent: this.#percent };
    for (const feed of this.#feeds) feed.push(this.#last);
  }

  #finish(ended: { readonly error?: unknown }): void {
    this.#ended = ended;
    for (const feed of [...this.#feeds]) end(feed, ended);
  }
}

function end(feed: Feed<VideoEvent>, ended: { readonly error?: unknown }): void {
  if ('error' in ended) feed.fail(ended.error);
  else feed.close();
}
