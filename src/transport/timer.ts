import { type Clock, LONGEST_TIMER_MS, systemClock } from '../platform/clock.js';

/** Why a sleep is given up: a constant, because an abort without a reason makes an exception with a stack each time. */
const STOPPED = 'stopped';

/**
 * Calls `act` after `ms`, unless the function that it gives is called before. The machine's own clock is not asked to
 * sleep with a signal for that: a signal costs more than all else of a timer, and every request has one.
 */
export function after(clock: Clock, ms: number, act: () => void): () => void {
  if (clock === systemClock) {
    const timer = setTimeout(act, Math.min(ms, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  }
  const stop = new AbortController();
  clock.sleep(ms, stop.signal).then(act, () => {});
  return () => stop.abort(STOPPED);
}
