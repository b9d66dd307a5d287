import { MUSIC_STYLES } from '../dialect.js';
import { between, pick, seededRandom } from '../random.js';
import type { Instrument } from './synth.js';

/** A style that can be played. */
export type MusicStyle = (typeof MUSIC_STYLES)[number];

/** Whether a style of that name can be played. */
export function isMusicStyle(name: string): name is MusicStyle {
  return MUSIC_STYLES.some((style) => style === name);
}

/** A pitch as MIDI counts it: 60 is middle C, 12 an octave. */
type Pitch = number;

/** One note. */
export interface Note {
  instrument: Instrument;
  /** When it begins, and how long it is held, in seconds. */
  at: number;
  seconds: number;
  pitch: Pitch;
  /** 0 to 1. */
  loud: number;
  /** -1 is left, 1 is right. */
  pan: number;
}

/** What is over the root of a chord, in semitones. */
const QUALITIES: Readonly<Record<string, readonly number[]>> = {
  major: [0, 4, 7],
  minor: [0, 3, 7],
  maj9: [0, 4, 7, 11, 14],
  min7: [0, 3, 7, 10],
  dom9: [0, 4, 7, 10, 14],
  add9: [0, 4, 7, 14],
  sus4: [0, 5, 7],
};

/** Chords by their distance from the key in semitones and their kind: `'0:add9 7:major'`. */
type Chords = string;

/** What a style writes its notes into: a bar of four beats. */
interface Bar {
  index: number;
  /** A piece begins with less and grows. */
  part: 'intro' | 'verse' | 'lift';
  root: Pitch;
  /** The notes of the chord, each as near to a pitch as it comes, so that voices move by a step or two. */
  around(center: Pitch): Pitch[];
  melody: readonly { beat: number; beats: number; pitch: Pitch }[];
  play(instrument: Instrument, beat: number, beats: number, pitch: Pitch, loud: number, pan?: number): void;
}

interface Style {
  /** Beats per minute, from and to. */
  tempo: readonly [number, number];
  /** How late every second eighth comes, in parts of a beat. */
  swing: number;
  /** Five notes that go with all of its chords. */
  scale: readonly number[];
  progressions: readonly [Chords, ...Chords[]];
  /** The chord that the piece ends on. */
  home: Chords;
  bar(bar: Bar): void;
}

const MAJOR = [0, 2, 4, 7, 9];
const MINOR = [0, 3, 5, 7, 10];

/** The order in which the notes of a chord are plucked, sixteen to the bar; -1 rests. */
const FIGURE = [0, -1, 2, 1, 3, -1, 2, -1, 0, 2, -1, 1, 3, -1, 2, 1];

