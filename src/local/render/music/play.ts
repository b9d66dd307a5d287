import { type Random, seededRandom } from '../random.js';
import { SAMPLE_RATE } from '../sound/format.js';
import type { SoundSource } from '../sound/source.js';
import { compose, type MusicStyle, STYLES } from './compose.js';
import { Reverb } from './effects.js';
import { createLowpass } from './oscillators.js';
import { DRUMS, type Note, ORCHESTRA, type Style } from './score.js';
import { frequencyOf } from './theory.js';

/** Longer than any note with its dying away, in samples; a power of two. */
const TAPE_SAMPLES = 2 ** 20;

/** Notes shorter than this are kept and played again instead of being made again, in seconds. */
const WORTH_KEEPING = 4;

/** How fast the tones come back after a kick, in seconds. */
const DUCK_SECONDS = 0.13;

/** Music of a style, composed for its length and played as it is asked for. */
export class MusicSound implements SoundSource {
  readonly #style: Style;
  readonly #notes: readonly Note[];
  readonly #random: Random;
  readonly #made = new Map<string, Float32Array>();
  readonly #tones = new Tape();
  readonly #drums = new Tape();
  readonly #reverb: Reverb;
  readonly #dull = [createLowpass(), createLowpass()] as const;
  #next = 0;
  #at = 0;
  #kickAt = Number.NEGATIVE_INFINITY;

  constructor(style: MusicStyle, seed: number, seconds: number) {
    this.#style = STYLES[style];
    this.#notes = compose(style, seed, seconds);
    this.#random = seededRandom(seed + 1);
    this.#reverb = new Reverb(this.#style.room.size);
  }

  read(left: Float32Array, right: Float32Array): void {
    const kicks = this.#strikeUntil(this.#at + left.length);
    this.#tones.take(this.#at, left, right);
    this.#shape(left, right, kicks);
    const [drumsLeft, drumsRight] = [new Float32Array(left.length), new Float32Array(left.length)];
    this.#drums.take(this.#at, drumsLeft, drumsRight);
    const { wet } = this.#style.room;
    const [roomLeft, roomRight] = [new Float32Array(left.length), new Float32Array(left.length)];
    for (let at = 0; at < left.length; at++) {
      // Drums stand nearer than the rest.
      roomLeft[at] = wet * ((left[at] ?? 0) + 0.35 * (drumsLeft[at] ?? 0));
      roomRight[at] = wet * ((right[at] ?? 0) + 0.35 * (drumsRight[at] ?? 0));
    }
    this.#reverb.process(roomLeft, roomRight);
    const { gain } = this.#style;
    for (let at = 0; at < left.length; at++) {
      left[at] = Math.tanh(gain * ((left[at] ?? 0) + (drumsLeft[at] ?? 0) + (roomLeft[at] ?? 0)));
      right[at] = Math.tanh(gain * ((right[at] ?? 0) + (drumsRight[at] ?? 0) + (roomRight[at] ?? 0)));
    }
    this.#at += left.length;
  }

  close(): void {}

  /** Strikes every note that begins before a sample. Returns when kicks did. */
  #strikeUntil(end: number): number[] {
    const kicks: number[] = [];
    for (
      let note = this.#notes[this.#next];
      note && note.at * SAMPLE_RATE < end;
      note = this.#notes[++this.#next]
    ) {
      const start = Math.round(note.at * SAMPLE_RATE);
      if (note.player === 'kick') kicks.push(start);
      const tape = DRUMS.has(note.player) ? this.#drums : this.#tones;
      tape.add(start, this.#make(note), note.loud, note.pan);
    }
    return kicks;
  }

  #make({ player, pitch, seconds }: Note): Float32Array {
    const name = `${player} ${pitch} ${seconds.toFixed(3)}`;
    const kept = this.#made.get(name);
    if (kept) return kept;
    const made = ORCHESTRA[player](frequencyOf(pitch), seconds, this.#random);
    if (made.length < WORTH_KEEPING * SAMPLE_RATE) this.#made.set(name, made);
    return made;
  }

  /** Lets the tones give way to the kick, and dulls them. */
  #shape(left: Float32Array, right: Float32Array, kicks: readonly number[]): void {
    const { duck, dull } = this.#style;
    if (duck === 0 && dull === undefined) return;
    let upcoming = 0;
    for (let at = 0; at < left.length; at++) {
      const kick = kicks[upcoming];
      if (kick !== undefined && kick <= this.#at + at) {
        this.#kickAt = kick;
        upcoming++;
      }
      const since = (this.#at + at - this.#kickAt) / SAMPLE_RATE;
      const gain = 1 - duck * Math.exp(-since / DUCK_SECONDS);
      left[at] = (left[at] ?? 0) * gain;
      right[at] = (right[at] ?? 0) * gain;
      if (dull === undefined) continue;
      left[at] = this.#dull[0](left[at] ?? 0, dull);
      right[at] = this.#dull[1](right[at] ?? 0, dull);
    }
  }
}

/** Sound that is still to come. */
class Tape {
  readonly #left = new Float32Array(TAPE_SAMPLES);
  readonly #right = new Float32Array(TAPE_SAMPLES);

  /** Adds a note. Both channels keep its power together, wherever it stands. */
  add(start: number, note: Float32Array, loud: number, pan: number): void {
    const angle = ((Math.max(-1, Math.min(1, pan)) + 1) * Math.PI) / 4;
    const [toLeft, toRight] = [Math.cos(angle) * loud, Math.sin(angle) * loud];
    const length = Math.min(note.length, TAPE_SAMPLES);
    for (let at = 0; at < length; at++) {
      const on = (start + at) & (TAPE_SAMPLES - 1);
      const sample = note[at] ?? 0;
      this.#left[on] = (this.#left[on] ?? 0) + sample * toLeft;
      this.#right[on] = (this.#right[on] ?? 0) + sample * toRight;
    }
  }

  /** Takes what has come, and leaves the tape clean for what comes round. */
  take(start: number, left: Float32Array, right: Float32Array): void {
    for (let at = 0; at < left.length; at++) {
      const on = (start + at) & (TAPE_SAMPLES - 1);
      left[at] = this.#left[on] ?? 0;
      right[at] = this.#right[on] ?? 0;
      this.#left[on] = 0;
      this.#right[on] = 0;
    }
  }
}
