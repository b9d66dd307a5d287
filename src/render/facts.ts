import type { Transport } from '../transport/index.js';
import type { RenderOutput } from '../wire/index.js';
import type { RenderResult } from './job.js';
import type { RenderSettings } from './settings.js';
import type { RenderObservation } from './status.js';
import type { RenderSubmission } from './submit.js';

/** What every job of a client shares. */
export interface RenderContext {
  readonly transport: Transport;
  readonly settings: RenderSettings;
}

/** What is to be submitted, when that has not been done or is not certain. */
export interface PendingSubmission {
  readonly draft: unknown;
  readonly output: RenderOutput;
  /** True when an earlier process may have submitted it. */
  readonly maybeSubmitted: boolean;
  readonly onSubmit: ((submission: RenderSubmission) => void | Promise<void>) | undefined;
  /** Settles when the export before it in the session has ended. */
  readonly turn: Promise<unknown> | undefined;
}

/** A job, as the library makes it. */
export interface RenderJobFacts {
  readonly id: string;
  readonly sessionId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly startedAt: number;
  /** The service's answer to the submission, when it has been submitted. */
  readonly submitted?: RenderObservation | undefined;
  readonly submission?: PendingSubmission | undefined;
  /** Stops watching when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** How a render ended, or why nobody could tell. */
export type RenderOutcome = { readonly result: RenderResult } | { readonly error: unknown };
