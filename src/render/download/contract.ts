import type { Fields } from '../../errors/index.js';

/**
 * Where a video is brought: a path, which is resumed and replaced only when the new file is whole; a `WritableStream`,
 * which is closed at the end and aborted on failure; or a function that is given every chunk and awaited.
 */
export type DownloadDestination =
  | string
  | WritableStream<Uint8Array>
  | ((chunk: Uint8Array) => void | Promise<void>);

/** How far a download is. */
export interface DownloadProgress {
  /** Bytes that are at the destination, with those of an earlier, broken download that are used. */
  readonly loaded: number;
  /** Bytes of the whole file; undefined while the service does not tell. */
  readonly total: number | undefined;
}

/** How to download. */
export interface DownloadOptions {
  /** Called at most 20 times a second, and once at the end. What it throws ends the download. */
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
  /** Where it is; absent when the destination was no path. */
  readonly path?: string;
}

/** A finished render to bring here. */
export interface DownloadRequest extends DownloadOptions {
  readonly renderId: string;
  /** Where the service says that the file is; without it the service's own download path is used. */
  readonly outputUrl?: string | undefined;
  readonly destination: DownloadDestination;
}