const STYLES: Readonly<Record<MusicStyle, Style>> = {
  // Slow, swung and mellow: an electric piano over a soft beat.
  'lo-fi': {
    tempo: [72, 84],
    swing: 0.14,
    scale: MAJOR,
    progressions: ['5:maj9 4:min7 2:min7 0:maj9', '2:min7 7:dom9 0:maj9 9:min7'],
    home: '0:maj9',
    bar({ index, part, root, around, melody, play }) {
      const strum = (beat: number, beats: number, loud: number): void => {
        around(60).forEach((pitch, voice) => {
          play('keys', beat + voice * 0.025, beats, pitch, loud, (voice - 2) * 0.16);
        });
      };
      strum(0, index % 2 ? 2.4 : 1.4, 0.5);
      strum(index % 2 ? 2.5 : 1.5, index % 2 ? 1.4 : 2.4, 0.36);
      play('bass', 0, 1.3, root, 0.85);
      play('bass', 2.5, 1.1, index % 4 === 3 ? root + 7 : root, 0.7);
      if (part === 'intro') return;
      play('kick', 0, 1, 0, 0.8);
      play('kick', index % 2 ? 2.5 : 1.75, 1, 0, 0.6);
      for (const beat of [1, 3]) play('snare', beat, 1, 0, 0.5);
      for (let eighth = 0; eighth < 8; eighth++)
        play('hat', eighth / 2, 0.5, 0, eighth % 2 ? 0.2 : 0.34, 0.3);
      if (part === 'lift')
        for (const { beat, beats, pitch } of melody) play('bell', beat, beats, pitch, 0.36, -0.2);
    },
  },
  // Bright and forward: plucked figures over four to the floor, hands clapping.
  upbeat: {
    tempo: [112, 124],
    swing: 0,
    scale: MAJOR,
    progressions: [
      '0:add9 7:major 9:min7 5:add9',
      '9:min7 5:add9 0:add9 7:sus4',
      '5:add9 0:major 7:major 9:min7',
    ],
    home: '0:add9',
    bar({ part, root, around, melody, play }) {
      const notes = around(67);
      for (const [sixteenth, note] of FIGURE.entries()) {
        const pitch = notes[note % notes.length];
        if (note < 0 || pitch === undefined) continue;
        const side = sixteenth % 2 ? 0.4 : -0.4;
        play('pluck', sixteenth / 4, 0.5, pitch, sixteenth % 4 ? 0.46 : 0.64, side);
        // Its echo from the other side, three sixteenths later.
        play('pluck', sixteenth / 4 + 0.75, 0.4, pitch, 0.15, -side);
      }
      for (const pitch of around(58)) play('pad', 0, 4, pitch, part === 'lift' ? 0.36 : 0.26);
      for (let eighth = 0; eighth < 8; eighth++) {
        if (part !== 'intro')
          play('bass', eighth / 2, 0.42, eighth === 7 ? root + 12 : root, eighth % 2 ? 0.55 : 0.7);
        play('shaker', eighth / 2, 0.5, 0, eighth % 2 ? 0.3 : 0.16, 0.2);
      }
      if (part === 'intro') return play('bass', 0, 3.8, root, 0.6);
      for (let beat = 0; beat < 4; beat++) {
        play('kick', beat, 1, 0, 0.85);
        play('hat', beat + 0.5, 0.5, 0, 0.4, 0.15);
      }
      for (const beat of [1, 3]) play('clap', beat, 1, 0, 0.55);
      if (part === 'lift') {
        for (const { beat, beats, pitch } of melody) {
          play('bell', beat, beats, pitch, 0.36, 0.1);
          play('bell', beat + 0.75, beats, pitch, 0.12, -0.5);
        }
      }
    },
  },
  // Hardly moving: wide chords that swell and ebb, now and then a bell far off.
  ambient: {
    tempo: [56, 64],
    swing: 0,
    scale: MAJOR,
    progressions: ['0:add9 5:maj9 9:min7 7:sus4', '9:min7 5:maj9 0:add9 7:sus4'],
    home: '0:add9',
    bar({ part, root, around, melody, play }) {
      around(62).forEach((pitch, voice) => {
        play('pad', 0, 4, pitch, 0.42, (voice - 1.5) * 0.3);
      });
      play('pad', 0, 4, root + 12, 0.34);
      play('bass', 0, 3.8, root, part === 'intro' ? 0.3 : 0.5);
      for (const { beat, beats, pitch } of melody) {
        play('bell', beat, beats, pitch, 0.3, -0.4);
        play('bell', beat + 1.5, beats, pitch, 0.12, 0.6);
      }
      if (part === 'lift')
        around(74).forEach((pitch, voice) => {
          play('keys', voice * 0.5, 2, pitch, 0.28, (voice - 1.5) * 0.5);
        });
    },
  },
  // Strings that drive on, great drums, and a theme that opens above them.
  cinematic: {
    tempo: [84, 94],
    swing: 0,
    scale: MINOR,
    progressions: ['0:minor 8:major 3:major 10:major', '0:minor 5:minor 8:major 10:sus4'],
    home: '0:minor',
    bar({ index, part, root, around, melody, play }) {
      const notes = around(57);
      const steps = part === 'lift' ? 16 : 8;
      for (let step = 0; step < steps; step++) {
        const pitch = notes[[0, 2, 1, 2][step % 4] ?? 0] ?? root + 12;
        play(
          'staccato',
          (step * 4) / steps,
          0.25,
          pitch,
          step % (steps / 4) === 0 ? 0.62 : 0.4,
          step % 2 ? 0.3 : -0.3,
        );
      }
      play('bass', 0, 3.9, root, part === 'intro' ? 0.4 : 0.7);
      play('taiko', 0, 1, 0, part === 'intro' ? 0.5 : 0.9);
      if (part === 'intro') return;
      notes.forEach((pitch, voice) => {
        play('strings', 0, 4, pitch + 12, 0.42, (voice - 1) * 0.45);
      });
      for (const beat of index % 2 ? [1.5, 2.5, 3.5] : [1.5, 3]) play('taiko', beat, 1, 0, 0.55, 0.25);
      if (part === 'lift')
        for (const { beat, beats, pitch } of melody) play('strings', beat, beats, pitch, 0.6, 0.1);
    },
  },
};

