import { DEFAULT_OUTPUT, type RenderOutput } from '../wire/index.js';
import type { RenderContext } from './facts.js';
import { RenderJob } from './job.js';
import { newRenderId, type RenderSubmission, submitRender } from './submit.js';

/** A draft to render. It has been checked: there is something on it. */
export interface ExportRequest {
  readonly sessionId: string;
  readonly clientId?: string | undefined;
  readonly draft: unknown;
  /** An id that may have been submitted before: the service is asked for it first. Default: a new one. */
  readonly id?: string | undefined;
  readonly output?: Partial<RenderOutput> | undefined;
  /** Awaited before each request that submits. */
  readonly onSubmit?: ((submission: RenderSubmission) => void | Promise<void>) | undefined;
  /** The previous export of the session, if it is still under way: the job is `queued` until that has ended. */
  readonly turn?: Promise<unknown> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Submits a draft, or queues it behind the export that is under way. */
export async function exportDraft(context: RenderContext, request: ExportRequest): Promise<RenderJob> {
  const { sessionId, clientId, draft, turn, onSubmit, signal } = request;
  const output = { ...DEFAULT_OUTPUT, ...request.output };
  const id = request.id ?? newRenderId();
  const maybeSubmitted = request.id !== undefined;
  const { clock } = context.transport;
  if (turn !== undefined) {
    const submission = { draft, output, maybeSubmitted, onSubmit, turn };
    return new RenderJob(context, { id, sessionId, clientId, startedAt: clock.now(), submission, signal });
  }
  const { transport } = context;
  const submitted = await submitRender({
    transport,
    id,
    maybeSubmitted,
    sessionId,
    draft,
    output,
    onSubmit,
    signal,
  });
  return new RenderJob(context, {
    id: submitted.id,
    sessionId,
    clientId,
    startedAt: clock.now(),
    submitted: submitted.observation,
    signal,
  });
}
