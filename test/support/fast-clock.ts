import { type Clock, systemClock } from '../../src/platform/clock.js';
import { faster } from './faster.js';

/** The machine's clock, running `factor` times faster: for tests over real sockets and processes. */
export function fastClock(factor: number): Clock {
  return faster(systemClock, factor);
}