const BEATS = 4;

/** How long the last chord is left to ring; a shorter piece than {@link SHORTEST_WITH_END} just stops. */
const RING_SECONDS = 2.6;
const SHORTEST_WITH_END = 9;

/** How unevenly people play, in seconds. */
const HUMAN_SECONDS = 0.008;

/** A piece of a length, its notes in the order in which they begin. */
export function compose(name: MusicStyle, seed: number, seconds: number): Note[] {
  const style = STYLES[name];
  const random = seededRandom(seed);
  const key = Math.floor(random() * 12);
  const progression = pick(random, style.progressions).split(' ');
  const figure = pick(random, [
    [0, 1, 1.5, 3],
    [0.5, 1, 2.5],
    [0, 1.5, 2, 3],
  ]).map((beat) => ({
    beat,
    step: Math.round((random() - 0.5) * 4),
  }));
  const { bars, beat } = layOut(between(random, ...style.tempo), seconds);
  const notes: Note[] = [];
  const write = (index: number, chord: string, part: Bar['part'], length: number): void => {
    const [semitones, quality = ''] = chord.split(':');
    const root = nearest(key + Number(semitones), 40);
    const around = (center: Pitch): Pitch[] =>
      (QUALITIES[quality] ?? []).map((interval) => nearest(root + interval, center)).sort((a, b) => a - b);
    const play: Bar['play'] = (instrument, at, beats, pitch, loud, pan = 0) => {
      if (at >= length) return;
      const late = Math.abs((at % 1) - 0.5) < 0.01 ? style.swing : 0;
      notes.push({
        instrument,
        at: Math.max(0, (index * BEATS + at + late) * beat + (random() - 0.5) * HUMAN_SECONDS),
        seconds: beats * beat,
        pitch,
        loud: loud * (0.94 + random() * 0.12),
        pan,
      });
    };
    style.bar({ index, part, root, around, melody: sing(figure, style.scale, key, around(76)), play });
  };
  for (let index = 0; index < bars; index++) {
    write(index, progression[index % progression.length] ?? style.home, partOf(index, bars), BEATS);
  }
  // The first beat of the home chord once more, and no more: it rings out.
  if (seconds >= SHORTEST_WITH_END) write(bars, style.home, 'verse', 0.25);
  return notes.filter(({ at }) => at < seconds).sort((a, b) => a.at - b.at);
}

/** One short figure, moved along with the chords: its long notes belong to the chord, the others step along the scale. */
function sing(
  figure: readonly { beat: number; step: number }[],
  scale: readonly number[],
  key: number,
  chord: readonly Pitch[],
): Bar['melody'] {
  const pitches = Array.from({ length: 18 }, (_, index) => 68 + index).filter((pitch) =>
    scale.includes((((pitch - key) % 12) + 12) % 12),
  );
  let at = Math.floor(pitches.length / 2);
  return figure.map(({ beat, step }, index) => {
    const beats = (figure[index + 1]?.beat ?? BEATS) - beat;
    at = Math.min(pitches.length - 1, Math.max(0, at + step));
    const pitch = pitches[at] ?? 72;
    const [belongs = pitch] = [...chord].sort((a, b) => Math.abs(a - pitch) - Math.abs(b - pitch));
    return { beat, beats: beats * 0.92, pitch: beats >= 1 ? belongs : pitch };
  });
}

/** How many bars there are, and how long a beat is in seconds: the last chord begins where it can ring out. */
function layOut(tempo: number, seconds: number): { bars: number; beat: number } {
  const beat = 60 / tempo;
  if (seconds < SHORTEST_WITH_END) return { bars: Math.ceil(seconds / (beat * BEATS)), beat };
  const toFill = seconds - RING_SECONDS;
  const bars = Math.max(1, Math.round(toFill / (beat * BEATS)));
  return { bars, beat: toFill / (bars * BEATS) };
}

/** A short piece begins at once; a long one holds back, and opens in its second half. */
function partOf(index: number, bars: number): Bar['part'] {
  const intro = bars < 4 ? 0 : Math.min(4, Math.round(bars * 0.14));
  if (index < intro) return 'intro';
  return index < Math.round(bars * 0.55) ? 'verse' : 'lift';
}

/** The pitch that is a number of octaves from this one and nearest to another. */
function nearest(pitch: Pitch, to: Pitch): Pitch {
  const above = to + ((((pitch - to) % 12) + 12) % 12);
  return above - to > 6 ? above - 12 : above;
}
