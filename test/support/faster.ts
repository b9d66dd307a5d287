import type { Clock } from '../../src/platform/clock.js';

/** The same clock, running `factor` times faster. */
export function faster(clock: Clock, factor: number): Clock {
  const begun = clock.now();
  return {
    now: () => begun + (clock.now() - begun) * factor,
    sleep: (ms, signal) => clock.sleep(ms / factor, signal),
  };
}
