import type { Style } from './score.js';
import { voiceAround } from './theory.js';

/** Strings that drive on, great drums, and a theme that opens above them. */
export const cinematic: Style = {
  tempo: [84, 94],
  mode: 'minor',
  swing: 0,
  progressions: [
    [
      [0, 'minor'],
      [8, 'major'],
      [3, 'major'],
      [10, 'major'],
    ],
    [
      [0, 'minor'],
      [5, 'minor'],
      [8, 'major'],
      [10, 'sus4'],
    ],
    [
      [0, 'minor'],
      [10, 'major'],
      [8, 'maj7'],
      [5, 'minor'],
    ],
  ],
  home: [0, 'minor'],
  melody: {
    low: 69,
    high: 86,
    rhythms: [
      [0, 2],
      [0, 1.5, 3],
      [0, 1, 2, 3],
    ],
  },
  room: { size: 0.86, wet: 0.36 },
  duck: 0,
  gain: 0.85,
  bar({ chord, index, part, turning, melody, play }) {
    const notes = voiceAround(chord, 57);
    const steps = part === 'lift' ? 16 : 8;
    for (let step = 0; step < steps; step++) {
      const pitch = notes[[0, 2, 1, 2][step % 4] ?? 0] ?? chord.root + 12;
      const accent = step % (steps / 4) === 0;
      play('staccato', (step * 4) / steps, 0.25, pitch, accent ? 0.62 : 0.4, step % 2 ? 0.3 : -0.3);
    }
    play('bass', 0, 3.9, chord.root, part === 'intro' ? 0.4 : 0.7);
    if (part !== 'intro') {
      notes.forEach((pitch, voice) => {
        play('strings', 0, 4, pitch + 12, 0.42, (voice - 1) * 0.45);
      });
      play('strings', 0, 4, chord.root + 12, 0.4, -0.3);
      for (const beat of index % 2 ? [0, 1.5, 2.5, 3.5] : [0, 1.5, 3]) {
        play('taiko', beat, 1, 0, beat === 0 ? 0.9 : 0.55, beat === 0 ? 0 : 0.25);
      }
    } else {
      play('taiko', 0, 1, 0, 0.5);
    }
    if (part === 'lift') {
      for (const { beat, beats, pitch } of melody) play('strings', beat, beats, pitch, 0.6, 0.1);
      for (let eighth = 0; eighth < 8; eighth++) play('taiko', eighth / 2, 0.5, 0, 0.16, -0.4);
    }
    if (turning) {
      play('swell', 0, 4, 0, 0.55);
      for (const beat of [3, 3.25, 3.5, 3.75]) play('taiko', beat, 0.25, 0, 0.35 + (beat - 3) * 0.5, -0.2);
    }
  },
  end({ chord, play }) {
    for (const pitch of [...voiceAround(chord, 57), ...voiceAround(chord, 69)]) {
      play('strings', 0, 1.6, pitch, 0.5, (pitch % 5) * 0.2 - 0.4);
    }
    play('bass', 0, 2, chord.root, 0.8);
    play('taiko', 0, 1, 0, 1);
    play('taiko', 0.02, 1, 0, 0.7, 0.4);
  },
};
