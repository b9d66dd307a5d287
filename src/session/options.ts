import type { Fields } from '../errors/index.js';
import type { RenderSubmission } from '../render/index.js';
import type { RunSnapshot, RunTimeouts } from '../run/index.js';
import type { RenderOutput } from '../wire/index.js';

/** How to send a message. */
export interface RunOptions {
  /** Awaited right before the message is sent, with all that another process needs. If it throws, nothing is sent. */
  readonly onSend?: (snapshot: RunSnapshot) => void | Promise<void>;
  /** Limits of this run, in ms. Default: the client's. */
  readonly timeouts?: RunTimeouts;
  /** Aborts it. */
  readonly signal?: AbortSignal;
}

/** How to export. */
export interface ExportOptions {
  /** An id that an earlier process may have submitted: the service is asked for it first. Default: a new one. */
  readonly id?: string;
  /**
   * Format and quality of the file. Default `{ format: 'mp4', quality: 'high' }`, the only output that the service
   * documents. The local backend also knows `quality: 'low'`.
   */
  readonly output?: Partial<RenderOutput>;
  /** Awaited before each request that submits the render; a second time if that needs a new id. */
  readonly onSubmit?: (submission: RenderSubmission) => void | Promise<void>;
  /** Aborts the export, and later stops watching the job. */
  readonly signal?: AbortSignal;
}

/** The fields of {@link RunOptions}. */
export const RUN_FIELDS: Fields<RunOptions> = { onSend: 'function', timeouts: 'object', signal: 'signal' };
