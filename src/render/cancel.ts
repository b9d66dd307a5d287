import { ApiError } from '../errors/index.js';
import { abortable } from '../transport/index.js';
import { paths, renderAnswer } from '../wire/index.js';
import { findRender } from './ask.js';
import type { RenderContext } from './facts.js';
import type { RenderLifecycle } from './lifecycle.js';

/**
 * Cancels a render wherever it stands. One that the service cannot have is dropped without a request. A submission
 * that has left is waited for: it can only be cancelled by the id that it gets.
 */
export async function cancelRender(
  { transport }: RenderContext,
  lifecycle: RenderLifecycle,
  signal: AbortSignal | undefined,
): Promise<void> {
  while (lifecycle.outcome === undefined) {
    const { id, sessionId, leaving, submission } = lifecycle;
    const about = { renderId: id, sessionId };
    if (leaving !== undefined) {
      const isTaken = await abortable(leaving, signal, { operation: 'render.cancel', ...about });
      // The job ends with the failure of its submission.
      if (!isTaken) return;
      continue;
    }
    if (submission?.maybeSubmitted) {
      const known = await findRender(transport, id, signal);
      // Its turn to be submitted may have come during the question.
      if (lifecycle.leaving !== undefined || lifecycle.submission !== submission) continue;
      if (known === undefined) return lifecycle.cancelled();
    } else if (submission !== undefined) return lifecycle.cancelled();
    const call = {
      operation: 'render.cancel',
      method: 'POST',
      path: paths.cancelRender(id),
      safety: 'safe',
    } as const;
    try {
      await transport.json({ ...call, about, signal }, renderAnswer);
    } catch (error) {
      const isRefused = error instanceof ApiError && !error.retryable;
      const status = isRefused ? (await findRender(transport, id, signal))?.status : undefined;
      // One that has ended meanwhile is left as it is.
      if (status === 'completed' || status === 'failed') return;
      if (status !== 'cancelled') throw error;
    }
    return lifecycle.cancelled();
  }
}
