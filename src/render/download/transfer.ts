import {
  ApiError,
  NetworkError,
  RateLimitError,
  ResponseFormatError,
  TimeoutError,
} from '../../errors/index.js';
import { Throttle } from '../../platform/throttle.js';
import { backoffMs, pause } from '../../transport/index.js';
import type { RenderContext } from '../facts.js';
import type { DownloadRequest } from './contract.js';
import { receive } from './receive.js';
import type { Sink } from './sink.js';
import { type DownloadSource, type OpenPortion, openPortion } from './source.js';
import { type FileVersion, isSameVersion, type Portion } from './version.js';

/** What has arrived of a file, and how to get the rest. */
export class Transfer {
  readonly #context: RenderContext;
  readonly #request: DownloadRequest;
  readonly #sink: Sink;
  readonly #source: DownloadSource;
  readonly #throttle: Throttle;
  #bytes: number;
  /** Of what has arrived; undefined when it cannot be continued. */
  #version: FileVersion | undefined;
  /** What is left of an `onProgress` that is asynchronous. */
  #telling: Promise<unknown> = Promise.resolve();

  constructor(context: RenderContext, request: DownloadRequest, sink: Sink) {
    const { transport, settings } = context;
    const { renderId, signal } = request;
    this.#context = context;
    this.#request = request;
    this.#sink = sink;
    this.#source = { transport, idleMs: settings.downloadIdleMs, renderId, signal };
    this.#throttle = new Throttle(transport.clock);
    this.#bytes = sink.kept?.bytes ?? 0;
    this.#version = sink.kept?.version;
  }

  /** Bytes at the destination. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Tells for the last time how far it is. Rejects with what an asynchronous `onProgress` rejected with. */
  async end(): Promise<void> {
    this.#report();
    await this.#telling;
  }

  #report(): void {
    const told = this.#request.onProgress?.({ loaded: this.#bytes, total: this.#version?.total });
    this.#telling = Promise.all([this.#telling, told]);
    // Heard at the end.
    this.#telling.catch(() => {});
  }

  /**
   * Brings what is missing from one address. A connection that breaks is continued; the budget of attempts is full
   * again whenever bytes have arrived.
   */
  async bring(address: URL): Promise<void> {
    const { retry, clock } = this.#context.transport;
    for (let failures = 0; ; ) {
      const before = this.#bytes;
      try {
        await this.#attempt(address);
        return;
      } catch (error) {
        failures = this.#bytes > before ? 1 : failures + 1;
        if (!isPassing(error) || failures >= retry.attempts) throw error;
        const asked = error instanceof RateLimitError ? error.retryAfterMs : undefined;
        const waitMs = asked ?? backoffMs(retry, failures + 1);
        if (waitMs > retry.budgetMs) throw error;
        await pause(clock, waitMs, this.#source.signal, 'download');
      }
    }
  }

  /** One connection, from where the file stands. */
  async #attempt(address: URL): Promise<void> {
    const opened = await this.#ask(address);
    const skip = await this.#join(opened.portion).catch((error: unknown) => {
      opened.close();
      throw error;
    });
    const onBytes = (bytes: number): void => {
      this.#bytes += bytes;
      if (this.#throttle.pass()) this.#report();
    };
    const { clock } = this.#context.transport;
    await receive({ ...this.#source, opened, sink: this.#sink, skip, clock, onBytes }).catch(
      (error: unknown) => {
        // A connection that breaks behind the last byte has done its work.
        if (!isPassing(error) || this.#bytes !== this.#version?.total) throw error;
      },
    );
    await this.#sink.settle();
    this.#ensureWhole();
  }

  /** Asks for what is missing; for the whole, where what is here turns out to be no part of it. */
  async #ask(address: URL): Promise<OpenPortion> {
    const version = this.#version;
    if (version !== undefined && this.#bytes > 0) {
      try {
        const opened = await openPortion(this.#source, address, { bytes: this.#bytes, version });
        const { portion } = opened;
        if (portion.from === 0 || (portion.from <= this.#bytes && isSameVersion(version, portion)))
          return opened;
        opened.close();
      } catch (error) {
        // 416: the service has less of the file than is here.
        if (!(error instanceof ApiError && error.status === 416)) throw error;
      }
    }
    return openPortion(this.#source, address, undefined);
  }

  /** Makes the sink ready for a portion; gives how many of its bytes are there already. */
  async #join(portion: Portion): Promise<number> {
    const version = this.#version;
    if (version !== undefined && this.#bytes > 0 && isSameVersion(version, portion)) {
      return this.#bytes - portion.from;
    }
    if (portion.from !== 0)
      throw this.#unusable('the file from its start', `a part from byte ${portion.from}`);
    await this.#sink.begin(portion);
    this.#bytes = 0;
    this.#version = portion;
    return 0;
  }

  #ensureWhole(): void {
    const total = this.#version?.total;
    const length = `${this.#bytes} of ${total} bytes`;
    if (this.#bytes === 0) throw this.#unusable('a video', 'an empty file');
    if (total === undefined || this.#bytes === total) return;
    if (this.#bytes > total) throw this.#unusable('a file of the announced length', length);
    const { renderId } = this.#source;
    throw new NetworkError({
      operation: 'download',
      renderId,
      sent: 'unknown',
      reason: `it ended after ${length}`,
    });
  }

  #unusable(expected: string, received: string): ResponseFormatError {
    // Nothing of it may be continued.
    this.#version = undefined;
    return new ResponseFormatError({ path: 'download', expected, received, renderId: this.#source.renderId });
  }
}

/** Whether the same request may succeed a little later. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof NetworkError ||
    error instanceof TimeoutError ||
    error instanceof RateLimitError ||
    (error instanceof ApiError && error.retryable)
  );
}
