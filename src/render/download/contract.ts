import type { Fields } from '../../errors/index.js';

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
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Aborts it. */
  readonly signal?: AbortSignal;
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

/** A finished render to bring here. */
export interface DownloadRequest extends DownloadOptions {
  readonly renderId: string;
  /** Where the service says that the file is; without it the service's own download path is used. */
  readonly outputUrl?: string | undefined;
  readonly destination: DownloadDestination;
}
