import {
  ApiError,
  NemoVideoError,
  NetworkError,
  ResponseFormatError,
  TimeoutError,
} from '../errors/index.js';
import { abortable, type Transport } from '../transport/index.js';
import type { RenderOutput } from '../wire/index.js';
import { findRender, postRender } from './render-calls.js';
import type { RenderObservation } from './render-state.js';

/** The argument of `onSubmit`, before each request that submits the render. */
export interface RenderSubmission {
  /** The id that the request will carry. Keep it: another process finds the job by it. */
  readonly id: string;
  /** 1, or 2 when the first id could not be used. */
  readonly attempt: number;
}

/** What is to be submitted. */
export interface Submission {
  readonly sessionId: string;
  readonly draft: unknown;
  readonly output: RenderOutput;
  /** True when this id may have been submitted before: the service is asked for it first. */
  readonly maybeSubmitted: boolean;
  readonly onSubmit?: ((submission: RenderSubmission) => void | Promise<void>) | undefined;
}

/** A job that the service has. */
export interface Submitted {
  readonly id: string;
  readonly observation: RenderObservation;
}

/** A new id of a render, in the service's form (wire document: `render_<unique>`). */
export function newRenderId(): string {
  return `render_${crypto.randomUUID()}`;
}

/**
 * Submits a render so that it happens once: an id that may be known to the service is asked for before anything is
 * submitted under another, and a second id is made at most once (wire document, "Endpoints").
 * @throws {@link ExportNotAllowedError}, {@link AuthenticationError} and the like at once: another id changes nothing.
 */
export async function submitRender(
  transport: Transport,
  firstId: string,
  submission: Submission,
  signal: AbortSignal | undefined,
): Promise<Submitted> {
  let id = firstId;
  if (submission.maybeSubmitted) {
    const known = await findRender(transport, id, signal);
    if (known !== undefined) return { id, observation: known };
  }
  const { sessionId, draft, output, onSubmit } = submission;
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (onSubmit !== undefined) {
        const stored = Promise.resolve(onSubmit({ id, attempt }));
        await abortable(stored, signal, { operation: 'render.submit', sessionId, renderId: id });
      }
      return { id, observation: await postRender(transport, { id, sessionId, draft, output }, signal) };
    } catch (error) {
      if (!mayBeAbout(error)) throw error;
      const known = await findRender(transport, id, signal);
      if (known !== undefined) return { id, observation: known };
      if (attempt === 2) throw error;
      id = newRenderId();
    }
  }
}

/** Whether after this failure the service may have the job, or may accept it under another id. */
function mayBeAbout(error: unknown): boolean {
  if (!(error instanceof NemoVideoError)) return false;
  return (
    error instanceof ApiError ||
    error instanceof TimeoutError ||
    error instanceof ResponseFormatError ||
    (error instanceof NetworkError && error.sent === 'unknown')
  );
}
