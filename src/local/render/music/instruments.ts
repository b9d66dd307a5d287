import type { Random } from '../random.js';
import { SAMPLE_RATE } from '../sound/format.js';
import {
  addBentSine,
  addNoise,
  addSaw,
  addSine,
  envelope,
  keepLow,
  shape,
  silence,
  sine,
  struck,
} from './oscillators.js';

/** Makes one note: how it sounds from its beginning until it has died away. */
export type Instrument = (frequency: number, seconds: number, random: Random) => Float32Array;

/** An electric piano: one sine bends the other, most at the stroke; and the tine rings above. */
export const keys: Instrument = (frequency, seconds) => {
  const out = silence(seconds + 0.35);
  addBentSine(out, frequency, 1, (time) => 0.16 * Math.exp(-time / 0.35) + 0.03);
  addSine(out, frequency * 7.01, struck(0.002, 0.09, 0.1));
  const loud = envelope({ attack: 0.004, decay: 0.9, sustain: 0.12, release: 0.35 }, seconds);
  return shape(out, (time) => loud(time) * 0.5);
};

/** A choir of saw teeth, a little out of tune with each other, behind a curtain. Swells and ebbs. */
export const pad: Instrument = (frequency, seconds, random) => {
  const out = silence(seconds + 1.6);
  for (const off of [-0.0035, 0.0011, 0.0039]) addSaw(out, frequency * (1 + off), random());
  const drift = random();
  keepLow(out, (time) => 700 + 450 * sine(time * 0.11 + drift) + frequency * 1.4);
  const loud = envelope(
    { attack: Math.min(1.1, seconds * 0.4), decay: 4, sustain: 0.8, release: 1.6 },
    seconds,
  );
  return shape(out, (time) => loud(time) * 0.17);
};

/** Bowed strings: saw teeth with a slow vibrato that sets in late. */
export const strings: Instrument = (frequency, seconds, random) => {
  const out = silence(seconds + 0.7);
  const wobble = random();
  const vibrato = (time: number): number => 1 + 0.0035 * Math.min(1, time / 0.8) * sine(5.1 * time + wobble);
  for (const off of [-0.004, -0.0015, 0.0018, 0.0042]) addSaw(out, frequency * (1 + off), random(), vibrato);
  keepLow(out, () => 1500 + frequency * 1.6);
  const loud = envelope(
    { attack: Math.min(0.35, seconds * 0.3), decay: 3, sustain: 0.85, release: 0.7 },
    seconds,
  );
  return shape(out, (time) => loud(time) * 0.16);
};

/** The same strings struck short with the bow. */
export const staccato: Instrument = (frequency, _seconds, random) => {
  const out = silence(0.38);
  for (const off of [-0.003, 0.0025]) addSaw(out, frequency * (1 + off), random());
  keepLow(out, (time) => 900 + 3200 * Math.exp(-time / 0.05));
  return shape(out, struck(0.008, 0.085, 0.5));
};

/** A plucked string: noise runs round a loop as long as one swing and is worn smooth (Karplus and Strong). */
export const pluck: Instrument = (frequency, seconds, random) => {
  const period = SAMPLE_RATE / frequency - 0.5;
  const loop = new Float32Array(Math.max(2, Math.floor(period)));
  addNoise(loop, random);
  keepLow(loop, () => 4200);
  const stretch = period - Math.floor(period);
  const worn = 0.5 ** (1 / (frequency * Math.min(0.55, seconds * 0.8)));
  const out = silence(Math.min(1.6, seconds + 0.5));
  let before = 0;
  for (let sample = 0, at = 0; sample < out.length; sample++) {
    const now = loop[at] ?? 0;
    const following = at + 1 === loop.length ? 0 : at + 1;
    loop[at] = worn * 0.5 * (now * (1 - stretch) + before * stretch + (loop[following] ?? 0));
    out[sample] = now;
    before = now;
    at = following;
  }
  return shape(out, (time) => 0.9 * Math.min(1, time / 0.002));
};

/** A bell: the bending sine is no multiple of the other, as in metal. */
export const bell: Instrument = (frequency, seconds) => {
  const ring = Math.max(1.4, seconds);
  const out = silence(ring + 1.2);
  addBentSine(out, frequency, 3.53, (time) => 0.42 * Math.exp(-time / 0.5));
  return shape(out, struck(0.003, ring * 0.55, 0.34));
};

/** A round bass: a sine with a little of its overtones, bent by its own loudness. */
export const bass: Instrument = (frequency, seconds) => {
  const out = silence(seconds + 0.09);
  for (const [overtone, loud] of [
    [1, 1],
    [2, 0.28],
    [3, 0.1],
  ] as const) {
    addSine(out, frequency * overtone, () => loud);
  }
  const loud = envelope({ attack: 0.006, decay: 0.5, sustain: 0.45, release: 0.09 }, seconds);
  return shape(out, (time) => loud(time) * 1.5).map((sample) => Math.tanh(sample) * 0.5);
};

/** A bass with teeth, for dancing. */
export const drive: Instrument = (frequency, seconds, random) => {
  const out = silence(seconds + 0.05);
  addSaw(out, frequency, random());
  keepLow(out, (time) => 260 + 1100 * Math.exp(-time / 0.09));
  addSine(out, frequency, () => 0.8);
  const loud = envelope({ attack: 0.004, decay: 0.25, sustain: 0.6, release: 0.05 }, seconds);
  return shape(out, (time) => loud(time) * 0.42);
};
