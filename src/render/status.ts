import type { RenderAnswer } from '../wire/index.js';

/**
 * Where a render stands. `queued`: held back by this library because another export of the session is under way.
 * A status that is not documented counts as `processing`; `rawStatus` has the word itself.
 */
export type RenderStatus = 'queued' | 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled';

/** What one answer of the service says about a render, in either of its two shapes. */
export interface RenderObservation {
  readonly status: RenderStatus;
  /** The status in the service's own word; empty when the answer had none. */
  readonly rawStatus: string;
  /** As the service sent it: the unit is not documented. */
  readonly rawProgress: number | undefined;
  readonly outputUrl: string | undefined;
  /** What the service said about a failure. */
  readonly reason: string | undefined;
  /** What to do about it, where the service (the local backend) says so. */
  readonly hint: string | undefined;
  readonly raw: unknown;
}

/** The four documented words, and the obvious relatives of them. */
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

/** Whether a status is final. */
export function isFinal(status: RenderStatus): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

/**
 * Percent from the service's number, whose unit is not documented: a fraction up to 1, or percent above. A `1` is
 * one percent when nothing more than that was seen before, else the end of a fraction. Never less than `before`.
 */
export function percentOf(raw: number | undefined, before: number | undefined): number | undefined {
  if (raw === undefined || !Number.isFinite(raw)) return before;
  const isPercent = raw > 1 || (raw === 1 && (before ?? 0) <= 1);
  const percent = Math.min(100, Math.max(0, isPercent ? raw : raw * 100));
  return Math.max(before ?? 0, percent);
}

function reasonOf(error: unknown): string {
  if (typeof error === 'string' && error !== '') return error;
  if (typeof error === 'object' && error !== null) {
    const message: unknown = Reflect.get(error, 'message');
    return typeof message === 'string' ? message : JSON.stringify(error);
  }
  return 'the service gave no reason';
}
