import './loaded.js';
import { type Clock, systemClock } from '../../src/platform/clock.js';

/** The machine's clock, running `factor` times faster: for tests over real sockets and processes. */
export function fastClock(factor: number): Clock {
  const begun = systemClock.now();
  return {
    now: () => begun + (systemClock.now() - begun) * factor,
    sleep: (ms, signal) => systemClock.sleep(ms / factor, signal),
  };
}
