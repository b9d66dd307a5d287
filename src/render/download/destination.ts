import { platform } from '#platform';
import { DownloadError, type Fields, OptionError } from '../../errors/index.js';
import type { Files } from '../../platform/files.js';
import { abortable } from '../../transport/index.js';
import { openPartFile } from './part-file.js';
import type { FileVersion } from './portion.js';

/**
 * Where a video is saved: a path, whose download can be resumed and whose file is replaced only when the new one is
 * complete; a `WritableStream`, which is closed at the end and aborted on failure; or a function that is called with
 * every chunk and awaited.
 */
export type DownloadDestination =
  | string
  | WritableStream<Uint8Array>
  | ((chunk: Uint8Array) => void | Promise<void>);

/** How far a download is. */
export interface DownloadProgress {
  /** Bytes that are at the destination, including those kept from an earlier, interrupted download. */
  readonly loaded: number;
  /** Bytes of the whole file; undefined while the service has not said. */
  readonly total: number | undefined;
}

/** How to download. */
export interface DownloadOptions {
  /** Called at most 20 times a second, and once at the end. If it throws, the download fails with that error. */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Aborts it. */
  readonly signal?: AbortSignal | undefined;
}

/** The fields of {@link DownloadOptions}. */
export const DOWNLOAD_FIELDS: Fields<DownloadOptions> = { onProgress: 'function', signal: 'signal' };

/** What was downloaded. */
export interface DownloadResult {
  /** The size of the file in bytes. */
  readonly bytes: number;
  /** Where it is; absent when the destination was not a path. */
  readonly path?: string;
}

const PATH_OR_STREAM = 'a path, an unlocked WritableStream, or a function';

/**
 * Checks that a value can be a destination, as far as the value alone shows: a path in a runtime with files, an unlocked
 * stream, or a function.
 * @throws {@link OptionError} at once, before anything is paid for or waited for.
 */
export function ensureDestination(
  destination: unknown,
  field: string,
): asserts destination is DownloadDestination {
  if (typeof destination === 'function') return;
  if (typeof destination === 'string' && destination !== '') {
    filesFor(field);
    return;
  }
  if (isWritableStream(destination) && !destination.locked) return;
  throw new OptionError({ field, accepted: PATH_OR_STREAM, hint: hintFor(destination) });
}

/**
 * Checks that a video could be saved to a destination, before anything is paid for that has nowhere to go.
 * @throws {@link OptionError} for something that is not a destination, when the path is a folder, or its folder does not exist.
 */
export async function checkDestination(destination: DownloadDestination, field: string): Promise<void> {
  ensureDestination(destination, field);
  if (typeof destination !== 'string') return;
  const files = filesFor(field);
  const folder = destination.replace(/[^/\\]+$/, '') || '.';
  const [above, own] = await Promise.all([
    files.facts(folder).catch(() => undefined),
    files.facts(destination).catch(() => undefined),
  ]);
  const at = JSON.stringify(destination);
  if (own?.kind === 'folder')
    throw new OptionError({ field, accepted: `the path of a file, and ${at} is a folder` });
  if (above?.kind !== 'folder') {
    throw new OptionError({
      field,
      accepted: `a path in a folder that exists, unlike that of ${at}`,
      hint: 'Make the folder first.',
    });
  }
}

function filesFor(field: string): Files {
  if (platform.files !== undefined) return platform.files;
  throw new OptionError({ field, accepted: 'a WritableStream or a function: there are no files here' });
}

/** Not `instanceof`: a stream may come from another realm, as under Jest. */
function isWritableStream(value: unknown): value is WritableStream<Uint8Array> {
  return typeof value === 'object' && value !== null && 'getWriter' in value && 'locked' in value;
}

/** What is often passed in place of a destination. */
function hintFor(destination: unknown): string | undefined {
  if (destination instanceof URL) return 'Pass its path: `fileURLToPath(url)` of `node:url`.';
  if (typeof destination !== 'object' || destination === null) return undefined;
  if (isWritableStream(destination)) return 'A writer of this stream is in use: release it first.';
  const isNodeStream = 'write' in destination && 'pipe' in destination;
  return isNodeStream ? 'Pass `Writable.toWeb(stream)` of `node:stream`.' : undefined;
}

/** A piece of a file that has arrived. */
export interface ArrivedChunk {
  readonly bytes: Uint8Array;
  /** Whether its memory is used nowhere else, so that it may be given back once it is written. */
  readonly exclusive: boolean;
}

/** A part of a file that is already here. */
export interface Kept {
  readonly bytes: number;
  readonly version: FileVersion;
}

/** A destination that is open. */
export interface Sink {
  /** What an earlier download left, where it can be continued. */
  readonly kept: Kept | undefined;
  /** Whether a later download could continue with what is here now. */
  readonly isResumable: boolean;
  /** What comes next belongs to `version` of the file, and begins at its first byte. */
  begin(version: FileVersion): Promise<void>;
  /** Writes a chunk; resolves when the next one may come. */
  write(chunk: ArrivedChunk): Promise<void>;
  /** Resolves when all chunks so far are written. */
  settle(): Promise<void>;
  /** The file is whole. An abort does not wait for a stream that never finishes closing. */
  finish(signal: AbortSignal | undefined): Promise<{ readonly path?: string }>;
  /** The download has failed; what can be continued later is kept. */
  abandon(error: unknown): Promise<void>;
}

/**
 * Opens a destination.
 * @throws {@link OptionError} for something that is not a destination, {@link DownloadError} for a path that cannot be written.
 */
export async function openSink(destination: DownloadDestination, renderId: string): Promise<Sink> {
  ensureDestination(destination, 'destination');
  if (typeof destination === 'string') return openPartFile(filesFor('destination'), destination, renderId);
  if (typeof destination === 'function') {
    const flow = {
      write: async (chunk: Uint8Array) => destination(chunk),
      close: async () => {},
      abort: async () => {},
    };
    return flowSink(flow, renderId);
  }
  const writer = destination.getWriter();
  // `write` rejects with the same error; without this it would also be an unhandled rejection.
  writer.closed.catch(() => {});
  return flowSink(writer, renderId);
}

/** A destination from which nothing can be taken back. */
function flowSink(
  flow: Pick<WritableStreamDefaultWriter<Uint8Array>, 'write' | 'close' | 'abort'>,
  renderId: string,
): Sink {
  let hasWritten = false;
  const attempt = async (step: () => Promise<void>): Promise<void> => {
    try {
      // A stream that is closed throws at once, in some runtimes.
      await step();
    } catch (cause) {
      throw new DownloadError({
        renderId,
        reason: 'the destination failed',
        hint: 'See `cause` for what the stream or function threw.',
        cause,
      });
    }
  };
  return {
    kept: undefined,
    isResumable: false,
    async begin() {
      if (!hasWritten) return;
      throw new DownloadError({
        renderId,
        reason: 'the connection broke, and the service no longer has the version of the file that was begun',
        hint: 'What was written cannot be taken back: download again, best to a path, which can start over.',
      });
    },
    write({ bytes }) {
      hasWritten = true;
      return attempt(() => flow.write(bytes));
    },
    settle: async () => {},
    async finish(signal) {
      const closing = attempt(() => flow.close());
      await abortable(closing, signal, { operation: 'download', renderId });
      return {};
    },
    async abandon(error) {
      // Not awaited: it waits for a write that may never end. The caller gets the error of the download.
      attempt(() => flow.abort(error)).catch(() => {});
    },
  };
}
