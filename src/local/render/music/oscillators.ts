import type { Random } from '../random.js';
import { SAMPLE_RATE } from '../sound/format.js';

const TABLE_BITS = 12;
const TABLE = Float32Array.from({ length: 2 ** TABLE_BITS + 1 }, (_, index) =>
  Math.sin((index / 2 ** TABLE_BITS) * Math.PI * 2),
);

/** The sine of a phase counted in whole turns. A table: a piece of music asks for hundreds of millions. */
export function sine(turns: number): number {
  const at = (turns - Math.floor(turns)) * 2 ** TABLE_BITS;
  const index = at | 0;
  const low = TABLE[index] ?? 0;
  return low + ((TABLE[index + 1] ?? 0) - low) * (at - index);
}

/** A saw tooth without the overtones that a digital one would fold back: its edge is rounded over one sample. */
export function createSaw(frequency: number, phase: number): () => number {
  const step = frequency / SAMPLE_RATE;
  let at = phase;
  return () => {
    at += step;
    if (at >= 1) at -= 1;
    let value = 2 * at - 1;
    if (at < step) value -= (1 - at / step) ** 2;
    else if (at > 1 - step) value += ((at - 1) / step + 1) ** 2;
    return value;
  };
}

/** How far one capacitor follows in one sample. */
function follow(hertz: number): number {
  const turn = (2 * Math.PI * hertz) / SAMPLE_RATE;
  return turn / (1 + turn);
}

/** Lets through what is low: 12 dB per octave, in place of two resistors and two capacitors. */
export function createLowpass(): (sample: number, hertz: number) => number {
  let [first, second] = [0, 0];
  return (sample, hertz) => {
    const pass = follow(hertz);
    first += pass * (sample - first);
    second += pass * (first - second);
    return second;
  };
}

/** Lets through what is high: 6 dB per octave. */
export function createHighpass(hertz: number): (sample: number) => number {
  const pass = follow(hertz);
  let low = 0;
  return (sample) => {
    low += pass * (sample - low);
    return sample - low;
  };
}

/** Hiss, -1 to 1. */
export function createNoise(random: Random): () => number {
  return () => random() * 2 - 1;
}

/**
 * How loud a note is over its time: up in `attack`, then falling towards `sustain` with the time constant `decay`, and
 * after `length` dying away in `release`. All in seconds.
 */
export function envelope(
  shape: { attack: number; decay: number; sustain: number; release: number },
  length: number,
) {
  const { attack, decay, sustain, release } = shape;
  const held = (time: number): number =>
    time < attack ? time / attack : sustain + (1 - sustain) * Math.exp(-(time - attack) / decay);
  const atEnd = held(length);
  return (time: number): number =>
    time < length ? held(time) : atEnd * Math.max(0, 1 - (time - length) / release) ** 2;
}
