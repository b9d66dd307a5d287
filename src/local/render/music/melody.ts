import { pick, type Random } from '../random.js';
import type { Style } from './score.js';
import { type Chord, PENTATONIC, type Pitch, scaleBetween } from './theory.js';

/** A note of a melody, in beats of its bar. */
export interface MelodyNote {
  beat: number;
  beats: number;
  pitch: Pitch;
}

/** Four bars of a phrase: said, said again, answered, said a last time. */
const PHRASE = ['said', 'said', 'answer', 'said'] as const;

/**
 * A melody that is remembered: one short figure and an answer to it, moved along with the chords. Its long notes lie on
 * the chord, the others step along the five notes that go with all of them.
 */
export function createMelody(
  style: Style,
  key: number,
  random: Random,
): (bar: number, chord: Chord) => MelodyNote[] {
  const { low, high, rhythms } = style.melody;
  const scale = scaleBetween(key, PENTATONIC[style.mode], low, high);
  const figure = (): { beat: number; step: number }[] =>
    pick(random, rhythms).map((beat) => ({ beat, step: Math.round((random() - 0.5) * 4) }));
  const figures = { said: figure(), answer: figure() };
  return (bar, chord) => {
    const notes = figures[PHRASE[bar % PHRASE.length] ?? 'said'];
    let at = nearestIndex(scale, chord, Math.floor(scale.length * 0.5));
    return notes.map(({ beat, step }, index) => {
      const beats = (notes[index + 1]?.beat ?? 4) - beat;
      at = Math.min(scale.length - 1, Math.max(0, at + step));
      if (beats >= 1) at = nearestIndex(scale, chord, at);
      return { beat, beats: beats * 0.92, pitch: scale[at] ?? low };
    });
  };
}

/** The place in the scale nearest to `from` that belongs to the chord. */
function nearestIndex(scale: readonly Pitch[], chord: Chord, from: number): number {
  const belongs = (index: number): boolean => chord.classes.includes((scale[index] ?? -1) % 12);
  for (let away = 0; away < scale.length; away++) {
    if (belongs(from - away)) return from - away;
    if (belongs(from + away)) return from + away;
  }
  return from;
}
