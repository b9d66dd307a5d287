/** A file in memory. */
export interface MediaBytes {
  /** The file's name, with its extension. The service gets it exactly as it is. */
  readonly name: string;
  readonly data: Uint8Array;
}

/** A file that can be read from its start as often as necessary. */
export interface MediaStream {
  /** The file's name, with its extension. The service gets it exactly as it is. */
  readonly name: string;
  /** In bytes. Without it, the body has no `Content-Length`, and the size limit is enforced while reading. */
  readonly size?: number;
  /** Opens the file from its start. Called once to detect its type, and once for every attempt to send it. */
  open(): ByteStream | Promise<ByteStream>;
}

/** What a {@link MediaInput} is, for errors. */
export const MEDIA_INPUT_FORMS =
  'a path, a URL, a Blob, { name, data: Uint8Array } or { name, size?, open() }';

/** Whether a value has the form of a {@link MediaInput}. */
export function isMediaInput(value: unknown): value is MediaInput {
  if (typeof value === 'string' || value instanceof URL || value instanceof Blob) return true;
  if (typeof value !== 'object' || value === null || !('name' in value) || typeof value.name !== 'string')
    return false;
  return (
    ('data' in value && value.data instanceof Uint8Array) ||
    ('open' in value && typeof value.open === 'function')
  );
}

/** Whether there is a list, rather than one input. */
export function isMediaList(media: MediaInput | readonly MediaInput[]): media is readonly MediaInput[] {
  return Array.isArray(media);
}

/** Bytes as they come: a stream of the web, or anything that can be looped over, such as a `Readable` of Node. */
export type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Something to upload:
 * - a path; that of a folder stands for every accepted file directly in it, in natural order. A string that starts with
 *   `http://`, `https://` or `file://` is an address.
 * - a `URL`: `file:` is read here, `http(s):` is fetched by the service itself.
 * - a `Blob` or `File`.
 * - `{ name, data }` in memory, or `{ name, size?, open() }` as a stream that can be opened again.
 */
export type MediaInput = string | URL | Blob | MediaBytes | MediaStream;
