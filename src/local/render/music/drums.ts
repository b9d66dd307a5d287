import type { Random } from '../random.js';
import { SAMPLE_RATE } from '../sound/format.js';
import type { Instrument } from './instruments.js';
import {
  addNoise,
  addSine,
  type Curve,
  keepHigh,
  keepLow,
  shape,
  silence,
  sine,
  struck,
} from './oscillators.js';

/** Hiss between two pitches, as loud as a curve says. */
function hiss(
  seconds: number,
  random: Random,
  [low, high]: readonly [number, number],
  loud: Curve,
): Float32Array {
  const out = silence(seconds);
  addNoise(out, random);
  if (high < SAMPLE_RATE / 2) keepLow(out, () => high);
  keepHigh(out, low);
  return shape(out, loud);
}

/** A falling sine: the skin goes slack after the stroke. */
function skin(seconds: number, from: number, to: number, fall: number, ring: number): Float32Array {
  const out = silence(seconds);
  let turns = 0;
  for (let at = 0; at < out.length; at++) {
    turns += (to + (from - to) * Math.exp(-at / (fall * SAMPLE_RATE))) / SAMPLE_RATE;
    out[at] = sine(turns);
  }
  return shape(out, struck(0.001, ring));
}

/** Both at once. */
function together(one: Float32Array, other: Float32Array): Float32Array {
  return one.map((sample, at) => sample + (other[at] ?? 0));
}

export const kick: Instrument = (_frequency, _seconds, random) => {
  const beater = hiss(0.01, random, [200, 5000], struck(0.0005, 0.002, 0.2));
  const body = skin(0.5, 150, 48, 0.035, 0.16).map((sample) => Math.tanh(sample * 1.6) * 0.8);
  return together(body, beater);
};

export const snare: Instrument = (_frequency, _seconds, random) => {
  const out = hiss(0.3, random, [900, 6500], struck(0.0005, 0.075, 0.85));
  addSine(out, 185, struck(0.001, 0.05, 0.28));
  addSine(out, 278, struck(0.001, 0.05, 0.17));
  return out;
};

/** Several hands, not quite together. */
export const clap: Instrument = (_frequency, _seconds, random) =>
  hiss(0.35, random, [750, 5200], (time) => {
    const hands = [0, 0.011, 0.023].map((late) => (time >= late ? Math.exp(-(time - late) / 0.006) : 0));
    const room = time >= 0.023 ? Math.exp(-(time - 0.023) / 0.08) : 0;
    return hands.reduce((sum, hand) => sum + hand * 0.45, room * 0.6);
  });

const OPEN = SAMPLE_RATE;

export const hat: Instrument = (_frequency, _seconds, random) =>
  hiss(0.12, random, [8500, OPEN], struck(0.0005, 0.028, 0.6));

export const openHat: Instrument = (_frequency, _seconds, random) =>
  hiss(0.5, random, [8000, OPEN], struck(0.001, 0.14, 0.5));

export const shaker: Instrument = (_frequency, _seconds, random) =>
  hiss(0.14, random, [6500, OPEN], (time) => 0.5 * Math.min(1, time / 0.02) * Math.exp(-time / 0.035));

export const rim: Instrument = () => {
  const out = silence(0.09);
  addSine(out, 1700, struck(0.0005, 0.014, 0.4));
  addSine(out, 420, struck(0.0005, 0.014, 0.5));
  return out;
};

/** A drum as large as a man, heard from the back of the hall. */
export const taiko: Instrument = (_frequency, _seconds, random) => {
  const body = skin(1.4, 118, 52, 0.06, 0.42).map((sample) => Math.tanh(sample * 1.4) * 0.75);
  return together(body, hiss(0.4, random, [60, 700], struck(0.001, 0.05, 0.9)));
};

/** A cymbal rolled from nothing; it is loudest at its end. */
export const swell: Instrument = (_frequency, seconds, random) =>
  hiss(seconds + 0.6, random, [3500, OPEN], (time) =>
    time < seconds ? 0.4 * (time / seconds) ** 3 : 0.4 * Math.exp(-(time - seconds) / 0.12),
  );

/** How often dust lies in the groove of a record, per second. */
const SPECKS = 9;

/** The hiss and crackle of a worn record. */
export const dust: Instrument = (_frequency, seconds, random) => {
  const out = hiss(seconds, random, [1200, OPEN], () => 0.012);
  for (let speck = 0; speck < seconds * SPECKS; speck++) {
    const at = Math.floor(random() * out.length);
    const loud = random() * 0.35;
    for (let after = 0; after < 14; after++) {
      out[at + after] = (out[at + after] ?? 0) + (random() - 0.5) * loud * 0.8 ** after;
    }
  }
  return out;
};
