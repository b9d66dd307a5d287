import { ApiError } from '../errors/index.js';
import type { Transport } from '../transport/index.js';
import { paths, type RenderAnswer, renderAnswer, type SubmitRenderBody } from '../wire/index.js';
import type { RenderObservation, RenderStatus } from './render-state.js';

/** Submits a render. Only what proves that no work began is repeated. */
export async function postRender(
  transport: Transport,
  body: SubmitRenderBody,
  signal: AbortSignal | undefined,
): Promise<RenderObservation> {
  const answer = await transport.json(
    {
      operation: 'render.submit',
      method: 'POST',
      path: paths.submitRender,
      safety: 'once',
      json: body,
      signal,
      about: { sessionId: body.sessionId, renderId: body.id },
    },
    renderAnswer,
  );
  return observe(answer.data);
}

/** How to ask for a render. */
export interface AskOptions {
  readonly signal: AbortSignal | undefined;
  /** False where the caller asks again anyway. */
  readonly retry?: boolean;
}

/** Asks how far a render is. */
export async function askForRender(
  transport: Transport,
  id: string,
  options: AskOptions,
): Promise<RenderObservation> {
  const answer = await transport.json(
    {
      operation: 'render.poll',
      method: 'GET',
      path: paths.render(id),
      safety: 'safe',
      about: { renderId: id },
      ...options,
    },
    renderAnswer,
  );
  return observe(answer.data);
}

/** Asks whether the service has a render of this id; undefined when it does not know it. */
export async function findRender(
  transport: Transport,
  id: string,
  signal: AbortSignal | undefined,
): Promise<RenderObservation | undefined> {
  try {
    const observation = await askForRender(transport, id, { signal });
    // An answer without any status is not about a render.
    return observation.rawStatus === '' || observation.rawStatus === 'not_found' ? undefined : observation;
  } catch (error) {
    if (isUnknownRender(error)) return undefined;
    throw error;
  }
}

/** Whether the service says that it has no render of this id. */
export function isUnknownRender(error: unknown): boolean {
  return error instanceof ApiError && !error.retryable;
}

/**
 * Asks the service to cancel a render.
 * @returns false when it had already ended, and stays as it is.
 */
export async function postCancel(
  transport: Transport,
  render: { readonly id: string; readonly sessionId: string | undefined },
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { id, sessionId } = render;
  try {
    await transport.json(
      {
        operation: 'render.cancel',
        method: 'POST',
        path: paths.cancelRender(id),
        safety: 'safe',
        about: { renderId: id, sessionId },
        signal,
      },
      renderAnswer,
    );
  } catch (error) {
    const status = isUnknownRender(error) ? (await findRender(transport, id, signal))?.status : undefined;
    if (status === 'completed' || status === 'failed') return false;
    if (status !== 'cancelled') throw error;
  }
  return true;
}

/** The four documented words, and their obvious relatives. */
const STATUS_OF_WORD: Readonly<Record<string, RenderStatus>> = {
  pending: 'pending',
  queued: 'pending',
  processing: 'processing',
  rendering: 'processing',
  running: 'processing',
  completed: 'completed',
  complete: 'completed',
  done: 'completed',
  success: 'completed',
  succeeded: 'completed',
  failed: 'failed',
  failure: 'failed',
  error: 'failed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
};

/** Reads an answer about a render. */
export function observe(answer: RenderAnswer): RenderObservation {
  const rawStatus = answer.status ?? '';
  const status = STATUS_OF_WORD[rawStatus.toLowerCase()] ?? 'processing';
  return {
    status,
    rawStatus,
    rawProgress: answer.progress ?? undefined,
    outputUrl: answer.outputUrl ?? answer.output?.url ?? undefined,
    reason: status === 'failed' ? reasonOf(answer.error) : undefined,
    hint: status === 'failed' && typeof answer.hint === 'string' ? answer.hint : undefined,
    raw: answer,
  };
}

function reasonOf(error: unknown): string {
  if (typeof error === 'string' && error !== '') return error;
  if (typeof error === 'object' && error !== null) {
    const message: unknown = Reflect.get(error, 'message');
    return typeof message === 'string' ? message : JSON.stringify(error);
  }
  return 'the service gave no reason';
}
