import { DownloadError } from '../../errors/index.js';
import { abortable } from '../../transport/index.js';
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
  /** Whether a later download could continue with what is here now. */
  readonly isResumable: boolean;
  /** What comes next belongs to `version` of the file, and begins at its first byte. */
  begin(version: FileVersion): Promise<void>;
  /** Takes a chunk; resolves when the next one may come. */
  write(chunk: ArrivedChunk): Promise<void>;
  /** Resolves when everything that was taken is where it belongs. */
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
    return flowSink(
      {
        write: async (chunk) => destination(chunk),
        close: async () => {},
        abort: async () => {},
      },
      renderId,
    );
  }
  const writer = destination.getWriter();
  // Told by `write`; without this it would also be told as an unhandled rejection.
  writer.closed.catch(() => {});
  return flowSink(
    {
      write: (chunk) => writer.write(chunk),
      close: () => writer.close(),
      abort: (error) => writer.abort(error),
    },
    renderId,
  );
}

interface Flow {
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
  abort(error: unknown): Promise<void>;
}

/** A destination from which nothing can be taken back. */
function flowSink(flow: Flow, renderId: string): Sink {
  let given = false;
  const told = async (step: () => Promise<void>): Promise<void> => {
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
      if (!given) return;
      throw new DownloadError({
        renderId,
        reason: 'the connection broke, and the service no longer has the version of the file that was begun',
        hint: 'What was written cannot be taken back: download again, best to a path, which can start over.',
      });
    },
    write({ bytes }) {
      given = true;
      return told(() => flow.write(bytes));
    },
    settle: async () => {},
    async finish(signal) {
      await abortable(
        told(() => flow.close()),
        signal,
        { operation: 'download', renderId },
      );
      return {};
    },
    async abandon(error) {
      // Not awaited: it waits for a write that may never end. The error of the download is what the caller hears.
      told(() => flow.abort(error)).catch(() => {});
    },
  };
}
