import { MediaReadError, MediaTooLargeError, UnsupportedMediaError } from '../../errors/index.js';
import { untilAborted } from '../../platform/abort.js';
import type { FileFacts, Files } from '../../platform/files.js';
import {
  ACCEPTED_MEDIA,
  type AcceptedType,
  acceptedType,
  extensionOf,
  MAX_UPLOAD_BYTES,
  type MediaFormat,
  sniffFormat,
} from '../../wire/index.js';

/** A file that can be read from its start as often as necessary. */
export interface MediaStream {
  /** The file's name, with its extension. The service gets it exactly as it is. */
  readonly name: string;
  /** In bytes. Without it, the body has no `Content-Length`, and the size limit is enforced while reading. */
  readonly size?: number;
  /** Opens the file from its start. Called once to detect its type, and once for every attempt to send it. */
  open(): ByteStream | Promise<ByteStream>;
}

/** Bytes as they come: a stream of the web, or anything that can be looped over, such as a `Readable` of Node. */
export type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

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
  /** In bytes; undefined for a stream of unknown length. */
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
        // A copy: the consumer of a chunk may detach its buffer, and this one is the caller's.
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
          // One that opens after all is not read.
          opening.then((late) => late.cancel()).catch(() => {});
          throw error;
        });
        for (;;) {
          const next = await untilAborted(bytes.next(), signal);
          if (next.done) break;
          if (!(next.value instanceof Uint8Array)) throw failed('its stream has something other than bytes');
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
        // Not awaited: an idle stream may never end.
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

/** A file that is not certain to be refused. */
export interface CheckedMedia extends AcceptedType {
  readonly source: MediaSource;
}

/** Every accepted extension, for errors. */
export const ACCEPTED_EXTENSIONS: readonly string[] = /* @__PURE__ */ Object.keys(ACCEPTED_MEDIA);

/** Enough for every signature; the document type of a WebM file comes last, within 64 bytes. */
const HEAD_BYTES = 64;

/**
 * Containers that carry video and sound alike, so that the extension says nothing certain about the content: a `.m4a` is
 * often an MP4 inside.
 */
const CONTAINERS: readonly string[] = ['mp4', 'mov', 'm4a'];

/** Audio that begins with its first frame, wherever that is: zeros or other bytes may precede it. */
const WITHOUT_SIGNATURE: readonly string[] = ['mp3', 'aac'];

/**
 * Looks at size, extension and first bytes of a file. Nothing is sent. What is certainly no accepted file is refused; in
 * doubt the service decides.
 * @throws {@link UnsupportedMediaError}, {@link MediaTooLargeError}, {@link MediaReadError}
 */
export async function checkMedia(source: MediaSource, signal: AbortSignal): Promise<CheckedMedia> {
  const { name: file, size } = source;
  const refuse = (reason: string): UnsupportedMediaError =>
    new UnsupportedMediaError({ file, reason, accepted: ACCEPTED_EXTENSIONS });
  const extension = extensionOf(file);
  const accepted = acceptedType(extension);
  if (extension !== undefined && accepted === undefined) {
    throw refuse(`files of type .${extension} are not accepted`);
  }
  if (size !== undefined && size > MAX_UPLOAD_BYTES) {
    throw new MediaTooLargeError({ file, sizeBytes: size, limitBytes: MAX_UPLOAD_BYTES });
  }
  const head = size === 0 ? new Uint8Array() : await readHead(source, signal);
  if (head.byteLength === 0) throw refuse('it is empty');
  const format = sniffFormat(head);
  const foreign = format === undefined ? foreignContent(head) : undefined;
  if (foreign !== undefined) throw refuse(`its content is ${foreign}`);
  // Names are sent as they are, and the service goes by them.
  if (extension === undefined || accepted === undefined) {
    const advice =
      format === undefined
        ? ''
        : `, and its content is ${format}: name it ${JSON.stringify(`${file}.${format}`)}`;
    throw refuse(`its name has no extension${advice}`);
  }
  if (format === undefined) {
    const isBlank = head.every((byte) => byte === 0);
    if (isBlank && !WITHOUT_SIGNATURE.includes(extension)) throw refuse('its content is of no accepted type');
  } else if (!mayGoBy(format, extension)) {
    throw refuse(`its name says .${extension} and its content is ${format}`);
  }
  return { source, ...accepted };
}

/** Whether a file of this format may have this extension: a picture that of another picture, and so on. */
function mayGoBy(format: MediaFormat, extension: string): boolean {
  const isSameKind = acceptedType(format)?.kind === acceptedType(extension)?.kind;
  return isSameKind || (CONTAINERS.includes(format) && CONTAINERS.includes(extension));
}

async function readHead(source: MediaSource, signal: AbortSignal): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD_BYTES);
  let filled = 0;
  for await (const slice of source.slices(signal)) {
    head.set(slice.subarray(0, HEAD_BYTES - filled), filled);
    filled = Math.min(HEAD_BYTES, filled + slice.byteLength);
    if (filled === HEAD_BYTES) break;
  }
  return head.subarray(0, filled);
}

/** What a file certainly is, where people often try one that is not accepted. */
function foreignContent(head: Uint8Array): string | undefined {
  const text = String.fromCharCode(...head);
  if (/^.{4}ftyp(?:hei|hev|mif|msf)/s.test(text)) return 'a HEIC picture';
  if (/^.{4}ftypavi/s.test(text)) return 'an AVIF picture';
  if (text.startsWith('%PDF')) return 'a PDF';
  if (text.startsWith('PK\x03\x04')) return 'a ZIP archive';
  return /^[\t\n\r\x20-\x7e]+$/.test(text) ? 'text' : undefined;
}
