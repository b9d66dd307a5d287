import type { Fields } from '../errors/index.js';
import type { RenderSubmission } from '../render/index.js';
import type { RunSnapshot, RunTimeouts } from '../run/index.js';
import type { RenderOutput } from '../wire/index.js';

/** How to send a message. */
export interface RunOptions {
  /** Awaited with all that another process needs, right before the message leaves. What it throws prevents that. */
  readonly onSend?: (snapshot: RunSnapshot) => void | Promise<void>;
  /** Limits of this run, in ms; default the client's. */
  readonly timeouts?: RunTimeouts;
  /** Aborts it. */
  readonly signal?: AbortSignal;
}

/** How to export. */
export interface ExportOptions {
  /** An id that an earlier process may have submitted: it is asked for before anything is submitted. Default new. */
  readonly id?: string;
  /** What is made of it. Default `{ format: 'mp4', quality: 'high' }`, the only documented one. */
  readonly output?: Partial<RenderOutput>;
  /** Awaited before each request that submits; a second time if a new id is made. */
  readonly onSubmit?: (submission: RenderSubmission) => void | Promise<void>;
  /** Also stops watching the job. */
  readonly signal?: AbortSignal;
}

/** The fields of {@link RunOptions}. */
export const RUN_FIELDS: Fields<RunOptions> = { onSend: 'function', timeouts: 'object', signal: 'signal' };
