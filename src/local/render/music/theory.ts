/** A pitch as MIDI counts it: 60 is middle C, 12 an octave. */
export type Pitch = number;

/** Hertz. */
export function frequencyOf(pitch: Pitch): number {
  return 440 * 2 ** ((pitch - 69) / 12);
}

/** What stands over the root of a chord, in semitones. */
const QUALITIES = {
  major: [0, 4, 7],
  minor: [0, 3, 7],
  maj7: [0, 4, 7, 11],
  maj9: [0, 4, 7, 11, 14],
  min7: [0, 3, 7, 10],
  min9: [0, 3, 7, 10, 14],
  dom9: [0, 4, 7, 10, 14],
  add9: [0, 4, 7, 14],
  sus2: [0, 2, 7],
  sus4: [0, 5, 7],
} as const;

/** A kind of chord. */
type Quality = keyof typeof QUALITIES;

/** A chord by its distance from the key, in semitones, and its kind. */
export type Degree = readonly [semitones: number, quality: Quality];

/** A chord in a key. */
export interface Chord {
  /** The root, near {@link BASS}. */
  root: Pitch;
  /** Its notes as distances from C, 0 to 11. */
  classes: readonly number[];
}

/** The middle of where basses play: E2. */
const BASS: Pitch = 40;

/** The chord on a degree of the key whose tonic is `key` (0 is C). */
export function chordOn(key: number, [semitones, quality]: Degree): Chord {
  const root = key + semitones;
  return { root: nearest(root, BASS), classes: QUALITIES[quality].map((interval) => mod12(root + interval)) };
}

/**
 * The chord's notes, each as near to `center` as it comes. Chord after chord around the same centre, every voice moves
 * by a step or two, as a pianist's hand would.
 */
export function voiceAround(chord: Chord, center: Pitch): Pitch[] {
  return chord.classes.map((one) => nearest(one, center)).sort((a, b) => a - b);
}

/** The notes of a scale (as distances from its tonic) between two pitches. */
export function scaleBetween(key: number, intervals: readonly number[], low: Pitch, high: Pitch): Pitch[] {
  const classes = new Set(intervals.map((interval) => mod12(key + interval)));
  return Array.from({ length: high - low + 1 }, (_, index) => low + index).filter((pitch) =>
    classes.has(mod12(pitch)),
  );
}

/** Five notes that go with every chord of their key. */
export const PENTATONIC = { major: [0, 2, 4, 7, 9], minor: [0, 3, 5, 7, 10] } as const;

/** The pitch with this distance from C that is nearest to another. */
function nearest(pitchClass: number, to: Pitch): Pitch {
  const above = to + mod12(pitchClass - to);
  return above - to > 6 ? above - 12 : above;
}

function mod12(semitones: number): number {
  return ((semitones % 12) + 12) % 12;
}
