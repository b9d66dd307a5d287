import { MUSIC_STYLES } from '../../dialect.js';
import { between, pick, seededRandom } from '../random.js';
import { ambient } from './ambient.js';
import { cinematic } from './cinematic.js';
import { loFi } from './lo-fi.js';
import { createMelody } from './melody.js';
import type { Bar, Note, Style } from './score.js';
import { chordOn, type Degree } from './theory.js';
import { upbeat } from './upbeat.js';

/** A style that can be played. */
export type MusicStyle = (typeof MUSIC_STYLES)[number];

export const STYLES: Readonly<Record<MusicStyle, Style>> = { 'lo-fi': loFi, upbeat, ambient, cinematic };

/** Whether a style of that name can be played. */
export function isMusicStyle(name: string): name is MusicStyle {
  return MUSIC_STYLES.some((style) => style === name);
}

const BEATS = 4;

/** How long the last chord is left to ring; a shorter piece than {@link SHORTEST_WITH_END} has none and just stops. */
const RING_SECONDS = 2.6;
const SHORTEST_WITH_END = 9;

/** The tempo may be bent this far so that the last chord falls where it should. */
const LARGEST_BEND = 0.08;

/** How unevenly people play, in seconds. */
const HUMAN_SECONDS = 0.008;

/** A piece of a length, its notes in the order in which they begin. */
export function compose(name: MusicStyle, seed: number, seconds: number): Note[] {
  const style = STYLES[name];
  const random = seededRandom(seed);
  const key = Math.floor(random() * 12);
  const progression = pick(random, style.progressions);
  const melody = createMelody(style, key, random);
  const { bars, beat } = layOut(between(random, ...style.tempo), seconds);
  const notes: Note[] = [];

  const write = (index: number, degree: Degree, method: 'bar' | 'end'): void => {
    const chord = chordOn(key, degree);
    const part = partOf(index, bars);
    const bar: Bar = {
      index,
      part,
      turning: index + 1 < bars && part !== partOf(index + 1, bars),
      chord,
      key,
      random,
      melody: melody(index, chord),
      play(player, at, beats, pitch, loud, pan = 0) {
        const late = Math.abs((at % 1) - 0.5) < 0.01 ? style.swing : 0;
        notes.push({
          player,
          at: Math.max(0, (index * BEATS + at + late) * beat + (random() - 0.5) * HUMAN_SECONDS),
          seconds: beats * beat,
          pitch,
          loud: loud * (0.94 + random() * 0.12),
          pan,
        });
      },
    };
    style[method](bar);
  };

  for (let index = 0; index < bars; index++)
    write(index, progression[index % progression.length] ?? style.home, 'bar');
  if (seconds >= SHORTEST_WITH_END) write(bars, style.home, 'end');
  return notes.filter(({ at }) => at < seconds).sort((a, b) => a.at - b.at);
}

/** How many bars there are, and how long a beat is in seconds. */
function layOut(tempo: number, seconds: number): { bars: number; beat: number } {
  const beat = 60 / tempo;
  if (seconds < SHORTEST_WITH_END) return { bars: Math.ceil(seconds / (beat * BEATS)), beat };
  const toFill = seconds - RING_SECONDS;
  const bars = Math.max(1, Math.round(toFill / (beat * BEATS)));
  const bent = toFill / (bars * BEATS);
  return Math.abs(bent / beat - 1) <= LARGEST_BEND
    ? { bars, beat: bent }
    : { bars: Math.max(1, Math.floor(toFill / (beat * BEATS))), beat };
}

/** A short piece begins at once; a long one holds back, and opens in its second half. */
function partOf(index: number, bars: number): Bar['part'] {
  const intro = bars < 4 ? 0 : Math.min(4, Math.round(bars * 0.14));
  if (index < intro) return 'intro';
  return index < Math.round(bars * 0.55) ? 'verse' : 'lift';
}
