import { MediaReadError, MediaTooLargeError } from '../../errors/index.js';
import type { FileFacts, Files } from '../../platform/files.js';
import { untilAborted } from '../../platform/until-aborted.js';
import { MAX_UPLOAD_BYTES } from '../../wire/index.js';
import type { ByteStream, MediaStream } from './input.js';

/**
 * How much is handed on at a time, in bytes: 128 KB. Larger slices are collected later: on Node 24, 500 MB in slices
 * of 256 KB add 88 MB, in these 60.
 */
export const SLICE_BYTES = 131_072;

/** How much is read of a disk at a time, in bytes: four slices cost a quarter less time than one by one (+ 12 MB). */
const READ_BYTES = 524_288;

/** Something whose bytes can be read from the start, any number of times. */
export interface MediaSource {
  readonly name: string;
  /** In bytes; undefined for a stream that does not tell. */
  readonly size: number | undefined;
  /** The bytes, where the runtime already has them as a Blob. */
  readonly blob?: Blob | undefined;
  /** Reads from the start. Ending early, by `return()` or by `signal`, releases whatever is open. */
  slices(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** A file of the disk, as it is now: if it changes before it has been read, reading it fails. */
export function fileSource(files: Files, path: string, facts: FileFacts): MediaSource {
  const name = files.nameOf(path);
  const changed = (): MediaReadError =>
    new MediaReadError({ file: name, reason: 'it changed while it was being uploaded' });
  return {
    name,
    size: facts.size,
    async *slices() {
      const file = await files.open(path).catch((cause: unknown) => {
        throw new MediaReadError({ file: name, reason: 'it cannot be opened any more', cause });
      });
      const ensureSame = async (): Promise<void> => {
        const now = await file.facts();
        if (now.size !== facts.size || now.modifiedMs !== facts.modifiedMs) throw changed();
      };
      // The next part is read while the one before it is being sent.
      const read = (position: number): Promise<Uint8Array[]> => {
        const slices = file.read(position, Math.min(READ_BYTES, facts.size - position), SLICE_BYTES);
        slices.catch(() => {});
        return slices;
      };
      try {
        await ensureSame();
        let next = read(0);
        for (let position = 0, sent = 0; sent < facts.size; ) {
          const slices = await next;
          if (slices.length === 0) throw changed();
          for (const slice of slices) position += slice.byteLength;
          if (position < facts.size) next = read(position);
          for (const slice of slices) {
            sent += slice.byteLength;
            // Before the last one leaves, so that the service never gets the whole of a file that changed meanwhile.
            if (sent === facts.size) await ensureSame();
            yield slice;
          }
        }
      } catch (cause) {
        if (cause instanceof MediaReadError) throw cause;
        throw new MediaReadError({ file: name, reason: 'it could not be read', cause });
      } finally {
        await file.close();
      }
    },
  };
}

/** A Blob or File. */
export function blobSource(name: string, blob: Blob): MediaSource {
  return {
    name,
    size: blob.size,
    blob,
    async *slices() {
      for (let from = 0; from < blob.size; from += SLICE_BYTES) {
        const slice = await blob
          .slice(from, from + SLICE_BYTES)
          .arrayBuffer()
          .catch((cause: unknown) => {
            throw new MediaReadError({ file: name, reason: 'it could not be read', cause });
          });
        yield new Uint8Array(slice);
      }
    },
  };
}

/** Bytes in memory. */
export function bytesSource(name: string, data: Uint8Array): MediaSource {
  return {
    name,
    size: data.byteLength,
    async *slices() {
      for (let from = 0; from < data.byteLength; from += SLICE_BYTES) {
        // A copy: whoever takes a chunk of a stream may detach its buffer, and this one belongs to the caller.
        yield data.slice(from, from + SLICE_BYTES);
      }
    },
  };
}

/** A stream that can be opened again. Its length is held to what it promises and to the service's limit. */
export function streamSource(input: MediaStream): MediaSource {
  const { name, size } = input;
  return {
    name,
    size,
    async *slices(signal) {
      const failed = (reason: string, cause?: unknown): MediaReadError =>
        new MediaReadError({ file: name, reason, cause });
      let bytes: Bytes | undefined;
      let read = 0;
      try {
        const opening = Promise.resolve(input.open()).then(bytesOf);
        bytes = await untilAborted(opening, signal).catch((error: unknown) => {
          // One that opens after all is read by nobody.
          opening.then((late) => late.cancel()).catch(() => {});
          throw error;
        });
        for (;;) {
          const next = await untilAborted(bytes.next(), signal);
          if (next.done) break;
          if (!(next.value instanceof Uint8Array))
            throw failed('its stream gives something other than bytes');
          read += next.value.byteLength;
          if (size !== undefined && read > size) throw wrongLength(name, size);
          if (read > MAX_UPLOAD_BYTES) {
            throw new MediaTooLargeError({ file: name, limitBytes: MAX_UPLOAD_BYTES });
          }
          yield next.value;
        }
        if (size !== undefined && read < size) throw wrongLength(name, size);
      } catch (cause) {
        if (cause instanceof MediaReadError || cause instanceof MediaTooLargeError) throw cause;
        throw failed('its stream failed', cause);
      } finally {
        // Not awaited: a stream that has nothing to give may never end.
        bytes?.cancel().catch(() => {});
      }
    },
  };
}

/** A stream of either kind, to be read one chunk at a time. */
interface Bytes {
  next(): Promise<IteratorResult<unknown, unknown> | ReadableStreamReadResult<unknown>>;
  cancel(): Promise<unknown>;
}

function bytesOf(stream: ByteStream): Bytes {
  // Not every browser can loop over a stream.
  if ('getReader' in stream) {
    const reader = stream.getReader();
    return { next: () => reader.read(), cancel: () => reader.cancel() };
  }
  const iterator = stream[Symbol.asyncIterator]();
  return { next: () => iterator.next(), cancel: async () => iterator.return?.() };
}

function wrongLength(name: string, size: number): MediaReadError {
  return new MediaReadError({
    file: name,
    reason: `its stream is not ${size} bytes long, as its \`size\` says`,
  });
}
