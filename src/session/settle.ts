import { sameContent } from '../draft/index.js';
import type { Clock } from '../platform/clock.js';
import type { RunContext, SessionState } from '../run/index.js';
import { pause } from '../transport/index.js';
import type { Session } from './session.js';

/** How the settling of a draft ended. */
export interface Settled {
  readonly state: SessionState;
  /** False when the draft was still changing at the limit. */
  readonly settled: boolean;
}

/** How to wait. */
export interface SettleOptions {
  readonly settle: RunContext['settle'];
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Reads the state until the draft is the same in two reads, because the service continues after a first clip (wire
 * document: two stages). Bounded: after `settle.timeoutMs` the draft is taken as it is, and the result says so.
 */
export async function settleDraft(
  session: Session,
  { settle, clock, signal }: SettleOptions,
  onChange: (state: SessionState) => void,
): Promise<Settled> {
  // No message follows now: the state need not be read ahead as well.
  session._before.stopReadingAhead();
  const begun = clock.now();
  let state = await session.state({ signal });
  for (;;) {
    if (clock.now() - begun >= settle.timeoutMs) return { state, settled: false };
    await pause(clock, settle.intervalMs, signal, 'settle');
    const next = await session.state({ signal });
    if (sameContent(next.draft?.raw, state.draft?.raw)) return { state: next, settled: true };
    onChange(next);
    state = next;
  }
}
