import { type Random, seededRandom } from '../random.js';
import { compose, type MusicStyle, type Note } from './music.js';

const SAMPLE_RATE = 48_000;

/** How an instrument makes a note. Times in seconds. */
interface Patch {
  /** Sines: multiples of the pitch, with their loudness. */
  sines?: Readonly<Record<number, number>>;
  /** Saw teeth, as multiples of the pitch: a choir that is a little out of tune. */
  saws?: readonly number[];
  /** The sines are bent by another of this ratio, by so many turns at first, falling with a time constant. */
  bend?: readonly [ratio: number, turns: number, falling: number];
  /** A skin: the pitch falls from the first to the second, in Hz, with a time constant. */
  skin?: readonly [from: number, to: number, falling: number];
  /** Hiss, and the part of the spectrum that is left of it. */
  noise?: number;
  /** Dulled above this, in Hz; so much brighter at the stroke, and so much for each Hz of the pitch. */
  dull?: readonly [hertz: number, stroke: number, perHertz: number];
  /** Thinned below this, in Hz. */
  thin?: number;
  /** Up in `attack`, falling towards `sustain` with the time constant `decay`. With 0 it dies away however long it is held. */
  envelope: readonly [attack: number, decay: number, sustain: number, release: number];
  loud: number;
}

const PATCHES = {
  keys: { sines: { 1: 1, 7.01: 0.06 }, bend: [1, 0.2, 0.35], envelope: [0.004, 0.9, 0.12, 0.35], loud: 0.5 },
  pad: { saws: [0.9965, 1.0011, 1.0039], dull: [700, 0, 1.4], envelope: [0.7, 4, 0.8, 1.4], loud: 0.17 },
  strings: {
    saws: [0.996, 0.9985, 1.0018, 1.0042],
    dull: [1500, 0, 1.6],
    envelope: [0.3, 3, 0.85, 0.6],
    loud: 0.15,
  },
  staccato: { saws: [0.997, 1.0025], dull: [900, 3200, 0], envelope: [0.008, 0.085, 0, 0.1], loud: 0.5 },
  pluck: {
    sines: { 1: 0.7, 2: 0.3 },
    saws: [1, 1.002],
    dull: [700, 5200, 1],
    envelope: [0.002, 0.17, 0, 0.1],
    loud: 0.42,
  },
  bell: { sines: { 1: 1 }, bend: [3.53, 0.42, 0.5], envelope: [0.003, 0.6, 0, 0.5], loud: 0.34 },
  bass: { sines: { 1: 1, 2: 0.34, 3: 0.14 }, envelope: [0.006, 0.5, 0.45, 0.09], loud: 0.55 },
  kick: { sines: { 1: 1 }, skin: [150, 48, 0.035], envelope: [0.001, 0.16, 0, 0.1], loud: 0.85 },
  taiko: {
    sines: { 1: 1 },
    skin: [118, 52, 0.06],
    noise: 0.12,
    dull: [700, 0, 0],
    envelope: [0.001, 0.4, 0, 0.2],
    loud: 0.8,
  },
  snare: {
    sines: { 1: 0.3 },
    skin: [240, 185, 0.02],
    noise: 0.8,
    dull: [6500, 0, 0],
    envelope: [0.001, 0.075, 0, 0.1],
    loud: 0.9,
  },
  clap: { noise: 1, dull: [5200, 0, 0], thin: 750, envelope: [0.012, 0.07, 0, 0.1], loud: 0.7 },
  hat: { noise: 1, thin: 8000, envelope: [0.001, 0.05, 0, 0.05], loud: 0.6 },
  shaker: { noise: 1, thin: 6500, envelope: [0.02, 0.035, 0, 0.05], loud: 0.55 },
} as const satisfies Record<string, Patch>;

/** The name of an instrument. */
export type Instrument = keyof typeof PATCHES;

/** Brings each style to the loudness of a mastered song, which at 35 % is about -16 LUFS. */
const GAINS: Readonly<Record<MusicStyle, number>> = {
  'lo-fi': 2,
  upbeat: 1.66,
  ambient: 2.95,
  cinematic: 2.07,
};

/** How much of the room is heard. */
const WET: Readonly<Record<MusicStyle, number>> = {
  'lo-fi': 0.2,
  upbeat: 0.2,
  ambient: 0.5,
  cinematic: 0.35,
};

/** Sound, both channels equally long, -1 to 1. */
export interface StereoBlock {
  left: Float32Array<ArrayBuffer>;
  right: Float32Array<ArrayBuffer>;
}

/** Longer than any note with its dying away, in samples; a power of two. */
const TAPE = 2 ** 20;

