import { ApiError } from '../errors/index.js';
import type { Transport } from '../transport/index.js';
import { paths, renderAnswer } from '../wire/index.js';
import { observe, type RenderObservation } from './status.js';

/** How to ask for a render. */
export interface AskOptions {
  readonly signal: AbortSignal | undefined;
  /** False for who asks again anyway. */
  readonly retry?: boolean;
}

/** Asks how far a render is. */
export async function askFor(
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
    const observation = await askFor(transport, id, { signal });
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
