import { SAMPLE_RATE } from '../sound/format.js';

/** A room: what goes in comes back as a cloud of echoes (Schroeder's combs and allpasses, in Freeverb's lengths). */
export class Reverb {
  readonly #left: Room;
  readonly #right: Room;

  /** `size` is how much of each echo goes round again, 0 to 1. */
  constructor(size: number) {
    this.#left = new Room(size, 0);
    this.#right = new Room(size, 23);
  }

  /** What comes back, in place of what went in. */
  process(left: Float32Array, right: Float32Array): void {
    for (let at = 0; at < left.length; at++) {
      const mono = ((left[at] ?? 0) + (right[at] ?? 0)) * 0.03;
      left[at] = this.#left.next(mono);
      right[at] = this.#right.next(mono);
    }
  }
}

const COMBS = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617];
const ALLPASSES = [556, 441, 341, 225];
/** How much of the treble each echo loses. */
const DAMPING = 0.35;

class Room {
  readonly #combs: Line[];
  readonly #allpasses: Line[];

  constructor(
    private readonly size: number,
    spread: number,
  ) {
    // The lengths were found for 44.1 kHz.
    const line = (length: number): Line => new Line(Math.round(((length + spread) * SAMPLE_RATE) / 44_100));
    this.#combs = COMBS.map(line);
    this.#allpasses = ALLPASSES.map(line);
  }

  next(sample: number): number {
    let sum = 0;
    for (const comb of this.#combs) {
      const echo = comb.read();
      comb.damped += (echo - comb.damped) * (1 - DAMPING);
      comb.write(sample + comb.damped * this.size);
      sum += echo;
    }
    for (const allpass of this.#allpasses) {
      const echo = allpass.read();
      allpass.write(sum + echo * 0.5);
      sum = echo - sum;
    }
    return sum;
  }
}

/** A loop of samples. */
class Line {
  damped = 0;
  readonly #samples: Float32Array;
  #at = 0;

  constructor(length: number) {
    this.#samples = new Float32Array(length);
  }

  read(): number {
    return this.#samples[this.#at] ?? 0;
  }

  write(sample: number): void {
    this.#samples[this.#at] = sample;
    this.#at = (this.#at + 1) % this.#samples.length;
  }
}
