import { checkSnapshot, wrongSnapshot } from '../errors/index.js';
import { fieldsOf, isId, type RenderOutput } from '../wire/index.js';

/** What another process needs to continue a render: plain JSON, without a token. `nemo.renders.open()` takes it. */
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

const MADE = 'the id of a render, or what `job.toJSON()` gave';

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
