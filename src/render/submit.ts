import {
  ApiError,
  NemoVideoError,
  NetworkError,
  ResponseFormatError,
  TimeoutError,
} from '../errors/index.js';
import { abortable, type Transport } from '../transport/index.js';
import { paths, type RenderOutput, renderAnswer, type SubmitRenderBody } from '../wire/index.js';
import { findRender } from './ask.js';
import { observe, type RenderObservation } from './status.js';

/** What `onSubmit` is called with, before each request that submits the render. */
export interface RenderSubmission {
  /** The id that the request will carry. Keep it: another process finds the job by it. */
  readonly id: string;
  /** 1, or 2 when the first id could not be used. */
  readonly attempt: number;
}

/** A submission, complete. */
export interface SubmitRequest {
  readonly transport: Transport;
  readonly id: string;
  /** True when an earlier process may have submitted this id: it is asked for first. */
  readonly maybeSubmitted: boolean;
  readonly sessionId: string;
  readonly draft: unknown;
  readonly output: RenderOutput;
  readonly onSubmit: ((submission: RenderSubmission) => void | Promise<void>) | undefined;
  readonly signal: AbortSignal | undefined;
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
 * submitted under another, and a second id is made at most once (wire document, "The wire").
 * @throws {@link ExportNotAllowedError}, {@link AuthenticationError} and the like at once: another id changes nothing.
 */
export async function submitRender(request: SubmitRequest): Promise<Submitted> {
  const { transport, signal } = request;
  let { id } = request;
  if (request.maybeSubmitted) {
    const known = await findRender(transport, id, signal);
    if (known !== undefined) return { id, observation: known };
  }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { id, observation: await post(request, id, attempt) };
    } catch (error) {
      if (!mayBeAbout(error)) throw error;
      const known = await findRender(transport, id, signal);
      if (known !== undefined) return { id, observation: known };
      if (attempt === 2) throw error;
      id = newRenderId();
    }
  }
}

async function post(request: SubmitRequest, id: string, attempt: number): Promise<RenderObservation> {
  const { transport, sessionId, draft, output, onSubmit, signal } = request;
  if (onSubmit !== undefined) {
    const told = Promise.resolve(onSubmit({ id, attempt }));
    await abortable(told, signal, { operation: 'render.submit', sessionId, renderId: id });
  }
  const json: SubmitRenderBody = { id, sessionId, draft, output };
  const answer = await transport.json(
    {
      operation: 'render.submit',
      method: 'POST',
      path: paths.submitRender,
      safety: 'once',
      json,
      signal,
      about: { sessionId, renderId: id },
    },
    renderAnswer,
  );
  return observe(answer.data);
}

/** Whether after this failure the service may have the job, or may take it under another id. */
function mayBeAbout(error: unknown): boolean {
  if (!(error instanceof NemoVideoError)) return false;
  return (
    error instanceof ApiError ||
    error instanceof TimeoutError ||
    error instanceof ResponseFormatError ||
    (error instanceof NetworkError && error.sent === 'unknown')
  );
}