/** A piece of music, block by block, each note made when it is due. */
export class MusicPlayer {
  readonly #notes: Note[];
  readonly #random: Random;
  readonly #kept = new Map<string, Float32Array>();
  readonly #tape = { left: new Float32Array(TAPE), right: new Float32Array(TAPE) };
  readonly #rooms: readonly [Room, Room] = [new Room(0), new Room(23)];
  readonly #samples: number;
  readonly #gain: number;
  readonly #wet: number;
  #at = 0;

  constructor(style: MusicStyle, seed: number, seconds: number) {
    this.#notes = compose(style, seed, seconds);
    this.#random = seededRandom(seed);
    this.#samples = Math.ceil(seconds * SAMPLE_RATE);
    this.#gain = GAINS[style];
    this.#wet = WET[style];
  }

  /** The next samples; undefined after the end of the piece. */
  next(samples: number): StereoBlock | undefined {
    if (this.#at >= this.#samples) return undefined;
    const until = (this.#at + samples) / SAMPLE_RATE;
    for (let note = this.#notes[0]; note && note.at < until; note = this.#notes[0]) {
      this.#notes.shift();
      this.#write(note);
    }
    const block = { left: new Float32Array(samples), right: new Float32Array(samples) };
    for (let sample = 0; sample < samples; sample++) {
      const at = (this.#at + sample) & (TAPE - 1);
      const [left, right] = [this.#tape.left[at] ?? 0, this.#tape.right[at] ?? 0];
      this.#tape.left[at] = 0;
      this.#tape.right[at] = 0;
      const send = (left + right) * 0.03 * this.#wet;
      block.left[sample] = (left + this.#rooms[0].next(send)) * this.#gain;
      block.right[sample] = (right + this.#rooms[1].next(send)) * this.#gain;
    }
    this.#at += samples;
    return block;
  }

  /** Adds a note to what is to come. Both channels keep its power together, wherever it is. */
  #write({ instrument, at, seconds, pitch, loud, pan }: Note): void {
    const samples = this.#note(instrument, pitch, seconds);
    const angle = ((Math.max(-1, Math.min(1, pan)) + 1) * Math.PI) / 4;
    const [toLeft, toRight] = [Math.cos(angle) * loud, Math.sin(angle) * loud];
    const start = Math.round(at * SAMPLE_RATE);
    const { left, right } = this.#tape;
    for (let sample = 0; sample < Math.min(samples.length, TAPE); sample++) {
      const on = (start + sample) & (TAPE - 1);
      const value = samples[sample] ?? 0;
      left[on] = (left[on] ?? 0) + value * toLeft;
      right[on] = (right[on] ?? 0) + value * toRight;
    }
  }

  /** A note as samples; a short one is kept, because it comes again and again. */
  #note(instrument: Instrument, pitch: number, seconds: number): Float32Array {
    const name = `${instrument} ${pitch} ${seconds.toFixed(4)}`;
    const kept = this.#kept.get(name);
    if (kept) return kept;
    const samples = playNote(PATCHES[instrument], 440 * 2 ** ((pitch - 69) / 12), seconds, this.#random);
    if (samples.length < SAMPLE_RATE) this.#kept.set(name, samples);
    return samples;
  }
}

/** One note, from its beginning until it has died away. */
function playNote(patch: Patch, hertz: number, seconds: number, random: Random): Float32Array {
  const [, decay, sustain, release] = patch.envelope;
  const held = sustain === 0 ? decay * 4 : seconds;
  const samples = new Float32Array(Math.ceil((held + release) * SAMPLE_RATE));
  for (const [ratio, loud] of Object.entries(patch.sines ?? {})) {
    addSine(samples, patch, hertz, Number(ratio), loud);
  }
  for (const ratio of patch.saws ?? []) addSaw(samples, (hertz * ratio) / SAMPLE_RATE, random());
  const { noise = 0, dull, thin } = patch;
  for (let at = 0; noise > 0 && at < samples.length; at++) {
    samples[at] = (samples[at] ?? 0) + noise * (random() * 2 - 1);
  }
  if (dull) keepLow(samples, dull[0] + dull[2] * hertz, dull[1]);
  if (thin !== undefined) keepHigh(samples, thin);
  shape(samples, patch, held);
  return samples;
}

/** What an exponential fall is multiplied by in each sample. */
const falling = (seconds: number): number => Math.exp(-1 / (seconds * SAMPLE_RATE));

function addSine(
  samples: Float32Array,
  { skin, bend }: Patch,
  hertz: number,
  ratio: number,
  loud: number,
): void {
  const [from, to, slacking] = skin ?? [hertz, hertz, 1];
  const [bendRatio, turns, unbending] = bend ?? [1, 0, 1];
  const [slacken, unbend] = [falling(slacking), falling(unbending)];
  let [turn, slack, bent] = [0, from - to, turns];
  for (let at = 0; at < samples.length; at++) {
    turn += (to + slack) / SAMPLE_RATE;
    const push = turns === 0 ? 0 : bent * sine(turn * bendRatio);
    samples[at] = (samples[at] ?? 0) + loud * sine(turn * ratio + push);
    slack *= slacken;
    bent *= unbend;
  }
}

const TABLE = 4096;
const SINES = Float32Array.from({ length: TABLE + 1 }, (_, at) => Math.sin((at / TABLE) * Math.PI * 2));

/** The sine of whole turns, from a table: a piece has hundreds of millions of them. */
function sine(turns: number): number {
  const at = (turns - Math.floor(turns)) * TABLE;
  const index = at | 0;
  const low = SINES[index] ?? 0;
  return low + ((SINES[index + 1] ?? 0) - low) * (at - index);
}

/** Adds a saw tooth. Its edge is rounded over one sample, or it would fold its overtones back. */
function addSaw(samples: Float32Array, step: number, begin: number): void {
  let phase = begin;
  for (let at = 0; at < samples.length; at++) {
    phase += step;
    if (phase >= 1) phase -= 1;
    let value = 2 * phase - 1;
    if (phase < step) value -= (1 - phase / step) ** 2;
    else if (phase > 1 - step) value += ((phase - 1) / step + 1) ** 2;
    samples[at] = (samples[at] ?? 0) + value;
  }
}

/** Dulls what is above a frequency, 12 dB per octave; at the stroke it is brighter by some Hz. */
function keepLow(samples: Float32Array, hertz: number, stroke: number): void {
  const close = falling(0.06);
  let [first, second, open] = [0, 0, stroke];
  for (let at = 0; at < samples.length; at++) {
    const pass = follow(hertz + open);
    first += pass * ((samples[at] ?? 0) - first);
    second += pass * (first - second);
    samples[at] = second;
    open *= close;
  }
}

/** Thins what is below a frequency, 6 dB per octave. */
function keepHigh(samples: Float32Array, hertz: number): void {
  const pass = follow(hertz);
  let low = 0;
  for (let at = 0; at < samples.length; at++) {
    const sample = samples[at] ?? 0;
    low += pass * (sample - low);
    samples[at] = sample - low;
  }
}

/** Makes a note as loud as it is over its time: up in `attack`, falling towards `sustain`, and after it is let go, away. */
function shape(samples: Float32Array, { envelope, loud }: Patch, held: number): void {
  const [attack, decay, sustain, release] = envelope;
  const rise = Math.min(attack, held * 0.4) * SAMPLE_RATE;
  const end = held * SAMPLE_RATE;
  const fall = falling(decay);
  let fallen = 1 - sustain;
  for (let at = 0; at < samples.length; at++) {
    const body = at < rise ? at / rise : sustain + fallen;
    const leave = at < end ? 1 : Math.max(0, 1 - (at - end) / (release * SAMPLE_RATE)) ** 2;
    samples[at] = (samples[at] ?? 0) * body * leave * loud;
    if (at >= rise) fallen *= fall;
  }
}

/** How far a filter follows in one sample. */
function follow(hertz: number): number {
  const turn = (2 * Math.PI * hertz) / SAMPLE_RATE;
  return turn / (1 + turn);
}

/** A room: what goes in comes back as a cloud of echoes (Schroeder's combs and allpasses, in Freeverb's lengths). */
class Room {
  readonly #combs: Line[];
  readonly #allpasses: Line[];

  constructor(spread: number) {
    const line = (length: number): Line => ({ samples: new Float32Array(length + spread), at: 0, damped: 0 });
    this.#combs = [1215, 1293, 1390, 1476, 1548, 1623].map(line);
    this.#allpasses = [605, 480, 371].map(line);
  }

  next(sample: number): number {
    let sum = 0;
    for (const comb of this.#combs) {
      const echo = comb.samples[comb.at] ?? 0;
      comb.damped += (echo - comb.damped) * 0.65;
      comb.samples[comb.at] = sample + comb.damped * 0.8;
      comb.at = (comb.at + 1) % comb.samples.length;
      sum += echo;
    }
    for (const pass of this.#allpasses) {
      const echo = pass.samples[pass.at] ?? 0;
      pass.samples[pass.at] = sum + echo * 0.5;
      pass.at = (pass.at + 1) % pass.samples.length;
      sum = echo - sum;
    }
    return sum;
  }
}

/** A loop of samples. */
interface Line {
  samples: Float32Array;
  at: number;
  damped: number;
}
