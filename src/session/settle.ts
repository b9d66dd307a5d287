import type { Clock } from '../platform/clock.js';
import type { SessionState } from '../run/index.js';
import { pause } from '../transport/index.js';
import type { Session } from './session.js';

/** Between two reads, in ms: longer than the service takes for one step of an edit. */
const EVERY_MS = 3_000;
/** The longest that a draft may go on changing, in ms. */
const LIMIT_MS = 300_000;

/** How the settling of a draft ended. */
export interface Settled {
  readonly state: SessionState;
  /** False when the draft was still changing at the limit. */
  readonly settled: boolean;
}

/**
 * Reads the state until the draft is the same in two reads, because the service continues by itself after a first clip
 * (wire document: two stages). Bounded: after five minutes the draft is taken as it is, and the result says so.
 */
export async function settleDraft(
  session: Session,
  clock: Clock,
  signal: AbortSignal,
  onChange: (state: SessionState) => void,
): Promise<Settled> {
  const begun = clock.now();
  let state = await session.state({ signal });
  for (;;) {
    if (clock.now() - begun >= LIMIT_MS) return { state, settled: false };
    await pause(clock, EVERY_MS, signal, 'settle');
    const next = await session.state({ signal });
    if (JSON.stringify(next.draft) === JSON.stringify(state.draft)) return { state: next, settled: true };
    onChange(next);
    state = next;
  }
}
