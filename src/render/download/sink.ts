import { DownloadError } from '../../errors/index.js';
import type { DownloadDestination } from './contract.js';
import { ensureDestination, filesFor } from './destination.js';
import { openPartFile } from './part-file.js';
import type { FileVersion } from './version.js';
import type { ArrivedChunk } from './write-behind.js';

/** A part of a file that is already here. */
export interface Kept {
  readonly bytes: number;
  readonly version: FileVersion;
}

/** Where the bytes go. */
export interface Sink {
  /** What an earlier download left, where it can be continued. */
  readonly kept: Kept | undefined;
  /** What comes next belongs to `version` of the file, and begins at its first byte. */
  begin(version: FileVersion): Promise<void>;
  /** Takes a chunk; resolves when the next one may come. */
  write(chunk: ArrivedChunk): Promise<void>;
  /** Resolves when everything that was taken is where it belongs. */
  settle(): Promise<void>;
  /** The file is whole. */
  finish(): Promise<{ readonly path?: string }>;
  /** The download has failed; what can be continued later is kept. */
  abandon(error: unknown): Promise<void>;
}

/**
 * Opens a destination.
 * @throws {@link OptionError} for something that is none, {@link DownloadError} for a path that cannot be written.
 */
export async function openSink(destination: DownloadDestination, renderId: string): Promise<Sink> {
  ensureDestination(destination, 'destination');
  if (typeof destination === 'string') return openPartFile(filesFor('destination'), destination, renderId);
  if (typeof destination === 'function') {
    return flowSink({
      write: async (chunk) => destination(chunk),
      close: async () => {},
      abort: async () => {},
    });
  }
  const writer = destination.getWriter();
  // Told by `write`; without this it would also be told as an unhandled rejection.
  writer.closed.catch(() => {});
  return flowSink({
    write: (chunk) => writer.write(chunk),
    close: () => writer.close(),
    abort: (error) => writer.abort(error),
  });
}

interface Flow {
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
  abort(error: unknown): Promise<void>;
}

/** A destination from which nothing can be taken back. */
function flowSink(flow: Flow): Sink {
  let given = false;
  const told = (step: Promise<void>): Promise<void> =>
    step.catch((cause: unknown) => {
      throw new DownloadError({
        reason: 'the destination failed',
        hint: 'See `cause` for what the stream or function threw.',
        cause,
      });
    });
  return {
    kept: undefined,
    async begin() {
      if (!given) return;
      throw new DownloadError({
        reason: 'the connection broke, and the service no longer has the version of the file that was begun',
        hint: 'What was written cannot be taken back: download again, best to a path, which can start over.',
      });
    },
    write({ bytes }) {
      given = true;
      return told(flow.write(bytes));
    },
    settle: async () => {},
    async finish() {
      await told(flow.close());
      return {};
    },
    async abandon(error) {
      // Not awaited: it waits for a write that may never end. The error of the download is what the caller hears.
      flow.abort(error).catch(() => {});
    },
  };
}
