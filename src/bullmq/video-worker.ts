import { checkFields } from '../errors/index.js';
import { type NemoVideo, OptionError, type VideoEvent } from '../index.js';
import { checkConnection, type RedisConnection } from './redis-checkpoints.js';
import { DEFAULT_NAME, type QueuedResult } from './video-job.js';
import { VideoMaker } from './video-maker.js';

/** Options of {@link videoWorker}. */
export interface VideoWorkerOptions {
  /** The Redis server. */
  readonly connection: RedisConnection;
  /** Makes the videos. Its account pays for them. */
  readonly client: NemoVideo;
  /** The name of the queue. Default `nemovideo`. */
  readonly name?: string | undefined;
  /** How many videos this worker makes at once. Default 4. */
  readonly concurrency?: number | undefined;
  /**
   * Where MP4s are saved as `<id>.mp4`, unless the request says; made where it is missing. Default: nowhere, results have a
   * `url`.
   */
  readonly folder?: string | undefined;
  /**
   * Awaited for each finished video before the job counts as completed, e.g. to move the file to object storage. If it
   * throws, it is called again later, without a request to the service: it may be called more than once for a video.
   */
  readonly onResult?: ((id: string, result: QueuedResult) => void | Promise<void>) | undefined;
  /** Called with the events of every video. */
  readonly onProgress?: ((id: string, event: VideoEvent) => void) | undefined;
  /** The most new videos that all workers of the queue begin in `perMs` together. Default: no limit. */
  readonly limit?: { readonly videos: number; readonly perMs: number } | undefined;
  /**
   * What a video costs, for the credits guard: below that, no new video is begun until the account is topped up (looked
   * at once a minute). Default 150 (a clip about 100, an editing session about 50). 0 turns the guard off.
   */
  readonly creditsPerVideo?: number | undefined;
  /** How often the balance is looked at while it does not suffice, in ms. Default 60,000. */
  readonly creditsIntervalMs?: number | undefined;
  /**
   * How long a worker may be silent before its videos are continued by others, in ms: after one that was killed, this up
   * to twice passes. Default 30,000. A worker that is only slow loses nothing but its videos: the checkpoint stops it.
   */
  readonly stalledMs?: number | undefined;
}

type Complete = 'name' | 'concurrency' | 'limit' | 'stalledMs' | 'creditsPerVideo' | 'creditsIntervalMs';

/** The options, with their defaults. */
export type WorkerSettings = VideoWorkerOptions & {
  readonly [Name in Complete]: NonNullable<VideoWorkerOptions[Name]>;
};

/** What the service names as the cost of a clip and of an editing session, together. */
const CREDITS_PER_VIDEO = 150;
/** BullMQ honours a pause of the whole queue only in a worker that has a limit. */
const NO_LIMIT = { videos: Number.MAX_SAFE_INTEGER, perMs: 1_000 };

/**
 * Starts a worker that makes the videos of a queue. Any number of workers, in any number of processes, may share it.
 * @throws OptionError for a wrong option.
 */
export function videoWorker(options: VideoWorkerOptions): VideoWorker {
  return new VideoWorker(options);
}

/**
 * Makes the videos of a queue. Made by {@link videoWorker}.
 *
 * @example
 * ```ts
 * const worker = videoWorker({ connection: { host: '127.0.0.1' }, client: new NemoVideo(), concurrency: 8 });
 * process.once('SIGTERM', () => void worker.close({ timeoutMs: 60_000 }));
 * ```
 */
export class VideoWorker {
  readonly #opening: Promise<VideoMaker>;

  /** @internal */
  constructor(options: VideoWorkerOptions) {
    const settings = settingsOf(options);
    // Not caught: without its packages a worker can do nothing, and its process must not live on in silence.
    this.#opening = VideoMaker.open(settings);
  }

  /**
   * Takes no more jobs, and waits for those that are being made. What is not finished after `timeoutMs` is handed back:
   * another worker continues it.
   * @param timeoutMs default 60,000.
   */
  async close({ timeoutMs = 60_000 }: { readonly timeoutMs?: number | undefined } = {}): Promise<void> {
    const maker = await this.#opening;
    await maker.close(timeoutMs);
  }
}

/** @throws OptionError for a wrong option. */
function settingsOf(options: VideoWorkerOptions): WorkerSettings {
  checkFields(options, {
    connection: 'object',
    client: 'object',
    name: 'string',
    concurrency: 'any',
    folder: 'string',
    onResult: 'function',
    onProgress: 'function',
    limit: 'object',
    creditsPerVideo: 'any',
    creditsIntervalMs: 'any',
    stalledMs: 'any',
  });
  checkConnection(options.connection);
  const { name = DEFAULT_NAME, concurrency = 4, limit = NO_LIMIT, stalledMs = 30_000 } = options;
  const { creditsPerVideo = CREDITS_PER_VIDEO, creditsIntervalMs = 60_000 } = options;
  checkCount('concurrency', concurrency);
  checkCount('limit.videos', limit.videos);
  checkCount('limit.perMs', limit.perMs);
  checkCount('stalledMs', stalledMs);
  checkCount('creditsIntervalMs', creditsIntervalMs);
  if (!(creditsPerVideo >= 0))
    throw new OptionError({ field: 'creditsPerVideo', accepted: 'a number of credits, at least 0' });
  return { ...options, name, concurrency, limit, stalledMs, creditsPerVideo, creditsIntervalMs };
}

function checkCount(field: string, value: number): void {
  if (!Number.isInteger(value) || value < 1)
    throw new OptionError({ field, accepted: 'a whole number, at least 1' });
}
