import type { Clock } from '../platform/clock.js';
import type { RunSettings } from './run-options.js';

/** Which limit of a stream ran out: a name of `timeouts`. */
export type StreamLimit = 'streamIdle' | 'contentIdle' | 'run';

/** What a watch reports. */
export interface StreamWatchListener {
  /** Every `stillWorkingMs`. */
  onStillWorking(): void;
  /** Once, and nothing more after it. */
  onLimit(limit: StreamLimit, limitMs: number): void;
}

/**
 * The clocks of a stream: no byte, nothing but heartbeats, too long, and "still working" for the person. They run
 * only while somebody waits for the next byte, so that a consumer who takes his time is not taken for a silent
 * service. One sleeper serves all of them and is not moved for each byte: when it wakes too early, it sleeps on.
 */
export class StreamWatch {
  readonly #clock: Clock;
  readonly #settings: RunSettings;
  readonly #listener: StreamWatchListener;
  #sleep: AbortController | undefined;
  /** Moments in time, less all pauses. */
  #begun = 0;
  #lastByte = 0;
  #lastContent = 0;
  #lastTold = 0;
  #pausedMs = 0;
  /** When the present pause began. */
  #pausedAt: number | undefined;

  constructor(clock: Clock, settings: RunSettings, listener: StreamWatchListener) {
    this.#clock = clock;
    this.#settings = settings;
    this.#listener = listener;
  }

  /** A message leaves: all clocks begin. */
  start(): void {
    this.stop();
    this.#pausedAt = undefined;
    const now = this.#now();
    this.#begun = now;
    this.#lastByte = now;
    this.#lastContent = now;
    this.#lastTold = now;
    this.#arm();
  }

  /** No byte is awaited now. */
  pause(): void {
    this.#pausedAt ??= this.#clock.now();
  }

  /** Somebody waits for a byte. */
  resume(): void {
    if (this.#pausedAt !== undefined) this.#pausedMs += this.#clock.now() - this.#pausedAt;
    this.#pausedAt = undefined;
    if (this.#sleep === undefined) this.#arm();
  }

  /** Bytes came. */
  bytes(): void {
    this.#lastByte = this.#now();
  }

  /** More than a heartbeat came, with the last bytes. */
  content(): void {
    this.#lastContent = this.#lastByte;
  }

  /** The clocks stand, and no sleeper is left. */
  stop(): void {
    this.#sleep?.abort();
    this.#sleep = undefined;
  }

  #now(): number {
    return (this.#pausedAt ?? this.#clock.now()) - this.#pausedMs;
  }

  #arm(): void {
    const sleep = new AbortController();
    this.#sleep = sleep;
    const { streamIdleMs, contentIdleMs, runMs, stillWorkingMs } = this.#settings;
    const dueAt = Math.min(
      this.#lastByte + streamIdleMs,
      this.#lastContent + contentIdleMs,
      this.#begun + runMs,
      this.#lastTold + stillWorkingMs,
    );
    this.#clock.sleep(dueAt - this.#now(), sleep.signal).then(
      () => this.#wake(sleep),
      // Stopped; or a clock that cannot sleep, which every wait of the library would show.
      () => {},
    );
  }

  #wake(sleep: AbortController): void {
    if (this.#sleep !== sleep) return;
    this.#sleep = undefined;
    // In a pause nothing runs out; `resume` arms again.
    if (this.#pausedAt !== undefined) return;
    const limit = this.#exceeded();
    if (limit !== undefined) {
      this.#listener.onLimit(...limit);
      return;
    }
    const now = this.#now();
    if (now - this.#lastTold >= this.#settings.stillWorkingMs) {
      this.#lastTold = now;
      this.#listener.onStillWorking();
    }
    this.#arm();
  }

  #exceeded(): [StreamLimit, number] | undefined {
    const { streamIdleMs, contentIdleMs, runMs } = this.#settings;
    const now = this.#now();
    if (now - this.#begun >= runMs) return ['run', runMs];
    if (now - this.#lastByte >= streamIdleMs) return ['streamIdle', streamIdleMs];
    if (now - this.#lastContent >= contentIdleMs) return ['contentIdle', contentIdleMs];
    return undefined;
  }
}
