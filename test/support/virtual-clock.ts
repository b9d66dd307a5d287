import { VirtualClock as MovingClock } from '../../src/testing/virtual-clock.js';

export { rest as settle } from '../../src/testing/virtual-clock.js';

/** The clock of the testing kit, which moves only by `advance` and `run`: a test sees every moment between. */
export class VirtualClock extends MovingClock {
  constructor() {
    super({ auto: false });
  }
}
