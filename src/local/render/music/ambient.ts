import type { Style } from './score.js';
import { voiceAround } from './theory.js';

/** Hardly moving: wide chords that swell and ebb, now and then a bell far off. */
export const ambient: Style = {
  tempo: [56, 64],
  mode: 'major',
  swing: 0,
  progressions: [
    [
      [0, 'add9'],
      [5, 'maj9'],
      [9, 'min9'],
      [7, 'sus4'],
    ],
    [
      [0, 'maj9'],
      [4, 'min7'],
      [5, 'maj9'],
      [0, 'sus2'],
    ],
    [
      [9, 'min9'],
      [5, 'maj9'],
      [0, 'add9'],
      [7, 'sus2'],
    ],
  ],
  home: [0, 'add9'],
  melody: {
    low: 72,
    high: 91,
    rhythms: [
      [0.5, 2],
      [1, 2.5, 3.25],
      [0, 3],
    ],
  },
  room: { size: 0.9, wet: 0.5 },
  duck: 0,
  gain: 1.05,
  bar({ chord, part, melody, play }) {
    voiceAround(chord, 62).forEach((pitch, voice) => {
      play('pad', 0, 4, pitch, 0.42, (voice - 1.5) * 0.3);
    });
    play('pad', 0, 4, chord.root + 12, 0.34);
    play('bass', 0, 3.8, chord.root, part === 'intro' ? 0.3 : 0.5);
    for (const { beat, beats, pitch } of melody) {
      const loud = part === 'intro' ? 0.2 : 0.32;
      play('bell', beat, beats, pitch, loud, -0.4);
      play('bell', beat + 1.5, beats, pitch, loud * 0.4, 0.6);
    }
    if (part !== 'lift') return;
    voiceAround(chord, 74).forEach((pitch, voice) => {
      play('keys', voice * 0.5, 2, pitch, 0.26, (voice - 1.5) * 0.5);
    });
    play('strings', 0, 4, chord.root + 24, 0.24, 0.2);
  },
  end({ chord, play }) {
    voiceAround(chord, 62).forEach((pitch, voice) => {
      play('pad', 0, 3, pitch, 0.42, (voice - 1.5) * 0.3);
      play('bell', voice * 0.3, 3, pitch + 12, 0.22, (1.5 - voice) * 0.4);
    });
    play('bass', 0, 3, chord.root, 0.5);
  },
};
