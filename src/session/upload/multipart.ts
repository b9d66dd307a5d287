import { platform } from '#platform';
import { MediaReadError, NemoVideoError } from '../../errors/index.js';
import type { RequestBody } from '../../transport/index.js';
import type { CheckedMedia, MediaSource } from '../media/media-source.js';

/** Follows what becomes of a body. */
export interface BodyWatcher {
  /** An attempt begins. */
  onOpen(): void;
  /** Bytes of the file that have been taken in this attempt. */
  onTaken(bytes: number): void;
  /** The last bytes are about to leave: from here on the service may have all of it. */
  onLast(): void;
  /** Everything has been taken; the service's answer is next. */
  onEnd(): void;
}

/**
 * A multipart body with one file, whose length is known before it is read. Made by hand, because `FormData` takes
 * Blobs, and a Blob of a file is either in memory or, on Node 20, warns and reads in slices of 64 KB.
 */
export class MultipartBody implements RequestBody {
  readonly contentType: string;
  readonly length: number | undefined;
  /** Whether the watcher is called with what is taken. */
  readonly isObserved = platform.requestBodies === 'stream';
  readonly #source: MediaSource;
  readonly #watcher: BodyWatcher;
  readonly #before: Uint8Array;
  readonly #after: Uint8Array;
  #failure: NemoVideoError | undefined;
  #end = (): void => {};

  constructor(media: CheckedMedia, watcher: BodyWatcher) {
    const boundary = `----nemovideo-${crypto.randomUUID()}`;
    const encoder = new TextEncoder();
    this.contentType = `multipart/form-data; boundary=${boundary}`;
    this.#source = media.source;
    this.#watcher = watcher;
    this.#before = encoder.encode(
      `--${boundary}\r\ncontent-disposition: form-data; name="files"; ${fileName(media.source.name)}\r\n` +
        `content-type: ${media.mime}\r\n\r\n`,
    );
    this.#after = encoder.encode(`\r\n--${boundary}--\r\n`);
    const { size } = media.source;
    this.length = size === undefined ? undefined : this.#before.byteLength + size + this.#after.byteLength;
  }

  /** Why the file could not be read; sending it again would not change that. */
  get failure(): NemoVideoError | undefined {
    return this.#failure;
  }

  /**
   * Opens the body anew; the file is read again from the start. Its first slice is read at once, so that nothing leaves
   * for a file that is gone.
   */
  async open(): Promise<ReadableStream<Uint8Array> | Blob> {
    this.close();
    const stop = new AbortController();
    const slices = this.#read(stop.signal);
    this.#end = () => {
      stop.abort();
      slices.return(undefined).catch(() => {});
    };
    this.#watcher.onOpen();
    if (!this.isObserved) {
      const whole = await this.#asBlob(slices);
      this.#watcher.onLast();
      return whole;
    }
    return pulledStream(this.#parts(await slices.next(), slices), () => this.close());
  }

  /** Releases whatever the last attempt left open, also where its stream was neither read nor cancelled. */
  close(): void {
    this.#end();
  }

  async *#parts(
    first: IteratorResult<Uint8Array>,
    slices: AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array> {
    // Copies, because the consumer of a chunk may detach its buffer, and a retry needs them again.
    yield this.#before.slice();
    let taken = 0;
    for (let next = first; !next.done; next = await slices.next()) {
      this.#watcher.onTaken(taken);
      yield next.value;
      taken += next.value.byteLength;
    }
    this.#watcher.onTaken(taken);
    this.#watcher.onLast();
    yield this.#after.slice();
    this.#watcher.onEnd();
  }

  /** The file's slices; a failure is kept as this library's error, whatever a runtime's `fetch` makes of it. */
  async *#read(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    try {
      for await (const slice of this.#source.slices(signal)) {
        signal.throwIfAborted();
        yield slice;
      }
      // A source that was stopped ends early: its body must break and not look complete.
      signal.throwIfAborted();
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      this.#failure =
        thrown instanceof NemoVideoError
          ? thrown
          : new MediaReadError({ file: this.#source.name, reason: 'it could not be read', cause: thrown });
      throw this.#failure;
    }
  }

  /** The same bytes where a body cannot be a stream. A file stays wherever the runtime keeps it. */
  async #asBlob(slices: AsyncIterable<Uint8Array>): Promise<Blob> {
    const { blob } = this.#source;
    const file: BlobPart[] = blob === undefined ? [] : [blob];
    if (blob === undefined) for await (const slice of slices) file.push(new Uint8Array(slice));
    return new Blob([new Uint8Array(this.#before), ...file, new Uint8Array(this.#after)]);
  }
}

/**
 * A name as browsers and Node's own `FormData` write it (WHATWG HTML, "multipart/form-data encoding algorithm"). They
 * cannot distinguish a quote from `%22` in a name: only such a name is also given in the form of RFC 5987.
 */
function fileName(name: string): string {
  const escaped = name.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');
  if (!/%(?:0A|0D|22)/i.test(name)) return `filename="${escaped}"`;
  const exact = Array.from(
    new TextEncoder().encode(name),
    (byte) => `%${byte.toString(16).padStart(2, '0')}`,
  ).join('');
  return `filename="${escaped}"; filename*=UTF-8''${exact}`;
}

/**
 * A stream that takes from `parts` only what is asked of it: nothing is read ahead, so what has been taken is what the
 * socket has accepted.
 */
function pulledStream(parts: AsyncIterator<Uint8Array>, onCancel: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await parts.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  );
}
