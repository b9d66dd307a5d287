import type { Style } from './score.js';
import { voiceAround } from './theory.js';

/** The order in which the notes of a chord are plucked, sixteen to the bar; -1 rests. */
const FIGURES = [
  [0, -1, 2, 1, 3, -1, 2, -1, 0, 2, -1, 1, 3, -1, 2, 1],
  [0, 2, -1, 3, 1, -1, 2, 0, -1, 2, 3, -1, 1, 2, -1, 3],
] as const;

/** Bright and forward: plucked figures over four to the floor, hands clapping. */
export const upbeat: Style = {
  tempo: [112, 124],
  mode: 'major',
  swing: 0,
  progressions: [
    [
      [0, 'add9'],
      [7, 'major'],
      [9, 'min7'],
      [5, 'add9'],
    ],
    [
      [9, 'min7'],
      [5, 'add9'],
      [0, 'add9'],
      [7, 'sus4'],
    ],
    [
      [5, 'add9'],
      [0, 'major'],
      [7, 'major'],
      [9, 'min7'],
    ],
  ],
  home: [0, 'add9'],
  melody: {
    low: 72,
    high: 86,
    rhythms: [
      [0, 0.75, 1.5, 2.5],
      [0, 1, 1.5, 3],
      [0.5, 1, 2, 2.75, 3.5],
    ],
  },
  room: { size: 0.78, wet: 0.24 },
  duck: 0.45,
  gain: 0.72,
  bar({ chord, index, part, turning, melody, play }) {
    const notes = voiceAround(chord, 67);
    const figure = FIGURES[index % 4 === 3 ? 1 : 0];
    figure.forEach((note, sixteenth) => {
      const pitch = notes[note % notes.length];
      if (note < 0 || pitch === undefined) return;
      play('pluck', sixteenth / 4, 0.5, pitch, sixteenth % 4 ? 0.44 : 0.62, sixteenth % 2 ? 0.4 : -0.4);
      // Its echo from the other side, three sixteenths later.
      play('pluck', sixteenth / 4 + 0.75, 0.4, pitch, 0.15, sixteenth % 2 ? -0.6 : 0.6);
    });
    for (const pitch of voiceAround(chord, 58)) play('pad', 0, 4, pitch, part === 'lift' ? 0.34 : 0.24);
    if (part === 'intro') {
      play('bass', 0, 3.8, chord.root, 0.6);
      for (let eighth = 0; eighth < 8; eighth++)
        play('shaker', eighth / 2, 0.5, 0, eighth % 2 ? 0.3 : 0.16, 0.2);
    } else {
      for (let eighth = 0; eighth < 8; eighth++) {
        play(
          'drive',
          eighth / 2,
          0.42,
          eighth % 8 === 7 ? chord.root + 12 : chord.root,
          eighth % 2 ? 0.5 : 0.62,
        );
      }
      for (let beat = 0; beat < 4; beat++) {
        play('kick', beat, 1, 0, 0.85);
        play('openHat', beat + 0.5, 0.5, 0, 0.26, 0.15);
      }
      for (const beat of [1, 3]) play('clap', beat, 1, 0, 0.55);
      for (let sixteenth = 0; sixteenth < 16; sixteenth++) {
        play('shaker', sixteenth / 4, 0.25, 0, sixteenth % 4 === 2 ? 0.24 : 0.12, -0.3);
      }
    }
    if (part === 'lift') {
      for (const { beat, beats, pitch } of melody) {
        play('bell', beat, beats, pitch, 0.34, 0.1);
        play('bell', beat + 0.75, beats, pitch, 0.12, -0.5);
      }
    }
    if (turning) {
      play('swell', 0, 4, 0, 0.4);
      for (const beat of [3, 3.25, 3.5, 3.75]) play('snare', beat, 0.25, 0, 0.2 + (beat - 3) * 0.3);
    }
  },
  end({ chord, play }) {
    voiceAround(chord, 67).forEach((pitch, voice) => {
      play('pluck', voice * 0.06, 2, pitch, 0.6, (voice - 1.5) * 0.4);
      play('bell', 0, 2, pitch + 12, 0.16, (1.5 - voice) * 0.4);
    });
    for (const pitch of voiceAround(chord, 58)) play('pad', 0, 3, pitch, 0.3);
    play('bass', 0, 3, chord.root, 0.8);
    play('kick', 0, 1, 0, 0.9);
    play('clap', 0, 1, 0, 0.5);
  },
};
