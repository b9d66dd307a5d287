/** In the place of `src/platform/clock.ts` in the examples: they use the machine's clock, which runs faster here. */
import { env } from 'node:process';
import { systemClock as real } from '../../src/platform/clock.js';
import { faster } from '../support/faster.js';

export * from '../../src/platform/clock.js';

export const systemClock = faster(real, Number(env.CLOCK_FACTOR ?? 20));
