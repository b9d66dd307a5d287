import {
  AbortError,
  ApiError,
  AuthenticationError,
  DownloadError,
  NemoVideoError,
  NetworkError,
  OptionError,
  RateLimitError,
  ResponseFormatError,
  TimeoutError,
} from '../../errors/index.js';
import { Throttle } from '../../platform/clock.js';
import { backoffMs, isFetchable, pause, throwIfAborted, withDeadline } from '../../transport/index.js';
import { paths } from '../../wire/index.js';
import type { RenderContext } from '../poll.js';
import {
  type DownloadDestination,
  type DownloadOptions,
  type DownloadResult,
  openSink,
  type Sink,
} from './destination.js';
import {
  type DownloadSource,
  type FileVersion,
  isSameVersion,
  type OpenPortion,
  openPortion,
  type Portion,
} from './portion.js';

/** A finished render to download. */
export interface DownloadRequest extends DownloadOptions {
  readonly renderId: string;
  /** Where the service says that the file is; without it the service's own download path is used. */
  readonly outputUrl?: string | undefined;
  readonly destination: DownloadDestination;
}

/**
 * Brings a finished render to its destination. A connection that breaks is continued from where it stopped as long as
 * bytes arrive; when the output address fails for good, the service's own download path is used.
 * @throws DownloadError, AuthenticationError, OptionError, AbortError; a file at the path is then as it was before.
 */
export async function downloadRender(
  context: RenderContext,
  request: DownloadRequest,
): Promise<DownloadResult> {
  const { renderId, signal, destination } = request;
  throwIfAborted(signal, 'download');
  const sink = await openSink(destination, renderId);
  try {
    const transfer = new Transfer(context, request, sink);
    const [first, ...others] = addressesOf(context, request);
    await bringFromAny(transfer, first, others, context, renderId);
    await transfer.end();
    const { path } = await sink.finish(signal);
    return { bytes: transfer.bytes, ...(path === undefined ? {} : { path }) };
  } catch (thrown) {
    const error = toDownloadError(thrown, renderId, sink.isResumable);
    await sink.abandon(error);
    throw error;
  }
}

/** The address that the service named, then its own download path (wire document: "fall back to it"). */
function addressesOf(
  { transport }: RenderContext,
  { renderId, outputUrl }: DownloadRequest,
): readonly [URL, ...URL[]] {
  const own = new URL(transport.baseUrl + paths.downloadRender(renderId));
  if (outputUrl === undefined || !URL.canParse(outputUrl, own)) return [own];
  const named = new URL(outputUrl, own);
  // `s3:` and the like are for the service's own programs.
  return isFetchable(named) ? [named, own] : [own];
}

/** From the first address that has the whole file. */
async function bringFromAny(
  transfer: Transfer,
  address: URL,
  [next, ...others]: readonly URL[],
  context: RenderContext,
  renderId: string,
): Promise<void> {
  try {
    await transfer.bring(address);
  } catch (error) {
    if (next === undefined || !isAboutAddress(error)) throw error;
    const reason = error.message;
    context.transport.logger.warn('download: the output address failed, the next one is tried', {
      renderId,
      reason,
    });
    await bringFromAny(transfer, next, others, context, renderId);
  }
}

/** Whether another address may do better. */
function isAboutAddress(error: unknown): error is NemoVideoError {
  const final = error instanceof AbortError || error instanceof DownloadError || error instanceof OptionError;
  return error instanceof NemoVideoError && !final;
}

/** What the caller gets: a refused token and the caller's own errors as they are, everything else as a DownloadError. */
function toDownloadError(thrown: unknown, renderId: string, isResumable: boolean): unknown {
  if (!isAboutAddress(thrown) || thrown instanceof AuthenticationError) return thrown;
  const { code, status, requestId, attempts, retryable, message: reason } = thrown;
  const facts = { renderId, code, status, requestId, attempts, retryable, reason, isResumable };
  return new DownloadError({ ...facts, cause: thrown });
}

/** What has arrived of a file, and how to get the rest. */
class Transfer {
  readonly #context: RenderContext;
  readonly #request: DownloadRequest;
  readonly #sink: Sink;
  readonly #source: DownloadSource;
  readonly #throttle: Throttle;
  #bytes: number;
  /** Of what has arrived; undefined when it cannot be continued. */
  #version: FileVersion | undefined;
  /** Calls of an asynchronous `onProgress` that have not settled. */
  #reporting: Promise<unknown> = Promise.resolve();

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

