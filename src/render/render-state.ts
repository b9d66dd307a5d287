import { checkSnapshot, wrongSnapshot } from '../errors/index.js';
import { fieldsOf, isId, type RenderOutput } from '../wire/index.js';

/**
 * The status of a render. `queued`: held back by this library because another export of the session is in progress.
 * A status that is not documented counts as `processing`; `rawStatus` has the service's own word.
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
  /** Of the older route: the id of the task that renders. */
  readonly taskId: string | undefined;
  /** Of the older route, as the service sent it: the unit is not documented. */
  readonly duration: number | undefined;
  /** Of the older route: the size of the file. */
  readonly bytes: number | undefined;
  /** What the service said about a failure. */
  readonly reason: string | undefined;
  /** What to do about it, where the service (the local backend) says so. */
  readonly hint: string | undefined;
  readonly raw: unknown;
}

/** A change of a render. */
export interface RenderUpdate {
  readonly status: RenderStatus;
  /** The status in the service's own word, even if this library does not know it. */
  readonly rawStatus: string;
  /** 0 to 100, never falling; absent until the service reports it. */
  readonly progress?: number;
  /** Since the submission, in ms. */
  readonly elapsedMs: number;
}

/** What is known of a render. Plain JSON. */
export interface RenderState {
  readonly id: string;
  /** The session that it was exported from, where known. */
  readonly sessionId: string | undefined;
  /** Who asked for it, where known. */
  readonly clientId: string | undefined;
  /** When it was submitted (or made, while it is queued), in ms since the Unix epoch. */
  readonly startedAt: number;
  readonly status: RenderStatus;
  readonly rawStatus: string;
  /** 0 to 100. */
  readonly progress: number | undefined;
}

/** The state after an answer of the service. */
export function observed(
  state: RenderState,
  { status, rawStatus, rawProgress }: RenderObservation,
): RenderState {
  const progress = status === 'completed' ? 100 : percentOf(rawProgress, state.progress);
  return { ...state, status, rawStatus, progress };
}

/** Whether a loop over the updates has something new to show. */
export function isChange(before: RenderState, after: RenderState): boolean {
  return (
    before.status !== after.status ||
    before.rawStatus !== after.rawStatus ||
    before.progress !== after.progress
  );
}

/** What a loop shows of a state. */
export function updateOf({ status, rawStatus, progress, startedAt }: RenderState, now: number): RenderUpdate {
  return {
    status,
    rawStatus,
    ...(progress === undefined ? {} : { progress }),
    elapsedMs: now - startedAt,
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
function percentOf(raw: number | undefined, before: number | undefined): number | undefined {
  if (raw === undefined || !Number.isFinite(raw)) return before;
  const isPercent = raw > 1 || (raw === 1 && (before ?? 0) <= 1);
  const percent = Math.min(100, Math.max(0, isPercent ? raw : raw * 100));
  return Math.max(before ?? 0, percent);
}

/** What another process needs to continue a render: plain JSON, without a token; an argument of `nemo.renders.open()`. */
export interface RenderSnapshot {
  /** The version of this format. */
  readonly version: 1;
  /** The id of the render. */
  readonly id: string;
  /** The session that it was exported from, where known. */
  readonly sessionId?: string;
  /** Who asked for it. */
  readonly clientId?: string;
  /** When it was submitted (or made, while it is queued), in ms since the Unix epoch. */
  readonly startedAt: number;
  /** Only while it is not certain that the service has the job: what to submit, if it turns out not to have it. */
  readonly unsubmitted?: { readonly draft: unknown; readonly output: RenderOutput };
}

const MADE = 'the id of a render, or the result of `job.toJSON()`';

/**
 * Checks a value that should be a snapshot of a render, or its bare id.
 * @throws {@link OptionError} naming the field.
 */
export function readRenderSnapshot(
  value: unknown,
): Omit<RenderSnapshot, 'startedAt'> & { startedAt?: number } {
  if (typeof value === 'string') {
    // No service makes such ids, and a snapshot is easily passed as it was stored.
    if (!isId(value) || value.startsWith('{')) throw wrongSnapshot('render id', 'the id of a render', MADE);
    return { version: 1, id: value };
  }
  checkSnapshot(value, MADE);
  const { id, sessionId, clientId, startedAt, unsubmitted } = fieldsOf(value);
  if (!isId(id)) throw wrongSnapshot('snapshot.id', 'a render id', MADE);
  return {
    version: 1,
    id,
    ...(typeof sessionId === 'string' ? { sessionId } : {}),
    ...(typeof clientId === 'string' ? { clientId } : {}),
    ...(typeof startedAt === 'number' ? { startedAt } : {}),
    ...(isUnsubmitted(unsubmitted) ? { unsubmitted } : {}),
  };
}

function isUnsubmitted(value: unknown): value is NonNullable<RenderSnapshot['unsubmitted']> {
  if (typeof value !== 'object' || value === null || !('draft' in value) || !('output' in value))
    return false;
  const { output } = value;
  return typeof output === 'object' && output !== null && 'format' in output && 'quality' in output;
}
