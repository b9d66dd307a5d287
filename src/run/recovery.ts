import { NemoVideoError } from '../errors/index.js';
import type { Clock } from '../platform/clock.js';
import { throwIfAborted } from '../transport/index.js';
import type { RawState } from './raw-state.js';

/** What the states said. `unreadable`: none of them could be read, the last time for this cause. */
export type Recovered =
  | { readonly found: 'decided'; readonly state: RawState }
  | { readonly found: 'undecided'; readonly state: RawState }
  | { readonly found: 'unreadable'; readonly cause: unknown };

/** How the outcome of a message is found out from the session's state. */
export interface RecoveryPlan {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Pauses before each read, in ms. */
  readonly delaysMs: readonly number[];
  /** Called before each pause. */
  onCheck(attempt: number, nextCheckMs: number): void;
  read(): Promise<RawState>;
  /** Whether a state shows the outcome. */
  decides(state: RawState): boolean;
}

/**
 * The procedure of the wire document: wait, read the state, and so on until a state shows the outcome or all reads are
 * used up. A read that fails counts; the schedule continues. Throws only when `signal` aborts.
 */
export async function recover(plan: RecoveryPlan): Promise<Recovered> {
  const { clock, signal, delaysMs } = plan;
  let state: RawState | undefined;
  let cause: unknown;
  for (const [index, delayMs] of delaysMs.entries()) {
    plan.onCheck(index + 1, delayMs);
    if (delayMs > 0) await clock.sleep(delayMs, signal);
    try {
      state = await plan.read();
      if (plan.decides(state)) return { found: 'decided', state };
    } catch (error) {
      throwIfAborted(signal, 'run');
      if (!(error instanceof NemoVideoError)) throw error;
      cause = error;
    }
  }
  return state === undefined ? { found: 'unreadable', cause } : { found: 'undecided', state };
}
