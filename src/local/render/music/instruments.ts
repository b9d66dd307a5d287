import type { Random } from '../random.js';
import { SAMPLE_RATE } from '../sound/format.js';
import { createLowpass, createNoise, createSaw, envelope, sine } from './oscillators.js';

/** Makes one note: how it sounds from its beginning until it has died away. */
export type Instrument = (frequency: number, seconds: number, random: Random) => Float32Array;

/** Calls `sample` with the time of every sample, in seconds. */
export function sound(seconds: number, sample: (time: number) => number): Float32Array {
  const samples = new Float32Array(Math.ceil(seconds * SAMPLE_RATE));
  for (let at = 0; at < samples.length; at++) samples[at] = sample(at / SAMPLE_RATE);
  return samples;
}

/** An electric piano: one sine bends the other, most at the stroke; and the tine rings above. */
export const keys: Instrument = (frequency, seconds) => {
  const loud = envelope({ attack: 0.004, decay: 0.9, sustain: 0.12, release: 0.35 }, seconds);
  return sound(seconds + 0.35, (time) => {
    const bend = 0.16 * Math.exp(-time / 0.35) + 0.03;
    const tine = 0.1 * Math.exp(-time / 0.09) * sine(frequency * 7.01 * time);
    return loud(time) * (sine(frequency * time + bend * sine(frequency * time)) + tine) * 0.5;
  });
};

/** A choir of saw teeth, a little out of tune with each other, behind a curtain. Swells and ebbs. */
export const pad: Instrument = (frequency, seconds, random) => {
  const saws = [-0.0035, 0.0011, 0.0039].map((off) => createSaw(frequency * (1 + off), random()));
  const loud = envelope(
    { attack: Math.min(1.1, seconds * 0.4), decay: 4, sustain: 0.8, release: 1.6 },
    seconds,
  );
  const lowpass = createLowpass();
  const drift = random();
  return sound(seconds + 1.6, (time) => {
    const curtain = 700 + 450 * sine(time * 0.11 + drift) + frequency * 1.4;
    return (
      loud(time) *
      lowpass(
        saws.reduce((sum, saw) => sum + saw(), 0),
        curtain,
      ) *
      0.17
    );
  });
};

/** Bowed strings: saw teeth with a slow vibrato that sets in late. */
export const strings: Instrument = (frequency, seconds, random) => {
  const loud = envelope(
    { attack: Math.min(0.35, seconds * 0.3), decay: 3, sustain: 0.85, release: 0.7 },
    seconds,
  );
  const lowpass = createLowpass();
  const voices = [-0.004, -0.0015, 0.0018, 0.0042].map((off) => ({
    step: (frequency * (1 + off)) / SAMPLE_RATE,
    at: random(),
  }));
  const wobble = random();
  return sound(seconds + 0.7, (time) => {
    const vibrato = 1 + 0.0035 * Math.min(1, time / 0.8) * sine(5.1 * time + wobble);
    let sum = 0;
    for (const voice of voices) {
      voice.at += voice.step * vibrato;
      voice.at -= Math.floor(voice.at);
      sum += 2 * voice.at - 1;
    }
    return loud(time) * lowpass(sum, 1500 + frequency * 1.6) * 0.16;
  });
};

/** The same strings struck short with the bow. */
export const staccato: Instrument = (frequency, _seconds, random) => {
  const saws = [-0.003, 0.0025].map((off) => createSaw(frequency * (1 + off), random()));
  const lowpass = createLowpass();
  return sound(0.38, (time) => {
    const loud = Math.min(1, time / 0.008) * Math.exp(-time / 0.085);
    return (
      loud *
      lowpass(
        saws.reduce((sum, saw) => sum + saw(), 0),
        900 + 3200 * Math.exp(-time / 0.05),
      ) *
      0.5
    );
  });
};

/** A plucked string: noise runs round a loop as long as one swing and is worn smooth (Karplus and Strong). */
export const pluck: Instrument = (frequency, seconds, random) => {
  const noise = createNoise(random);
  const soften = createLowpass();
  const period = SAMPLE_RATE / frequency - 0.5;
  const loop = Float32Array.from({ length: Math.max(2, Math.floor(period)) }, () => soften(noise(), 4200));
  const stretch = period - Math.floor(period);
  const worn = 0.5 ** (1 / (frequency * Math.min(0.55, seconds * 0.8)));
  let at = 0;
  let before = 0;
  return sound(Math.min(1.6, seconds + 0.5), (time) => {
    const now = loop[at] ?? 0;
    const next = loop[(at + 1) % loop.length] ?? 0;
    const tuned = now * (1 - stretch) + before * stretch;
    loop[at] = worn * (0.5 * tuned + 0.5 * next);
    before = now;
    at = (at + 1) % loop.length;
    return now * Math.min(1, time / 0.002) * 0.9;
  });
};

/** A bell: the bending sine is no multiple of the other, as in metal. */
export const bell: Instrument = (frequency, seconds) => {
  const ring = Math.max(1.4, seconds);
  return sound(ring + 1.2, (time) => {
    const bend = 0.42 * Math.exp(-time / 0.5);
    const loud = Math.min(1, time / 0.003) * Math.exp(-time / (ring * 0.55));
    return loud * sine(frequency * time + bend * sine(frequency * 3.53 * time)) * 0.34;
  });
};

/** A round bass: a sine with a little of its octave, bent by its own loudness. */
export const bass: Instrument = (frequency, seconds) => {
  const loud = envelope({ attack: 0.006, decay: 0.5, sustain: 0.45, release: 0.09 }, seconds);
  return sound(seconds + 0.09, (time) => {
    const tone =
      sine(frequency * time) + 0.28 * sine(frequency * 2 * time) + 0.1 * sine(frequency * 3 * time);
    return Math.tanh(1.5 * loud(time) * tone) * 0.5;
  });
};

/** A bass with teeth, for dancing. */
export const drive: Instrument = (frequency, seconds, random) => {
  const saw = createSaw(frequency, random());
  const lowpass = createLowpass();
  const loud = envelope({ attack: 0.004, decay: 0.25, sustain: 0.6, release: 0.05 }, seconds);
  return sound(seconds + 0.05, (time) => {
    const teeth = lowpass(saw(), 260 + 1100 * Math.exp(-time / 0.09));
    return loud(time) * (0.55 * teeth + 0.45 * sine(frequency * time)) * 0.75;
  });
};
