import { type Instrument, sound } from './instruments.js';
import { createHighpass, createLowpass, createNoise, sine } from './oscillators.js';

/** A falling sine: the skin goes slack after the stroke. */
const skin = (from: number, to: number, fall: number, ring: number, seconds: number): Instrument => {
  return () => {
    let phase = 0;
    let before = 0;
    return sound(seconds, (time) => {
      phase += (time - before) * (to + (from - to) * Math.exp(-time / fall));
      before = time;
      return sine(phase) * Math.exp(-time / ring) * Math.min(1, time / 0.001);
    });
  };
};

/** Hiss above `hertz` that dies away. */
const hiss = (hertz: number, ring: number, seconds: number): Instrument => {
  return (_frequency, _seconds, random) => {
    const noise = createNoise(random);
    const [first, second] = [createHighpass(hertz), createHighpass(hertz)];
    return sound(seconds, (time) => second(first(noise())) * Math.exp(-time / ring) * 0.6);
  };
};

export const kick: Instrument = (frequency, seconds, random) => {
  const body = skin(150, 48, 0.035, 0.16, 0.5)(frequency, seconds, random);
  return body.map((sample, at) => Math.tanh(sample * 1.6) * 0.8 + (at < 90 ? (random() - 0.5) * 0.12 : 0));
};

export const snare: Instrument = (_frequency, _seconds, random) => {
  const noise = createNoise(random);
  const lowpass = createLowpass();
  const highpass = createHighpass(900);
  return sound(0.3, (time) => {
    const wires = highpass(lowpass(noise(), 6500)) * Math.exp(-time / 0.075);
    const drum = (sine(185 * time) + 0.6 * sine(278 * time)) * Math.exp(-time / 0.05);
    return wires * 0.85 + drum * 0.28;
  });
};

/** Several hands, not quite together. */
export const clap: Instrument = (_frequency, _seconds, random) => {
  const noise = createNoise(random);
  const lowpass = createLowpass();
  const highpass = createHighpass(750);
  return sound(0.35, (time) => {
    const hands = [0, 0.011, 0.023].reduce(
      (sum, late) => sum + (time >= late ? Math.exp(-(time - late) / 0.006) : 0),
      0,
    );
    const room = time >= 0.023 ? Math.exp(-(time - 0.023) / 0.08) : 0;
    return highpass(lowpass(noise(), 5200)) * (hands * 0.45 + room * 0.6);
  });
};

export const hat: Instrument = hiss(7000, 0.028, 0.12);
export const openHat: Instrument = hiss(6500, 0.16, 0.5);
export const shaker: Instrument = hiss(5200, 0.04, 0.14);
export const rim: Instrument = (_frequency, _seconds, random) =>
  sound(
    0.09,
    (time) =>
      (sine(1700 * time) * 0.6 + sine(420 * time) + (random() - 0.5) * 0.4) * Math.exp(-time / 0.014) * 0.6,
  );

/** A drum as large as a man, heard from the back of the hall. */
export const taiko: Instrument = (frequency, seconds, random) => {
  const body = skin(118, 52, 0.06, 0.42, 1.4)(frequency, seconds, random);
  const noise = createNoise(random);
  const lowpass = createLowpass();
  return body.map(
    (sample, at) => Math.tanh(sample * 1.4) * 0.75 + lowpass(noise(), 700) * Math.exp(-at / 2400) * 0.8,
  );
};

/** A cymbal rolled from nothing; it is loudest at its end. */
export const swell: Instrument = (_frequency, seconds, random) => {
  const noise = createNoise(random);
  const highpass = createHighpass(3500);
  return sound(seconds + 0.6, (time) => {
    const loud = time < seconds ? (time / seconds) ** 3 : Math.exp(-(time - seconds) / 0.12);
    return highpass(noise()) * loud * 0.4;
  });
};

/** Dust in the groove of a record. */
export const dust: Instrument = (_frequency, seconds, random) => {
  const highpass = createHighpass(1200);
  const noise = createNoise(random);
  let tick = 0;
  return sound(seconds, () => {
    if (random() < 0.00018) tick = random() * 0.5;
    tick *= 0.72;
    return highpass(noise()) * (0.012 + tick);
  });
};
