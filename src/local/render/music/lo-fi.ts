import type { Style } from './score.js';
import { voiceAround } from './theory.js';

/** Slow, swung and mellow: an electric piano over a soft beat, as if from a worn record. */
export const loFi: Style = {
  tempo: [72, 84],
  mode: 'major',
  swing: 0.14,
  progressions: [
    [
      [5, 'maj9'],
      [4, 'min7'],
      [2, 'min9'],
      [0, 'maj9'],
    ],
    [
      [2, 'min9'],
      [7, 'dom9'],
      [0, 'maj9'],
      [9, 'min7'],
    ],
    [
      [0, 'maj9'],
      [9, 'min9'],
      [5, 'maj9'],
      [7, 'dom9'],
    ],
  ],
  home: [0, 'maj9'],
  melody: {
    low: 69,
    high: 84,
    rhythms: [
      [0.5, 1, 2.5],
      [0, 1.5, 2, 3],
      [1, 1.5, 2.5, 3.5],
    ],
  },
  room: { size: 0.72, wet: 0.22 },
  duck: 0.22,
  dull: 5200,
  gain: 0.8,
  bar({ chord, index, part, turning, melody, random, play }) {
    play('dust', 0, 4, 0, 1);
    const strum = (beat: number, beats: number, loud: number): void => {
      voiceAround(chord, 60).forEach((pitch, voice) => {
        play('keys', beat + voice * 0.025, beats, pitch, loud, (voice - 2) * 0.16);
      });
    };
    strum(0, index % 2 ? 2.4 : 1.4, 0.5);
    strum(index % 2 ? 2.5 : 1.5, index % 2 ? 1.4 : 2.4, 0.36);
    if (part !== 'intro') {
      play('bass', 0, 1.3, chord.root, 0.85);
      play('bass', 2.5, 1.1, index % 4 === 3 ? chord.root + 7 : chord.root, 0.7);
      play('kick', 0, 1, 0, 0.85);
      play('kick', index % 2 ? 2.5 : 1.75, 1, 0, 0.6);
      for (const beat of [1, 3]) play('snare', beat, 1, 0, 0.5);
      for (let eighth = 0; eighth < 8; eighth++) {
        play('hat', eighth / 2, 0.5, 0, eighth % 2 ? 0.2 : 0.34, 0.3);
      }
      if (random() < 0.5) play('rim', 3.75, 0.25, 0, 0.2, -0.35);
      if (turning) for (const beat of [3.25, 3.5, 3.75]) play('snare', beat, 0.25, 0, 0.22);
    }
    if (part === 'lift') {
      for (const { beat, beats, pitch } of melody) play('bell', beat, beats, pitch, 0.34, -0.2);
      play('pad', 0, 4, chord.root + 24, 0.3);
    }
  },
  end({ chord, play }) {
    play('dust', 0, 4, 0, 1);
    voiceAround(chord, 62).forEach((pitch, voice) => {
      play('keys', voice * 0.12, 4, pitch, 0.5, (voice - 2) * 0.16);
    });
    play('bass', 0, 3, chord.root, 0.8);
    play('kick', 0, 1, 0, 0.7);
  },
};
