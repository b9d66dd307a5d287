import type { Random } from '../random.js';
import * as drums from './drums.js';
import type { Instrument } from './instruments.js';
import * as tones from './instruments.js';
import type { Chord, Degree, Pitch } from './theory.js';

/** Everyone who plays. */
export const ORCHESTRA = {
  keys: tones.keys,
  pad: tones.pad,
  strings: tones.strings,
  staccato: tones.staccato,
  pluck: tones.pluck,
  bell: tones.bell,
  bass: tones.bass,
  drive: tones.drive,
  kick: drums.kick,
  snare: drums.snare,
  clap: drums.clap,
  hat: drums.hat,
  openHat: drums.openHat,
  shaker: drums.shaker,
  rim: drums.rim,
  taiko: drums.taiko,
  swell: drums.swell,
  dust: drums.dust,
} as const satisfies Record<string, Instrument>;

/** The name of an instrument. */
export type Player = keyof typeof ORCHESTRA;

/** Players whose sound neither gives way to the kick nor is dulled. */
export const DRUMS: ReadonlySet<Player> = new Set([
  'kick',
  'snare',
  'clap',
  'hat',
  'openHat',
  'shaker',
  'rim',
  'taiko',
  'swell',
]);

/** One note. */
export interface Note {
  player: Player;
  /** When it begins, in seconds from the beginning of the piece. */
  at: number;
  /** How long it is held. */
  seconds: number;
  pitch: Pitch;
  /** 0 to 1. */
  loud: number;
  /** -1 is left, 1 is right. */
  pan: number;
}

/** What a style is given for each bar of four beats, and writes its notes into. */
export interface Bar {
  /** Counts from 0. */
  index: number;
  /** A piece begins with less and goes on to more. */
  part: 'intro' | 'verse' | 'lift';
  /** Whether the next bar begins another part. */
  turning: boolean;
  chord: Chord;
  /** The tonic's distance from C. */
  key: number;
  random: Random;
  /** The melody's notes in this bar. */
  melody: readonly { beat: number; beats: number; pitch: Pitch }[];
  /** Writes a note: beats count from 0 at the bar's beginning. */
  play(player: Player, beat: number, beats: number, pitch: Pitch, loud: number, pan?: number): void;
}

/** A kind of music. */
export interface Style {
  /** Beats per minute, from and to. */
  tempo: readonly [number, number];
  mode: 'major' | 'minor';
  /** How late every second eighth comes, in parts of a beat. */
  swing: number;
  progressions: readonly [readonly Degree[], ...(readonly Degree[])[]];
  /** The chord that the piece ends on. */
  home: Degree;
  /** Where the melody lies. */
  melody: { low: Pitch; high: Pitch; rhythms: readonly [readonly number[], ...(readonly number[])[]] };
  /** How large the room is, and how much of it is heard; both 0 to 1. */
  room: { size: number; wet: number };
  /** How far the tones give way to the kick, 0 to 1. */
  duck: number;
  /** Above this the tones are dulled, in Hz. */
  dull?: number;
  /** Brings the style to the loudness of the others. */
  gain: number;
  bar(bar: Bar): void;
  /** The last chord; it is left to ring. */
  end(bar: Bar): void;
}
