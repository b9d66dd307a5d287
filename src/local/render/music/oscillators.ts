import type { Random } from '../random.js';
import { SAMPLE_RATE } from '../sound/format.js';

/**
 * What instruments are made of. All of these work on whole buffers, and what changes slowly is only looked at every
 * {@link SLICE} samples: a piece of music is hundreds of millions of samples of single tones.
 */
const SLICE = 32;

/** Something that changes over the time of a note, in seconds from its beginning. */
export type Curve = (time: number) => number;

/** Silence to be filled. */
export function silence(seconds: number): Float32Array {
  return new Float32Array(Math.ceil(seconds * SAMPLE_RATE));
}

const TABLE_BITS = 12;
const TABLE = Float32Array.from({ length: 2 ** TABLE_BITS + 1 }, (_, index) =>
  Math.sin((index / 2 ** TABLE_BITS) * Math.PI * 2),
);

/** The sine of a phase counted in whole turns, from a table. */
export function sine(turns: number): number {
  const at = (turns - Math.floor(turns)) * 2 ** TABLE_BITS;
  const index = at | 0;
  const low = TABLE[index] ?? 0;
  return low + ((TABLE[index + 1] ?? 0) - low) * (at - index);
}

/** Calls `each` with every stretch of a buffer that is short enough for slow things to stand still, and its time. */
function slices(out: Float32Array, each: (time: number, from: number, to: number) => void): void {
  for (let from = 0; from < out.length; from += SLICE) {
    each(from / SAMPLE_RATE, from, Math.min(out.length, from + SLICE));
  }
}

/** Adds a sine. */
export function addSine(out: Float32Array, frequency: number, loud: Curve): void {
  const step = frequency / SAMPLE_RATE;
  slices(out, (time, from, to) => {
    const now = loud(time);
    for (let at = from; at < to; at++) out[at] = (out[at] ?? 0) + now * sine(step * at);
  });
}

/** Adds a sine whose phase is pushed by another of `ratio` times its frequency, by `bend` turns at most. */
export function addBentSine(out: Float32Array, frequency: number, ratio: number, bend: Curve): void {
  const step = frequency / SAMPLE_RATE;
  slices(out, (time, from, to) => {
    const now = bend(time);
    for (let at = from; at < to; at++) {
      out[at] = (out[at] ?? 0) + sine(step * at + now * sine(step * ratio * at));
    }
  });
}

/**
 * Adds a saw tooth. Its edge is rounded over one sample, or it would fold its overtones back. `vibrato` multiplies the
 * frequency.
 */
export function addSaw(out: Float32Array, frequency: number, phase: number, vibrato?: Curve): void {
  let turn = phase;
  slices(out, (time, from, to) => {
    const step = (frequency * (vibrato ? vibrato(time) : 1)) / SAMPLE_RATE;
    for (let at = from; at < to; at++) {
      turn += step;
      if (turn >= 1) turn -= 1;
      let value = 2 * turn - 1;
      if (turn < step) value -= (1 - turn / step) ** 2;
      else if (turn > 1 - step) value += ((turn - 1) / step + 1) ** 2;
      out[at] = (out[at] ?? 0) + value;
    }
  });
}

/** Adds hiss. */
export function addNoise(out: Float32Array, random: Random): void {
  for (let at = 0; at < out.length; at++) out[at] = (out[at] ?? 0) + random() * 2 - 1;
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

/** {@link createLowpass} for a whole note. */
export function keepLow(out: Float32Array, hertz: Curve): void {
  let [first, second] = [0, 0];
  slices(out, (time, from, to) => {
    const pass = follow(hertz(time));
    for (let at = from; at < to; at++) {
      first += pass * ((out[at] ?? 0) - first);
      second += pass * (first - second);
      out[at] = second;
    }
  });
}

/** Lets through what is high: 6 dB per octave. */
export function keepHigh(out: Float32Array, hertz: number): void {
  const pass = follow(hertz);
  let low = 0;
  for (let at = 0; at < out.length; at++) {
    const sample = out[at] ?? 0;
    low += pass * (sample - low);
    out[at] = sample - low;
  }
}

/** Makes a note as loud as a curve says, without steps. */
export function shape(out: Float32Array, loud: Curve): Float32Array {
  slices(out, (time, from, to) => {
    let now = loud(time);
    const step = (loud(time + SLICE / SAMPLE_RATE) - now) / SLICE;
    for (let at = from; at < to; at++) {
      out[at] = (out[at] ?? 0) * now;
      now += step;
    }
  });
  return out;
}

/**
 * How loud a note is over its time: up in `attack`, then falling towards `sustain` with the time constant `decay`, and
 * after `length` dying away in `release`. All in seconds.
 */
export function envelope(
  { attack, decay, sustain, release }: { attack: number; decay: number; sustain: number; release: number },
  length: number,
): Curve {
  const held = (time: number): number =>
    time < attack ? time / attack : sustain + (1 - sustain) * Math.exp(-(time - attack) / decay);
  const atEnd = held(length);
  return (time) => (time < length ? held(time) : atEnd * Math.max(0, 1 - (time - length) / release) ** 2);
}

/** Struck: up in `attack` seconds and falling with the time constant `ring`. */
export function struck(attack: number, ring: number, loud = 1): Curve {
  return (time) => loud * Math.min(1, time / attack) * Math.exp(-time / ring);
}