  /** Reports the progress for the last time. Rejects with what an asynchronous `onProgress` rejected with. */
  async end(): Promise<void> {
    this.#report();
    await this.#reporting;
  }

  #report(): void {
    const call = this.#request.onProgress?.({ loaded: this.#bytes, total: this.#version?.total });
    this.#reporting = Promise.all([this.#reporting, call]);
    // `end` rejects with it.
    this.#reporting.catch(() => {});
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

  /** One connection, from where the file ends so far. */
  async #attempt(address: URL): Promise<void> {
    const opened = await this.#ask(address);
    const skip = await this.#join(opened.portion).catch((error: unknown) => {
      opened.close();
      throw error;
    });
    await this.#receive(opened, skip).catch((error: unknown) => {
      // A connection that breaks behind the last byte has done its work.
      if (!isPassing(error) || this.#bytes !== this.#version?.total) throw error;
    });
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

  /** Makes the sink ready for a portion; returns how many of its bytes are there already. */
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

  /**
   * Brings a body to the sink, except its first `skip` bytes. The connection is closed when it settles. The idle limit
   * counts only while the network is waited for: a slow destination is no dead connection.
   * @throws {@link TimeoutError} and {@link NetworkError} when the connection fails; else what the sink throws.
   */
  async #receive(opened: OpenPortion, skip: number): Promise<void> {
    const { idleMs, signal } = this.#source;
    const { clock } = this.#context.transport;
    let waitingSince: number | undefined = clock.now();
    const dueAt = (): number => (waitingSince ?? clock.now()) + idleMs;

    const { length = Number.POSITIVE_INFINITY } = opened.portion;
    let received = 0;

    const pump = async (): Promise<void> => {
      for (let left = skip; ; ) {
        waitingSince = clock.now();
        const next = await opened.reader.read().catch(broken);
        waitingSince = undefined;
        if (next.done) return;
        received += next.value.byteLength;
        if (received > length) throw this.#unusable(`${length} bytes, as \`Content-Range\` says`, 'more');
        const bytes = left === 0 ? next.value : next.value.subarray(left);
        left -= next.value.byteLength - bytes.byteLength;
        if (bytes.byteLength === 0) continue;
        await this.#sink.write({ bytes, exclusive: opened.exclusive });
        this.#bytes += bytes.byteLength;
        if (this.#throttle.pass()) this.#report();
      }
    };

    const pumping = pump();
    try {
      const limits = { operation: 'download', limitMs: idleMs, limit: 'timeouts.uploadIdle', dueAt };
      await withDeadline({ ...limits, clock, signal }, () => pumping);
    } catch (error) {
      // Ends a read that is under way, also where `fetch` ignores its signal.
      opened.reader.cancel().catch(() => {});
      opened.close();
      // The next connection must not meet a write of this one. After an abort there is no next one.
      if (!(error instanceof AbortError)) await pumping.catch(() => {});
      else pumping.catch(() => {});
      throw error;
    }
    opened.close();
  }

  #ensureWhole(): void {
    const total = this.#version?.total;
    const length = `${this.#bytes} of ${total} bytes`;
    if (this.#bytes === 0) throw this.#unusable('a video', 'an empty file');
    if (total === undefined || this.#bytes === total) return;
    if (this.#bytes > total) throw this.#unusable('a file of the announced length', length);
    const { renderId } = this.#source;
    const reason = `it ended after ${length}`;
    throw new NetworkError({ operation: 'download', renderId, sent: 'unknown', reason });
  }

  #unusable(expected: string, received: string): ResponseFormatError {
    // No part of it may be continued.
    this.#version = undefined;
    return new ResponseFormatError({ path: 'download', expected, received, renderId: this.#source.renderId });
  }
}

/** Throws what broke a connection as this library's error. */
function broken(thrown: unknown): never {
  if (thrown instanceof NemoVideoError) throw thrown;
  const reason = thrown instanceof Error ? thrown.message : undefined;
  throw new NetworkError({ operation: 'download', sent: 'unknown', reason, cause: thrown });
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
